"""The list behind a figure: the records that may be seen."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator
from schakel.figures.pages.addresses import page_url
from schakel.figures.pages.labels import value_labels
from schakel.figures.views.asked import counted, indicator_or_404, vintage_asked
from schakel.figures.vintages import Readable
from schakel.intake.kinds import kind as record_kind
from schakel.intake.queries import ids_seen, records
from schakel.intake.records import Record
from schakel.network.models import Party
from schakel.sharing.acting import seeing_shared
from schakel.sharing.looking import saw
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.addresses import numbered
from schakel.web.tables import Column, Link, Table

_PAGE = 50


@for_parties()
@counted
def behind(request: PartyRequest, indicator_id: str) -> HttpResponse:
    """The records behind a figure, as far as the acting party may see them."""
    found = indicator_or_404(indicator_id)
    party = request.role_held.party
    vintage = vintage_asked(request, Readable(party))
    year = vintage.period
    filters: dict[str, list[str | int]] = {
        name: [*request.GET.getlist(name)] for name in found.breakdowns if name != "year" and request.GET.get(name)
    }
    answer = queries.records_behind(party, indicator=indicator_id, year=year, stand=vintage, **filters)
    parts = [_part(request, group) for group in answer["groups"]]
    listed = sum(len(part["table"].rows) for part in parts)
    note(actor=request.actor, verb="listed", kind="figure", indicator=indicator_id, period=year, records=listed)
    context = {
        "name": queries.name_of(found),
        "year": year,
        "vintage": vintage,
        "page_url": page_url(indicator_id, year, stand=request.GET.get("stand", "")),
        "filters": _filter_words(found, filters),
        "parts": parts,
        "count": answer["count"],
        "seen": sum(part["page"].paginator.count for part in parts),
    }
    return render(request, "figures/list.html", context)


def _filter_words(found: Indicator, filters: dict[str, list[str | int]]) -> str:
    named = {dimension: value_labels(found, dimension) for dimension in filters}
    return ", ".join(named[name].get(str(value), str(value)) for name, values in filters.items() for value in values)


def _part(request: PartyRequest, group: dict[str, Any]) -> dict[str, Any]:
    """One kind of record behind a figure: a page of those that may be seen."""
    kind = record_kind(group["kind"]) if group["kind"] != "party" else None
    if kind is None:
        return {"table": Table(caption=_("Agencies"), columns=[], rows=[]), "page": Paginator([], _PAGE).get_page(1)}
    with seeing_shared():
        page = Paginator(ids_seen(kind.name, group["ids"]), _PAGE).get_page(request.GET.get("page"))
        listed = list(records(kind.name, list(page)))
    saw(actor=request.actor, verb="listed", kind=kind.name, seen=[(one.owner_id, one.pk) for one in listed])
    url = numbered("intake:record", kind.name)
    language = get_language() or "nl"
    names = _owners(request, listed)
    columns = [Column("record", kind.labels.in_(language).capitalize(), heading=True), Column("number", _("Number"))]
    rows = [
        {
            "id": record.pk,
            "record": Link(str(record), url(record.pk)),
            "number": record.number,
            "owner": names.get(record.owner_id, ""),
        }
        for record in listed
    ]
    if names:
        columns.append(Column("owner", _("Of")))
    table = Table(
        caption=kind.plural.in_(language).capitalize(),
        columns=columns,
        rows=rows,
        empty=_("None of these records are yours to see."),
        empty_how=_("You see your own and what agreements open; the network's figure counts those of all."),
    )
    return {"table": table, "page": page}


def _owners(request: PartyRequest, listed: list[Record]) -> dict[int, str]:
    """The names of whose records they are, by id; none where they are all the acting party's own."""
    owners = {record.owner_id for record in listed}
    if owners <= {request.actor.party}:
        return {}
    return dict(Party.objects.filter(pk__in=owners).values_list("pk", "name"))
