"""A table of one column as a picture: bars, a map of provinces, or columns over the years."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from schakel.figures import queries
from schakel.figures.exploring.asked import Asked
from schakel.figures.exploring.crossing import Cell
from schakel.figures.exploring.dimensions import PROVINCE, YEAR
from schakel.figures.exploring.explored import Explored
from schakel.figures.exploring.laying import Row, Table
from schakel.figures.exploring.words import cell_words
from schakel.figures.history import Point, breaks
from schakel.figures.pages.answers import complete
from schakel.figures.pages.cuts import bound_words
from schakel.network.places import PROVINCES
from schakel.network.queries import member_numbers
from schakel.web.charts.bars import Bar, bar_chart
from schakel.web.charts.provinces import Area, province_map
from schakel.web.charts.years import Year, year_columns
from schakel.web.formats import language, money

MOST_BARS = 24


def picture_of(explored: Explored, table: Table, key: str) -> SafeString | None:
    """The picture of a table; None where a picture would say nothing: several columns, or nothing that is shown."""
    rows = [row for row in table.rows if not row.head.total]
    if table.indicator is None or len(table.heads) > 1 or not 1 < len(rows) <= MOST_BARS:
        return None
    if not any(_value(row) for row in rows):
        return None
    return _drawn(explored, explored.asked, table, rows, key)


def _drawn(explored: Explored, asked: Asked, table: Table, rows: Sequence[Row], key: str) -> SafeString:
    if asked.rows == YEAR:
        return year_columns(key, table.caption, [_year(explored, row, rows) for row in rows])
    if asked.rows == PROVINCE and {row.head.code for row in rows} > set(PROVINCES):
        return _map(table, rows, key)
    return bar_chart(key, table.caption, [_bar(explored, row) for row in rows])


def _bar(explored: Explored, row: Row) -> Bar:
    marked = row.head.code == explored.party.slug
    return Bar(row.head.label, _value(row), cell_words(row.cells[0].cell), marked)


def _map(table: Table, rows: Sequence[Row], key: str) -> SafeString:
    areas = {row.head.code: Area(_value(row), cell_words(row.cells[0].cell)) for row in rows}
    indicator = rows[0].cells[0].cell.indicator
    return province_map(
        key,
        table.caption,
        {code: area for code, area in areas.items() if code in PROVINCES},
        legend=bound_words(indicator),
        both_ways=queries.both_ways(indicator),
    )


def _year(explored: Explored, row: Row, rows: Sequence[Row]) -> Year:
    year, years = int(row.head.code), [int(each.head.code) for each in rows]
    before = next((each for each in reversed(years) if each < year), None)
    broken = "" if before is None else "; ".join(_broken(explored, row, before, year))
    return Year(year, _value(row), _short(row.cells[0].cell), broken=broken)


def _broken(explored: Explored, row: Row, before: int, year: int) -> list[str]:
    indicator, members = row.cells[0].cell.indicator, member_numbers((before, year))
    answers = {each: explored.found.answer(indicator, each) for each in (before, year)}
    points = [
        Point(each, members[each], answer["version"], complete(answer))
        for each, answer in answers.items()
        if answer is not None
    ]
    return [why.in_(language()) for why in breaks(indicator.id, *points)] if len(points) == 2 else []


def _short(cell: Cell) -> str:
    """Amounts in millions: columns stand closer than their exact values are wide."""
    if cell.value is None or cell.indicator.unit != "eur":
        return cell_words(cell)
    return money(int(cell.value * 100))


def _value(row: Row) -> float | None:
    cell = row.cells[0].cell
    return queries.drawn(cell.indicator, cell.value)
