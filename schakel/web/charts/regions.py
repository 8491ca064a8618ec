"""A map of regions made of whole provinces: who works where, and a figure of each where it may be seen.

Outlines are those of the map of provinces. A region's provinces are one shape to the eye: what lies between them is
drawn thin. A region without a figure is drawn plain, with its name alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from schakel.web.charts.provinces import outlines
from schakel.web.charts.shades import Shades
from schakel.web.charts.svg import element, picture

LINE = 21  # pixels between a name and the figure under it


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its name, a short one for the map, its provinces, its figure if that may be seen.

    ``marked``: stands out, the reader's own.
    """

    name: str
    short: str
    provinces: tuple[str, ...]
    value: float | None = None
    shown: str = ""
    marked: bool = False


def region_map(
    key: str, title: str, regions: Sequence[Region], description: str = "", *, both_ways: bool = False
) -> SafeString:
    """The regions; darker is more, in five steps from zero, or about it (``both_ways``, see ``shades``)."""
    drawn = outlines()
    width, height = drawn["view_box"]
    shades = Shades.of((region.value for region in regions), both_ways=both_ways)
    ordered = sorted(regions, key=lambda region: region.marked)  # so that the line round one's own lies on top
    shapes = [part for region in ordered for part in _shape(region, drawn["paths"], shades)]
    names = [part for region in regions for part in _name(region, drawn["labels"], shades)]
    box = f"-2 -2 {width + 4} {height + 4}"
    return picture(key, title, description or told_by(regions), [*shapes, *names], class_="chart__map", view_box=box)


def told_by(regions: Sequence[Region]) -> str:
    """The regions in a sentence, each with its figure where there is one."""
    return "; ".join(f"{each.name}: {each.shown}" if each.shown else each.name for each in regions) + "."


def _shape(region: Region, paths: dict[str, str], shades: Shades) -> Iterator[SafeString]:
    name = f"map__area map__area--{shades.name(region.value, 'plain')}"
    said = f"{region.name}: {region.shown}" if region.shown else region.name
    outline = SafeString(" ".join(paths[code] for code in region.provinces))  # as the paths are
    yield element(
        "path", (element("title", said),), class_=f"{name} map__area--own" if region.marked else name, d=outline
    )


def _name(region: Region, labels: dict[str, list[int]], shades: Shades) -> Iterator[SafeString]:
    x, y = _middle([labels[code] for code in region.provinces])
    light = " map__value--light" if shades.is_dark(region.value) else ""
    top = y - LINE // 2 + 6 if region.shown else y + 6
    yield element("text", region.short, class_=f"map__name{light}", x=x, y=top, text_anchor="middle")
    if region.shown:
        yield element("text", region.shown, class_=f"map__value{light}", x=x, y=top + LINE, text_anchor="middle")


def _middle(places: Sequence[Sequence[int]]) -> tuple[int, int]:
    return round(sum(x for x, _y in places) / len(places)), round(sum(y for _x, y in places) / len(places))
