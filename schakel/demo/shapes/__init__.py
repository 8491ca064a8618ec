"""The nine shapes in which the demonstration network delivers, each in a module of its own."""

from schakel.demo.shapes import (
    bom,
    horizon_flevoland,
    impuls_zeeland,
    innovationquarter,
    liof,
    nom,
    oost_nl,
    rom_inwest,
    rom_utrecht_region,
)
from schakel.demo.shapes.shape import Shape

SHAPES: dict[str, Shape] = {
    module.SHAPE.agency: module.SHAPE
    for module in (
        bom,
        horizon_flevoland,
        impuls_zeeland,
        innovationquarter,
        liof,
        nom,
        oost_nl,
        rom_inwest,
        rom_utrecht_region,
    )
}
