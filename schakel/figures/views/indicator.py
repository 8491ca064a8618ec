"""One indicator: its figure, what it counts and counted before, over the years, and by all it can be split by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator
from schakel.figures.editions import Vintage
from schakel.figures.own import own_of
from schakel.figures.pages.addresses import explore_url, list_url, page_url
from schakel.figures.pages.answers import Answer, exact_words, own_cell, said_words
from schakel.figures.pages.beside import beside
from schakel.figures.pages.cuts import Cut, cut
from schakel.figures.pages.definition import facts_of, own_table, standing_of_figure, versions_table
from schakel.figures.pages.labels import dimension_label, value_labels
from schakel.figures.pages.series import series
from schakel.figures.pages.trend import citations, trend
from schakel.figures.queries import Wanted
from schakel.figures.views.asked import counted, indicator_or_404, vintage_asked
from schakel.figures.vintages import Readable
from schakel.network.models import Party
from schakel.network.queries import member_numbers
from schakel.sharing.requests import PartyRequest, for_parties

_ALWAYS = ("agency", "year", "province")  # what the page shows beside the breakdown that is chosen


@for_parties()
@counted
def indicator(request: PartyRequest, indicator_id: str) -> HttpResponse:
    """One indicator in a year (``?year=``, ``?stand=``), with a breakdown by choice (``?by=``)."""
    found, party = indicator_or_404(indicator_id), request.role_held.party
    readable = Readable(party)
    known, read = readable.years, readable.vintages(readable.years)
    vintage = vintage_asked(request, readable)
    year = vintage.period
    read[year] = vintage
    by = _chosen(request, found)
    answers, cells = _asked(party, found, read, year, by)
    return render(
        request,
        "figures/indicator.html",
        _figure(request, found, vintage, answers)
        | _years(found, answers, read)
        | {"cuts": list(_cuts(found, party, year, cells)), "tabs": _tabs(request, found, year, by), "by": by}
        | {"explore_url": explore_url(found.id, year, stand=_said(request, "stand"), rijen=_said(request, "by") and by)}
        | {"years": _year_tabs(request, found, known), "this_year": page_url(found.id, year, by=_said(request, "by"))},
    )


def _said(request: PartyRequest, key: str) -> str:
    return request.GET.get(key, "")


def _choices(found: Indicator) -> list[str]:
    return [dimension for dimension in found.breakdowns if dimension not in _ALWAYS]


def _chosen(request: PartyRequest, found: Indicator) -> str:
    """The breakdown that is asked for; the first where none is, empty where there is none to choose."""
    choices = _choices(found)
    asked = _said(request, "by")
    return asked if asked in choices else next(iter(choices), "")


def _asked(
    party: Party, found: Indicator, read: Mapping[int, Vintage], year: int, by: str
) -> tuple[dict[int, Answer], dict[str, Answer]]:
    """The answers of all years by agency, and of the year by each breakdown shown: asked at once."""
    shown = [dimension for dimension in ("province", by) if dimension in found.breakdowns]
    years = list(read)
    wanted = [Wanted(read[each], (found.id,), ("agency",)) for each in years]
    wanted += [Wanted(read[year], (found.id,), (dimension,)) for dimension in shown]
    answers: list[Answer | None] = [answer.get(found.id) for answer in queries.several(party, wanted)]
    by_year = {each: answer for each, answer in zip(years, answers, strict=False) if answer is not None}
    cells = {each: answer for each, answer in zip(shown, answers[len(years) :], strict=True) if answer is not None}
    return by_year, {"agency": by_year[year], **cells} if year in by_year else cells


def _figure(request: PartyRequest, found: Indicator, vintage: Vintage, answers: Mapping[int, Answer]) -> dict[str, Any]:
    """The figure itself, exact and as it is said, and what is to be known of it."""
    year, party = vintage.period, request.role_held.party
    context = {
        "indicator": found,
        "name": queries.name_of(found),
        "year": year,
        "vintage": vintage,
        "facts": list(facts_of(found)),
        "versions": versions_table(found),
        "own_definitions": _own_definitions(found),
        "citations": citations(found),
    }
    if year not in answers:
        return context
    now = answers[year]
    own = own_cell(now, party)
    return context | {
        **beside(request, found.id, vintage, now),
        "said": said_words(found, now["total"]),
        "standing": list(standing_of_figure(found, now, vintage)),
        "own": exact_words(found, own) if own else "",
        "list_url": list_url(found.id, year, stand=_said(request, "stand")),
        "own_url": list_url(found.id, year, agency=party.slug, stand=_said(request, "stand")) if own else "",
    }


def _own_definitions(found: Indicator) -> Any:  # noqa: ANN401 - a table or nothing
    own = own_of(indicator=found.id)
    return own_table(own, value_labels(found, "agency"), of_one=True) if own else None


def _years(found: Indicator, answers: dict[int, Answer], read: Mapping[int, Vintage]) -> dict[str, Any]:
    entries = series(found, answers, member_numbers(answers), with_cited=True)
    moving = ", ".join(str(year) for year in sorted(answers) if not read[year].public)
    note = _("Not published, may still change: %(years)s.") % {"years": moving} if moving else ""
    return {"trend": trend(found, entries, answers), "trend_note": note, "many_years": len(entries) > 5}


def _cuts(found: Indicator, party: Party, year: int, cells: Mapping[str, Answer]) -> list[Cut]:
    return [
        cut(found, answer, dimension, year, value_labels(found, dimension), marked=party.slug)
        for dimension, answer in cells.items()
        if dimension in answer["by"] and (len(answer["cells"]) > 1 or dimension not in _ALWAYS)
    ]


def _tabs(request: PartyRequest, found: Indicator, year: int, by: str) -> dict[str, Any]:
    stand = _said(request, "stand")
    links = [(dimension_label(each), page_url(found.id, year, stand=stand, by=each)) for each in _choices(found)]
    return {"links": links, "current": page_url(found.id, year, stand=stand, by=by)}


def _year_tabs(request: PartyRequest, found: Indicator, known: list[int]) -> list[tuple[str, str]]:
    return [(str(each), page_url(found.id, each, by=_said(request, "by"))) for each in known]
