"""What a picture of a series shows, read off its SVG."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from schakel.figures.pages.series import Entry
from schakel.web.charts.years import LINE_WIDTH


def drawn(svg: str, part: str) -> list[ElementTree.Element]:
    """The elements of a class; also proof that the picture is well-formed."""
    return [found for found in ElementTree.fromstring(svg).iter() if part in found.get("class", "").split()]


def runs(svg: str, entries: Sequence[Entry]) -> list[list[int]]:
    """The years that lines join, run by run."""
    places = {f"{LINE_WIDTH * index / (len(entries) - 1):.1f}": entry.year for index, entry in enumerate(entries)}
    lines = drawn(svg, "chart__line")
    return [[places[point.split(",")[0]] for point in (line.get("points") or "").split()] for line in lines]
