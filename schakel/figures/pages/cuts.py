"""A figure by one dimension: a chart or map, and the table behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.pages.addresses import list_url
from schakel.figures.pages.answers import Answer, exact_words
from schakel.figures.pages.labels import dimension_label
from schakel.network.places import PROVINCES
from schakel.web.charts.bars import Bar, bar_chart
from schakel.web.charts.provinces import Area, province_map
from schakel.web.tables import Column, Link, Table


@dataclass(frozen=True, slots=True)
class Cut:
    """A breakdown as a page shows it: a chart and the table behind it, and what is to be known of it."""

    dimension: str
    heading: str
    picture: SafeString
    table: Table
    note: str


def cut(
    indicator: Indicator, found: Answer, dimension: str, year: int, labels: Mapping[str, str], *, marked: str = ""
) -> Cut:
    """A figure by one dimension. ``labels``: values of the dimension to their names, in order; one may be marked."""
    cells = {str(cell["place"][0]): cell for cell in found["cells"]}
    places = [place for place in labels if place in cells] + sorted(set(cells) - set(labels))
    bars = {place: _bar(indicator, labels.get(place, place), cells[place], place == marked) for place in places}
    heading = dimension_label(dimension)
    key = f"cut-{dimension}"
    title = f"{queries.name_of(indicator)}, {heading[:1].lower()}{heading[1:]}, {year}"
    picture = (
        _map(key, title, indicator, cells) if dimension == "province" else bar_chart(key, title, list(bars.values()))
    )
    table = _cut_table(title, indicator, dimension, year, bars)
    return Cut(dimension, heading, picture, table, _note(found, dimension))


def _bar(indicator: Indicator, label: str, cell: Answer, marked: bool) -> Bar:
    return Bar(label, queries.drawn(indicator, cell["value"]), exact_words(indicator, cell), marked)


def _map(key: str, title: str, indicator: Indicator, cells: Mapping[str, Answer]) -> SafeString:
    areas = {
        code: Area(
            queries.drawn(indicator, cell["value"]),
            exact_words(indicator, cell),
        )
        for code, cell in cells.items()
        if code in PROVINCES
    }

    return province_map(key, title, areas, legend=bound_words(indicator), both_ways=queries.both_ways(indicator))


def bound_words(indicator: Indicator) -> Callable[[float], str]:
    """What writes a bound between two shades of a map of an indicator."""

    def written(bound: float) -> str:
        value = queries.undrawn(indicator, round(Decimal(bound), 4 if queries.both_ways(indicator) else 2))
        return queries.shown(indicator, {"value": str(value)}).said

    return written


def _note(found: Answer, dimension: str) -> str:
    notes = []
    indicator = catalogue()[found["indicator"]]
    if indicator.is_ratio:
        notes.append(_("A share or ratio does not add up over its rows."))
    elif dimension in found["overlapping"]:
        notes.append(_("One thing can stand in several rows, so the rows add to more than the total."))
    if dimension == "agency" and any(part.not_nationally for part in indicator.parts):
        notes.append(_("An agency's row also has what does not count nationally; the definition says what that is."))
    if any(cell.get("suppressed") for cell in found["cells"]):
        notes.append(_("Cells with too few organisations are not shown, nor what they could be computed from."))
    return " ".join(notes)


def _cut_table(title: str, indicator: Indicator, dimension: str, year: int, bars: Mapping[str, Bar]) -> Table:
    rows = [
        {"place": Link(bar.label, list_url(indicator.id, year, **{dimension: place})), "value": bar.shown}
        for place, bar in bars.items()
    ]
    columns = [
        Column("place", dimension_label(dimension), heading=True),
        Column("value", queries.name_of(indicator), kind="number"),
    ]
    empty = _("There is nothing to count here.")
    return Table(caption=title, columns=columns, rows=rows, wide=True, stacked=True, empty=empty)
