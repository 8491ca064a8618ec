"""Pages of figures: overview, an indicator, and the list behind a figure."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures import pages, queries
from schakel.figures.asking import QuestionError
from schakel.figures.catalogue import Indicator
from schakel.figures.process import CountingError
from schakel.intake.kinds import kind as record_kind
from schakel.intake.queries import records
from schakel.network.models import Party, PartyKind
from schakel.network.queries import agencies, members_in
from schakel.sharing.requests import PartyRequest, View, for_parties
from schakel.trail.actions import note
from schakel.web.tables import Column, Link, Table

_PAGE = 50


def _counted(view: View[...]) -> View[...]:
    """Where the counting process does not answer, a page that says so and what to do."""

    @wraps(view)
    def guarded(request: PartyRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - any view's
        try:
            return view(request, *args, **kwargs)
        except CountingError:
            return render(request, "figures/unavailable.html", status=503)
        except QuestionError as error:
            raise Http404(str(error)) from error

    return guarded


def _year(request: PartyRequest, known: list[int]) -> int:
    """The year asked for, where there are figures of it; else the newest."""
    asked = request.GET.get("year", "")
    if asked.isdigit() and int(asked) in known:
        return int(asked)
    return known[0]


@for_parties()
@_counted
def overview(request: PartyRequest) -> HttpResponse:
    """The network's figures of a year, with one's own beside them."""
    known = queries.years()
    if not known:
        return render(request, "figures/empty.html")
    year, party = _year(request, known), request.role_held.party
    now = queries.figures(party, year=year, by=("agency",))
    before = queries.figures(party, year=year - 1) if year - 1 in known else {}
    context = {
        "year": year,
        "years": [(str(y), f"{reverse('figures:overview')}?year={y}") for y in known],
        "current": f"{reverse('figures:overview')}?year={year}",
        "cards": pages.cards(party, year, now, before),
        "table": pages.figures_table(party, year, now),
        "agencies": _agencies_table(party, year, now),
        "projects": _projects_by_province(party, year),
        "members": members_in(year).count(),
    }
    return render(request, "figures/overview.html", context)


def _agencies_table(party: Party, year: int, now: dict[str, Any]) -> Table | None:
    if party.kind != PartyKind.SECRETARIAT:
        return None
    return pages.agencies_table(list(agencies()), year, now)


def _projects_by_province(party: Party, year: int) -> pages.Cut:
    found = queries.figures(party, year=year, indicators=("innovation_projects",), by=("province",))
    indicator = _indicator("innovation_projects")
    return pages.cut(indicator, found[indicator.id], "province", year, pages.province_labels())


def _indicator(indicator_id: str) -> Indicator:
    found = queries.indicator(indicator_id)
    if found is None:
        raise Http404
    return found


@for_parties()
@_counted
def indicator(request: PartyRequest, indicator_id: str) -> HttpResponse:
    """One indicator: its figure, what it counts, over the years, and by agency, province and theme."""
    found = _indicator(indicator_id)
    known = queries.years()
    year, party = _year(request, known), request.role_held.party
    by_year = {
        y: queries.figures(party, year=y, indicators=(indicator_id,), by=("agency",))[indicator_id] for y in known
    }
    now = by_year[year]
    own = pages.own_cell(now, party)
    context = {
        "indicator": found,
        "name": queries.name_of(found),
        "year": year,
        "years": [(str(y), pages.page_url(indicator_id, y)) for y in known],
        "current": pages.page_url(indicator_id, year),
        "figure": queries.shown(found, now["total"]),
        "own": queries.shown(found, own).exact if own else "",
        "lists": pages.lists_words(found, now),
        "list_url": pages.list_url(indicator_id, year),
        "own_url": pages.list_url(indicator_id, year, agency=party.slug) if own else "",
        "facts": list(pages.facts_of(found, now)),
        "trend": pages.trend(found, by_year),
        "cuts": list(_cuts(found, party, year, now)),
    }
    return render(request, "figures/indicator.html", context)


def _cuts(found: Indicator, party: Party, year: int, now: dict[str, Any]) -> list[pages.Cut]:
    cuts = []
    if "agency" in found.breakdowns and len(now["cells"]) > 1:
        names = {agency.slug: agency.name for agency in agencies()}
        cuts.append(pages.cut(found, now, "agency", year, names))
    labels = {"province": pages.province_labels(), "theme": pages.theme_labels()}
    for dimension in ("province", "theme"):
        if dimension in found.breakdowns:
            answer = queries.figures(party, year=year, indicators=(found.id,), by=(dimension,))[found.id]
            if len(answer["cells"]) > 1:
                cuts.append(pages.cut(found, answer, dimension, year, labels[dimension]))
    return cuts


@for_parties()
@_counted
def behind(request: PartyRequest, indicator_id: str) -> HttpResponse:
    """The records behind a figure, as far as the acting party may see them."""
    found = _indicator(indicator_id)
    year, party = _year(request, queries.years()), request.role_held.party
    filters: dict[str, list[str | int]] = {
        name: [request.GET[name]] for name in ("agency", "province", "theme") if request.GET.get(name)
    }
    answer = queries.records_behind(party, indicator=indicator_id, year=year, **filters)
    parts = [_part(request, group) for group in answer["groups"]]
    note(
        actor=request.actor,
        verb="listed",
        kind=indicator_id,
        objects=[row["id"] for part in parts for row in part["table"].rows],
    )
    context = {
        "name": queries.name_of(found),
        "year": year,
        "page_url": pages.page_url(indicator_id, year),
        "filters": _filter_words(filters),
        "parts": parts,
        "count": answer["count"],
        "seen": sum(part["page"].paginator.count for part in parts),
    }
    return render(request, "figures/list.html", context)


def _filter_words(filters: dict[str, list[str | int]]) -> str:
    names = {
        "agency": {a.slug: a.name for a in agencies()},
        "province": pages.province_labels(),
        "theme": pages.theme_labels(),
    }
    return ", ".join(names[dimension].get(str(value), str(value)) for dimension, (value,) in filters.items())


def _part(request: PartyRequest, group: dict[str, Any]) -> dict[str, Any]:
    """One kind of record behind a figure: a page of those that may be seen."""
    kind = record_kind(group["kind"]) if group["kind"] != "party" else None
    if kind is None:
        return {"table": Table(caption=_("Agencies"), columns=[], rows=[]), "page": Paginator([], _PAGE).get_page(1)}
    page = Paginator(records(kind.name, group["ids"]), _PAGE).get_page(request.GET.get("page"))
    language = get_language() or "nl"
    rows = [
        {
            "id": record.pk,
            "record": Link(str(record), reverse("intake:record", args=[kind.name, record.pk])),
            "number": record.number,
        }
        for record in page
    ]
    table = Table(
        caption=kind.plural.in_(language).capitalize(),
        columns=[Column("record", kind.labels.in_(language).capitalize(), heading=True), Column("number", _("Number"))],
        rows=rows,
        empty=_("None of these records are yours to see."),
        empty_how=_("An agency sees its own; the network's figure counts those of all."),
    )
    return {"table": table, "page": page}
