"""A figure over the years as a picture: counted and cited columns, where the series breaks, and the table behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator
from schakel.figures.cited import CitedFigure, cited_of
from schakel.figures.pages.answers import Answer, coverage_cell, exact_words
from schakel.figures.pages.series import Entry, cited_words, columns, entry_words
from schakel.web.charts.years import year_columns
from schakel.web.formats import date_long
from schakel.web.tables import Column, Link, Table


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure over the years. ``breaks``: year and why; ``cited``: what open columns are, empty if there are none."""

    picture: SafeString
    table: Table
    breaks: tuple[tuple[int, str], ...]
    cited: str


def trend(indicator: Indicator, entries: Sequence[Entry], answers: Mapping[int, Answer]) -> Trend:
    """The network's figure over the years of ``entries``; ``answers``: those that were counted."""
    title = _("%(name)s over the years") % {"name": queries.name_of(indicator)}
    drawn = columns(indicator, entries)
    breaks = tuple((entry.year, "; ".join(entry.broken)) for entry in entries if entry.broken)
    quoted = any(entry.cited for entry in entries)
    cited = _("Cited from documents from before Schakel: not counted by it, and added to nothing.") if quoted else ""
    return Trend(year_columns("trend", title, drawn), _table(title, indicator, entries, answers), breaks, cited)


def _table(title: str, indicator: Indicator, entries: Sequence[Entry], answers: Mapping[int, Answer]) -> Table:
    rows = [
        {
            "year": str(entry.year),
            "counted": "" if entry.cited else exact_words(indicator, entry.cell),
            "cited": entry_words(indicator, entry) if entry.cited else "",
            "break": "; ".join(entry.broken),
            "coverage": coverage_cell(answers[entry.year]) if entry.year in answers else "",
        }
        for entry in entries
    ]
    some = any(entry.cited for entry in entries)
    table_columns = [
        Column("year", _("Year"), heading=True),
        Column("counted", _("Counted"), kind="number"),
        *([Column("cited", _("Cited"), kind="number")] if some else []),
        Column("break", _("Not comparable with the year before")),
        Column("coverage", _("Coverage")),
    ]
    return Table(caption=title, columns=table_columns, rows=rows)


def citations(indicator: Indicator) -> Table | None:
    """What is cited of an indicator, with the document's own words, its date and where it is; None for nothing."""
    found = cited_of(indicator.id)
    if not found:
        return None
    table_columns = [
        Column("year", _("Year"), heading=True),
        Column("value", _("Figure"), kind="number"),
        Column("said", _("As the document says it")),
        Column("source", _("Document")),
        Column("note", _("To know")),
    ]
    return Table(
        caption=_("Cited: figures from before Schakel"),
        note=_("Taken over from documents, not counted from records: nothing lies behind them here."),
        columns=table_columns,
        rows=[_citation(indicator, figure) for figure in found],
    )


def _citation(indicator: Indicator, figure: CitedFigure) -> dict[str, object]:
    language = get_language() or "nl"
    source = figure.source
    name = source.names.in_(language)
    dated = f"{name}, {date_long(source.date)}" if source.date else name
    notes = [_("%(count)s agencies") % {"count": figure.agencies}]
    if figure.apart:
        notes.append(figure.apart.in_(language))
    if figure.together_with:
        notes.append(_("created and retained jobs together"))
    return {
        "year": str(figure.year),
        "value": cited_words(indicator, figure),
        "said": f"“{figure.said}”" if figure.said else "–",
        "source": Link(dated, source.url) if source.url else dated,
        "note": "; ".join(notes),
    }
