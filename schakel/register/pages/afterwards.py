"""What joining made of a delivery: a panel on its page, and the whole list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from schakel.intake import kinds
from schakel.intake.models import Delivery
from schakel.intake.panels import register_panel
from schakel.register.linked import counts, linked_records, members_of, told
from schakel.register.pages.effects import whose
from schakel.register.pages.rounds import effects_of_round, round_of
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.formats import language
from schakel.web.tables import Column, Link, Table

_PAGE = 25


def panel(delivery: Delivery) -> Mapping[str, Any] | None:
    """What the page of a delivery tells of joining; nothing before it was joined."""
    found = counts(delivery)
    if not found:
        return None
    address = reverse("register:linked", args=[delivery.pk])
    rows = [
        {
            "kind": Link(kinds.kind(one.kind).plural.in_(language()).capitalize(), f"{address}?kind={one.kind}"),
            "records": one.records,
            "with_entry": one.with_entry,
            "with_own": one.with_own,
            "alone": one.alone,
            "doubtful": one.doubtful,
        }
        for one in found
    ]
    table = Table(
        caption=_("With what these records are one"),
        caption_hidden=True,
        columns=[
            Column("kind", _("Kind"), heading=True),
            Column("records", _("Records"), kind="number"),
            Column("with_entry", _("With a register entry"), kind="number"),
            Column("with_own", _("With others of yours"), kind="number"),
            Column("alone", _("With neither"), kind="number"),
            Column("doubtful", _("Doubtful"), kind="number"),
        ],
        rows=rows,
    )
    told = round_of(delivery)
    return {
        "table": table,
        "doubtful": sum(one.doubtful for one in found),
        "round": told,
        "others": sorted(set(told.deliveries) - {delivery.pk}) if told else [],
        "effects": effects_of_round(told, delivery.owner) if told else None,
        "whose": whose(delivery.owner),
    }


@for_parties("agency", "secretariat")
def linked(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """The records of a kind in a delivery, each with what of one's own or which entry it is one, and why."""
    found = get_object_or_404(Delivery, pk=delivery_id, owner_id=request.actor.owner, accepted_at__isnull=False)
    known = counts(found)
    if not known:
        raise Http404
    kind = request.GET.get("kind", known[0].kind)
    if kind not in {one.kind for one in known}:
        raise Http404
    page = Paginator(linked_records(members_of(found, kind)), _PAGE).get_page(request.GET.get("page"))
    lines = list(told(kind, page))
    note(actor=request.actor, verb="listed", kind=kind, objects=[member.record_id for member in page])
    table = Table(
        caption=_("With what these records are one"),
        caption_hidden=True,
        columns=[Column("one", _("Record"), heading=True), Column("to", _("Is one with")), Column("why", _("Why"))],
        rows=[{"one": Link(one.called, one.url), "to": Link(one.to, one.to_url), "why": one.why} for one in lines],
        empty=_("None of these records is one with an entry of the register or with another of yours."),
    )
    address = reverse("register:linked", args=[found.pk])
    named = [(kinds.kind(one.kind).plural.in_(language()).capitalize(), f"{address}?kind={one.kind}") for one in known]
    context = {"delivery": found, "table": table, "page": page, "kinds": named, "current": f"{address}?kind={kind}"}
    return render(request, "register/linked.html", context)


register_panel("register", "register/linked_panel.html", panel)
