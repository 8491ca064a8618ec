"""The rounds without names: which there are, who delivered codes, and how the secretariat begins one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from schakel.intake.models import DeliveryStand
from schakel.network.models import PartyKind
from schakel.register.actions.unnamed import RoundRefused, begin_round
from schakel.register.forms import UnnamedRoundForm
from schakel.register.models import KeyedRound
from schakel.register.pages.gates import must_review
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.tables import Column, Table


@for_parties("agency", "secretariat")
def unnamed(request: PartyRequest) -> HttpResponse:
    """The rounds, the last first; for the secretariat with the form that begins one."""
    must_review(request)
    begins = request.role_held.party.kind == PartyKind.SECRETARIAT
    form = UnnamedRoundForm(request.POST or None) if begins else None
    if form is not None and form.is_valid():
        try:
            made = begin_round(actor=request.actor, **form.cleaned_data)
        except RoundRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Round %(name)s has begun.") % {"name": made.name})
            return redirect("register:unnamed")
    rounds = list(KeyedRound.objects.select_related("opened_by").order_by("-pk"))
    note(actor=request.actor, verb="listed", kind="keyed round", objects=[each.pk for each in rounds])
    context = {"form": form, "table": _listed(rounds)}
    return render(request, "register/unnamed.html", context, status=422 if form is not None and form.errors else 200)


def _listed(rounds: list[KeyedRound]) -> Table:
    """The rounds; of those that go, also whose codes are in, as far as the acting party may know."""
    going = {each.period: each for each in reversed(rounds)}
    stands = DeliveryStand.objects.filter(kind="organisation_codes", period__in=going, accepted_at__isnull=False)
    names: dict[int, list[str]] = {}
    for stand in stands.select_related("owner").order_by("owner__order"):
        if stand.accepted_at is not None and stand.accepted_at >= going[stand.period].opened_at:
            names.setdefault(stand.period, []).append(stand.owner.name)
    rows = [
        {
            "name": each.name,
            "year": each.period,
            "mark": each.mark,
            "begun": each.opened_at,
            "by": each.opened_by.name if each.opened_by else "",
            "delivered": ", ".join(names.get(each.period, ())) if going[each.period] == each else _("replaced"),
        }
        for each in rounds
    ]
    return Table(
        caption=_("Rounds without names"),
        caption_hidden=True,
        columns=[
            Column("name", _("Round"), heading=True),
            Column("year", _("Year")),
            Column("mark", _("Mark of the key")),
            Column("begun", _("Begun on"), kind="date"),
            Column("by", _("By")),
            Column("delivered", _("Codes are in of")),
        ],
        rows=rows,
        empty=_("There was no round without names yet."),
        empty_how=_("The secretariat begins one with the mark of its key."),
    )
