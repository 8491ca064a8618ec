"""A figure over the years: counted ones and, before them, cited ones; with where the series breaks and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator
from schakel.figures.cited import CitedFigure, drawn_of
from schakel.figures.history import Point, breaks
from schakel.figures.pages.answers import Answer, complete, exact_words, not_kept
from schakel.web import formats
from schakel.web.charts.years import Year

Cell = Callable[[Answer], Answer | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A year of a series: what was counted (``cell``), else what is cited; ``broken``: why it does not compare."""

    point: Point
    cell: Answer | None
    cited: CitedFigure | None
    broken: tuple[str, ...]

    @property
    def year(self) -> int:
        """The year."""
        return self.point.year

    @property
    def value(self) -> Decimal | None:
        """Its value in the indicator's unit; None where there is none, or it is not shown."""
        if self.cited is not None:
            return self.cited.value
        return None if self.cell is None or self.cell["value"] is None else Decimal(self.cell["value"])


def network_cell(found: Answer) -> Answer | None:
    """The network's figure of an answer."""
    total: Answer = found["total"]
    return total


def cell_at(place: str) -> Cell:
    """One cell of answers that are asked by one dimension."""

    def cell(found: Answer) -> Answer | None:
        return next((each for each in found["cells"] if each["place"] == [place]), None)

    return cell


def series(
    indicator: Indicator,
    answers: Mapping[int, Answer],
    members: Mapping[int, int],
    *,
    cell: Cell = network_cell,
    with_cited: bool = False,
) -> list[Entry]:
    """The years of ``answers``, and those that are cited where nothing was counted, oldest first.

    ``members``: how many agencies the network had in each year; one that is not told is not compared.
    """
    quoted = drawn_of(indicator.id) if with_cited else {}
    entries: list[Entry] = []
    for year in sorted({*answers, *quoted}):
        found = answers.get(year)
        cited = quoted.get(year) if found is None else None
        counted = None if found is None else _kept(indicator, cell(found))
        point = _point(year, found, cited, members)
        broken = breaks(indicator.id, entries[-1].point, point) if entries else []
        said = tuple(why.in_(get_language() or "nl") for why in broken)
        entries.append(Entry(point, counted, cited, said))
    return entries


def _kept(indicator: Indicator, cell: Answer | None) -> Answer | None:
    return None if cell is None or not_kept(indicator, cell) else cell


def _point(year: int, found: Answer | None, cited: CitedFigure | None, members: Mapping[int, int]) -> Point:
    if found is None:
        return Point(year, cited.agencies if cited else 0, 0)
    return Point(year, members.get(year, 0), found["version"], complete(found))


def columns(indicator: Indicator, entries: Sequence[Entry]) -> list[Year]:
    """The entries as charts draw them."""
    return [
        Year(
            entry.year,
            queries.drawn(indicator, entry.value),
            short_words(indicator, entry),
            broken="; ".join(entry.broken),
            cited=entry.cited is not None,
        )
        for entry in entries
    ]


def short_words(indicator: Indicator, entry: Entry) -> str:
    """A year's figure with as much as fits above a column: money in millions."""
    if entry.value is None or entry.cited is not None or indicator.unit != "eur":
        return entry_words(indicator, entry)
    return formats.money(int(entry.value * 100))


def entry_words(indicator: Indicator, entry: Entry) -> str:
    """A year's figure as it is read; of a cited one what it is more than."""
    if entry.cited is None:
        return exact_words(indicator, entry.cell)
    return cited_words(indicator, entry.cited)


def cited_words(indicator: Indicator, figure: CitedFigure) -> str:
    """A cited figure as it is read: rounded as its document rounds it."""
    value = formats.money(int(figure.value * 100)) if indicator.unit == "eur" else _plain(indicator, figure.value)
    return f"> {value}" if figure.more_than else value


def _plain(indicator: Indicator, value: Decimal) -> str:
    if indicator.unit == "share":
        return formats.percent(value)
    return queries.shown(indicator, {"value": str(value)}).exact


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved since the year before, or why that cannot be said; both empty where nothing is to be said."""

    said: str = ""
    why_not: str = ""


def change(indicator: Indicator, entries: Sequence[Entry], year: int) -> Change:
    """The change into ``year``: nothing across a break."""
    now = next((entry for entry in entries if entry.year == year), None)
    before = next((entry for entry in entries if entry.year == year - 1), None)
    if now is None or before is None or now.value is None or before.value is None:
        return Change()
    if now.broken:
        told = {"year": year - 1, "why": "; ".join(now.broken)}
        return Change(why_not=_("not to be compared with %(year)s: %(why)s") % told)
    if indicator.unit in ("share", "growth"):
        points = round((now.value - before.value) * 100, 1)
        told = {"change": _signed(points, 1), "year": year - 1}
        return Change(_("%(change)s percentage points since %(year)s") % told)
    if not before.value:
        return Change()
    percent = round((now.value - before.value) / before.value * 100, 0)
    return Change(_("%(change)s%% since %(year)s") % {"change": _signed(percent, 0), "year": year - 1})


def _signed(value: Decimal, decimals: int) -> str:
    written = formats.number(value, decimals)
    return f"+{written}" if value > 0 else written
