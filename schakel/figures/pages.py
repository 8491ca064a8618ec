"""What the pages of figures show: cards, tables, charts, from the answers of the counting process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator, catalogue
from schakel.intake.kinds import kinds
from schakel.network.models import Party, PartyKind
from schakel.network.places import PROVINCES
from schakel.web.charts.bars import Bar, bar_chart
from schakel.web.charts.provinces import Area, province_map
from schakel.web.charts.years import Year, year_columns
from schakel.web.tables import Badge, Column, Link, Table

# What a director reads first; the rest stands in the table under it.
FIRST = (
    "innovation_projects",
    "companies_in_projects",
    "invested_eur",
    "companies_invested_in",
    "portfolio_companies",
    "foreign_companies",
    "jobs_created",
    "trade_activities",
)
Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure as the overview shows it."""

    label: str
    value: str
    note: str
    badge: str
    state: str
    href: str


def page_url(indicator_id: str, year: int) -> str:
    """The address of an indicator's page."""
    return f"{reverse('figures:indicator', args=[indicator_id])}?{urlencode({'year': year})}"


def list_url(indicator_id: str, year: int, **filters: str) -> str:
    """The address of the list behind a figure."""
    return f"{reverse('figures:list', args=[indicator_id])}?{urlencode({'year': year, **filters})}"


def cards(party: Party, year: int, now: Mapping[str, Answer], before: Mapping[str, Answer]) -> list[Card]:
    """The key figures of the network, with the change since the year before and the party's own beside."""
    return [_card(catalogue()[name], party, year, now[name], before.get(name)) for name in FIRST if name in now]


def _card(indicator: Indicator, party: Party, year: int, now: Answer, before: Answer | None) -> Card:
    own = own_cell(now, party)
    note = f"{party.name}: {queries.shown(indicator, own).exact}" if own else ""
    return Card(
        label=queries.name_of(indicator),
        value=queries.shown(indicator, now["total"]).said,
        note=note,
        badge=_change(now, before, year),
        state="neutral",
        href=page_url(indicator.id, year),
    )


def _change(now: Answer, before: Answer | None, year: int) -> str:
    """How much more or less than the year before, in per cent; nothing where there is nothing to compare."""
    if before is None or not _complete(before) or not _complete(now):
        return ""
    old, new = (Decimal(found["total"]["value"] or 0) for found in (before, now))
    if not old:
        return ""
    change = round((new - old) / old * 100)
    return _("%(change)s%% since %(year)s") % {"change": f"{change:+d}".replace("-", "−"), "year": year - 1}


def _complete(found: Answer) -> bool:
    coverage = found["coverage"]
    return coverage is None or coverage["delivered"] == coverage["expected"]


def own_cell(found: Answer, party: Party) -> Answer | None:
    """The party's own column of a figure asked by agency; None where it has none."""
    if "agency" not in found["by"]:
        return None
    return next((cell for cell in found["cells"] if cell["place"] == [party.slug]), None)


def coverage_words(found: Answer) -> str:
    """How many of the agencies are in, as "8 of 9 agencies"."""
    coverage = found["coverage"]
    if coverage is None:
        return ""
    words: str = _("%(delivered)s of %(expected)s agencies") % coverage
    return words


def lists_words(indicator: Indicator, found: Answer) -> str:
    """How the network's figure differs from the sum of the lists; empty where it does not."""
    lists = found["lists"]
    if lists is None or lists == found["total"]["amount"]:
        return ""
    summed = queries.shown(indicator, {"value": str(Decimal(lists) / queries.scale(indicator))}).exact
    counted = queries.shown(indicator, found["total"]).exact
    return _("%(lists)s in the agencies' lists together: %(counted)s") % {
        "lists": summed,
        "counted": counted,
    }


def figures_table(party: Party, year: int, now: Mapping[str, Answer]) -> Table:
    """All indicators: the network's figure, the party's own, how it differs from the sum, and coverage."""
    rows = []
    for name, found in now.items():
        indicator = catalogue()[name]
        own = own_cell(found, party)
        rows.append(
            {
                "name": Link(queries.name_of(indicator), page_url(name, year)),
                "network": queries.shown(indicator, found["total"]).exact,
                "own": queries.shown(indicator, own).exact if own else "",
                "lists": lists_words(indicator, found),
                "coverage": _coverage_cell(found),
            }
        )
    columns = [
        Column("name", _("Indicator"), heading=True),
        Column("network", _("Network"), kind="number"),
        *([Column("own", party.name, kind="number")] if party.kind == PartyKind.AGENCY else []),
        Column("lists", _("Against the sum of the lists")),
        *([] if all(map(_complete, now.values())) else [Column("coverage", _("Coverage"))]),
    ]
    return Table(caption=_("All figures of %(year)s") % {"year": year}, columns=columns, rows=rows)


def _coverage_cell(found: Answer) -> object:
    words = coverage_words(found)
    return words if _complete(found) or not words else Badge("warning", words)


def agencies_table(agencies: list[Party], year: int, now: Mapping[str, Answer]) -> Table:
    """The indicators by agency, for who sees all columns."""
    rows = []
    for name, found in now.items():
        if "agency" not in found["by"]:
            continue
        indicator = catalogue()[name]
        cells = {cell["place"][0]: queries.shown(indicator, cell).exact for cell in found["cells"]}
        row: dict[str, object] = {"name": Link(queries.name_of(indicator), page_url(name, year))}
        rows.append(row | {agency.slug: cells.get(agency.slug, "–") for agency in agencies})
    columns = [
        Column("name", _("Indicator"), heading=True),
        *(Column(agency.slug, agency.name, kind="number") for agency in agencies),
    ]
    return Table(caption=_("By agency, %(year)s") % {"year": year}, columns=columns, rows=rows, wide=True)


@dataclass(frozen=True, slots=True)
class Cut:
    """A breakdown as a page shows it: a chart and the table behind it, and what is to be known of it."""

    heading: str
    picture: SafeString
    table: Table
    note: str


def cut(indicator: Indicator, found: Answer, dimension: str, year: int, labels: Mapping[str, str]) -> Cut:
    """A figure by one dimension. ``labels``: values of the dimension to their names, in order."""
    cells = {str(cell["place"][0]): cell for cell in found["cells"]}
    places = [place for place in labels if place in cells] + sorted(set(cells) - set(labels))
    bars = {place: _bar(indicator, labels.get(place, place), cells[place]) for place in places}
    heading = _DIMENSIONS[dimension]()
    key = f"cut-{dimension}"
    title = f"{queries.name_of(indicator)}, {heading[:1].lower()}{heading[1:]}, {year}"
    picture = (
        _map(key, title, indicator, cells) if dimension == "province" else bar_chart(key, title, list(bars.values()))
    )
    return Cut(heading, picture, _cut_table(title, indicator, dimension, year, bars), _note(found, dimension))


_DIMENSIONS = {"agency": lambda: _("By agency"), "province": lambda: _("By province"), "theme": lambda: _("By theme")}


def _bar(indicator: Indicator, label: str, cell: Answer) -> Bar:
    value = None if cell["value"] is None else float(cell["value"])
    return Bar(label, value, _cell_words(indicator, cell))


def _cell_words(indicator: Indicator, cell: Answer) -> str:
    return _("not shown") if cell.get("suppressed") else queries.shown(indicator, cell).exact


def _map(key: str, title: str, indicator: Indicator, cells: Mapping[str, Answer]) -> SafeString:
    areas = {
        code: Area(
            None if cell["value"] is None else float(cell["value"]),
            _cell_words(indicator, cell),
        )
        for code, cell in cells.items()
        if code in PROVINCES
    }

    def legend(bound: float) -> str:
        return queries.shown(indicator, {"value": str(round(Decimal(bound), 2))}).said

    return province_map(key, title, areas, legend=legend)


def _note(found: Answer, dimension: str) -> str:
    notes = []
    if dimension in found["overlapping"]:
        notes.append(_("One thing can stand in several rows, so the rows add to more than the total."))
    if any(cell.get("suppressed") for cell in found["cells"]):
        notes.append(_("Cells with too few organisations are not shown, nor what they could be computed from."))
    return " ".join(notes)


def _cut_table(title: str, indicator: Indicator, dimension: str, year: int, bars: Mapping[str, Bar]) -> Table:
    rows = [
        {"place": Link(bar.label, list_url(indicator.id, year, **{dimension: place})), "value": bar.shown}
        for place, bar in bars.items()
    ]
    columns = [
        Column("place", _DIMENSIONS[dimension](), heading=True),
        Column("value", queries.name_of(indicator), kind="number"),
    ]
    return Table(caption=title, columns=columns, rows=rows, empty=_("There is nothing to count here."))


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure over the years: a chart, the table behind it, and where its series breaks and why."""

    picture: SafeString
    table: Table
    breaks: tuple[tuple[int, str], ...]


def trend(indicator: Indicator, by_year: Mapping[int, Answer]) -> Trend:
    """The network's figure over the years."""
    title = _("%(name)s over the years") % {"name": queries.name_of(indicator)}
    years = [
        Year(
            year,
            None if found["total"]["value"] is None else float(found["total"]["value"]),
            queries.shown(indicator, found["total"]).exact,
            broken=_break(found, by_year.get(year - 1)),
        )
        for year, found in sorted(by_year.items())
    ]
    rows = [{"year": str(y.year), "value": y.shown, "coverage": _coverage_cell(by_year[y.year])} for y in years]
    columns = [
        Column("year", _("Year"), heading=True),
        Column("value", queries.name_of(indicator), kind="number"),
        Column("coverage", _("Coverage")),
    ]
    breaks = tuple((year.year, year.broken) for year in years if year.broken)
    return Trend(year_columns("trend", title, years), Table(caption=title, columns=columns, rows=rows), breaks)


def _break(now: Answer, before: Answer | None) -> str:
    """Why a year cannot be compared with the one before: another membership, or not everybody is in."""
    if before is None or now["coverage"] is None or before["coverage"] is None:
        return ""
    if now["coverage"]["expected"] != before["coverage"]["expected"]:
        return _("%(before)s agencies before, %(now)s now") % {
            "before": before["coverage"]["expected"],
            "now": now["coverage"]["expected"],
        }
    return "" if _complete(now) and _complete(before) else _("not every agency delivered in both years")


def theme_labels() -> dict[str, str]:
    """Codes of themes to their names, in the order they are declared."""
    language = get_language() or "nl"
    fields = (field for kind in kinds() for field in kind.fields if field.name == "themes")
    labels = {code.value: code.labels.in_(language).capitalize() for field in fields for code in field.codes}
    return labels | {"none": _("No theme")}


def province_labels() -> dict[str, str]:
    """Codes of provinces to their names, with what lies nowhere in the country at the end."""
    return PROVINCES | {"unknown": _("Unknown"), "abroad": _("Abroad")}


def facts_of(indicator: Indicator, found: Answer) -> Iterator[tuple[str, str]]:
    """What is to be known of an indicator: what is counted, what makes it one, when, and from whom."""
    language = get_language() or "nl"
    yield _("Definition"), indicator.definition.in_(language)
    yield _("What is counted"), indicator.counted.in_(language)
    yield _("What makes it one"), indicator.one.in_(language)
    yield _("Period"), indicator.period.in_(language)
    stock = indicator.nature == "stock"
    yield _("Stock or flow"), _("stock: as of 31 December") if stock else _("flow: over the whole year")
    if words := coverage_words(found):
        yield _("Coverage"), words
    yield _("Version of the definition"), str(indicator.version)
