"""A figure over the years, and where its series breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator
from schakel.figures.pages.answers import Answer, complete, coverage_cell
from schakel.web.charts.years import Year, year_columns
from schakel.web.tables import Column, Table


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
    rows = [{"year": str(y.year), "value": y.shown, "coverage": coverage_cell(by_year[y.year])} for y in years]
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
    return "" if complete(now) and complete(before) else _("not every agency delivered in both years")
