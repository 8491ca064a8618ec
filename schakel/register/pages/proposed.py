"""What a round of joining would change of what stands: the list, and deciding of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Page, Paginator
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakel.network.models import Party
from schakel.register import proposals as known
from schakel.register.actions.proposals import RulingRefused, accept_proposal, decline_proposal
from schakel.register.forms import RulingForm
from schakel.register.models import Doubt, FigureEffect, Proposal, ProposalState, Ruling
from schakel.register.pages.comparing import rows_of
from schakel.register.pages.effects import effects_of, effects_table, shortly
from schakel.register.pages.gates import must_review
from schakel.register.sides import UNNAMED, Side, carded, sides_of
from schakel.register.things import thing_words
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.formats import language, moment_long, number
from schakel.web.tables import Badge, Column, Link, Table

_PAGE = 25
_STATES = {
    ProposalState.OPEN: "info",
    ProposalState.APPLIED: "ok",
    ProposalState.DECLINED: "neutral",
    ProposalState.UNDONE: "neutral",
    ProposalState.LAPSED: "neutral",
}


@for_parties("agency", "secretariat")
def proposals(request: PartyRequest) -> HttpResponse:
    """What waits for a decision of the acting party first, then what was decided; a page at a time."""
    must_review(request)
    page = Paginator(known.seen_proposals(), _PAGE).get_page(request.GET.get("page"))
    note(actor=request.actor, verb="listed", kind="proposal", objects=[each.pk for each in page])
    waits = known.open_proposals().count()
    context = {"page": page, "table": _listed(page, request.actor.owner), "waits": waits}
    return render(request, "register/proposals.html", context)


@for_parties("agency", "secretariat")
def proposal(request: PartyRequest, proposal_id: int) -> HttpResponseBase:
    """One proposal: both sides, what speaks for it, and what the acting party decides."""
    must_review(request)
    found = get_object_or_404(known.seen_proposals(), pk=proposal_id)
    form = RulingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accepts, why = request.POST.get("accepts") == "yes", form.cleaned_data["why"]
        try:
            (accept_proposal if accepts else decline_proposal)(actor=request.actor, proposal_id=found.pk, why=why)
        except RulingRefused as refused:
            form.add_error("why", str(refused))
        else:
            messages.success(request, _("Decided. What follows from it is done within a minute or so."))
            return redirect("register:proposals")
    else:
        note(actor=request.actor, verb="looked at", kind="proposal", objects=[found.pk])
    return render(request, "register/proposal.html", _shown(request, found, form), status=422 if form.errors else 200)


def _shown(request: PartyRequest, found: Proposal, form: RulingForm) -> dict[str, Any]:
    one, other = _sides(found, request.actor.owner)
    rulings = Ruling.objects.filter(proposal=found).select_related("person", "owner").order_by("pk")
    waits = _waits(found)
    effect = effects_of([found], request.actor.owner).get(found.pk)
    return {
        "proposal": found,
        "effect": effect,
        "effects": effect and _effects(effect, found, request.role_held.party),
        "question": _question(found, one, other),
        "thing": thing_words(found.thing).one.in_(language()),
        "sides": [(one, _records(found.sides[0])), (other, _records(found.sides[1]))],
        "rows": rows_of(one, other),
        "state": _state(found),
        "rulings": rulings,
        "waits": waits,
        "may_accept": found.state not in (ProposalState.LAPSED, ProposalState.APPLIED) and not waits,
        "may_decline": found.state in (ProposalState.OPEN, ProposalState.APPLIED) and not waits,
        "applied": found.state == ProposalState.APPLIED,
        "form": form,
    }


def _effects(effect: FigureEffect, found: Proposal, party: Party) -> Table:
    """The figures that change: of what was decided as they were counted while it was open."""
    note = _("Counted %(moment)s, with all that follows from it. Figures that stay as they are, are not listed.")
    return effects_table(
        effect.figures,
        party,
        heads=(_("Now"), _("Merged") if found.verb == "merge" else _("Split")),
        note=note % {"moment": moment_long(effect.at)},
    )


def _waits(found: Proposal) -> bool:
    """Whether it was decided, and the linker has yet to do so."""
    last = Ruling.objects.filter(proposal=found).order_by("-pk").first()
    done = {True: {ProposalState.APPLIED}, False: {ProposalState.DECLINED, ProposalState.UNDONE}}
    return last is not None and found.state not in {*done[last.accepts], ProposalState.LAPSED}


def _listed(page: Page[Proposal], party: int) -> Table:
    rows, effects = [], effects_of(page, party)
    for each in page:
        one, other = _sides(each, party)
        rows.append(
            {
                "what": Link(_question(each, one, other), reverse("register:proposal", args=[each.pk])),
                "thing": thing_words(each.thing).one.in_(language()),
                "records": sum(map(len, each.sides)),
                "effect": shortly(effects.get(each.pk), each),
                "since": each.since,
                "state": _state(each),
            }
        )
    return Table(
        caption=_("What is proposed to be merged or split, and what became of it"),
        caption_hidden=True,
        columns=[
            Column("what", _("Proposal"), heading=True),
            Column("thing", _("Kind")),
            Column("records", _("Records"), kind="number"),
            Column("effect", _("What it does to figures")),
            Column("since", _("Since"), kind="date"),
            Column("state", _("State")),
        ],
        rows=rows,
        empty=_("Nothing is proposed."),
        empty_how=_("A proposal comes where a delivery tells that what stands is one, or is not."),
    )


def _question(found: Proposal, one: Side, other: Side) -> str:
    names = {"one": one.called, "other": other.called}
    return (
        _("Are %(one)s and %(other)s one?") if found.verb == "merge" else _("Are %(one)s and %(other)s two?")
    ) % names


def _state(found: Proposal) -> Badge:
    text = _("waits for a decision") if found.state == ProposalState.OPEN else found.get_state_display()
    return Badge(_STATES[ProposalState(found.state)], str(text))


def _records(side: Sequence[object]) -> str:
    count = len(side)
    return ngettext("%(count)s record", "%(count)s records", count) % {"count": number(count)}


def _sides(found: Proposal, party: int) -> tuple[Side, Side]:
    """Both records that speak for it: one's own as they are, others' by the card that the database gives."""
    try:
        cards = found.ground.cards
    except ObjectDoesNotExist:  # the agreement is not of all whose records they are
        cards = []
    owners = [card["owner"] for card in cards] or (found.owners * 2)[:2]
    ends = {"kind_a": found.kind_a, "record_a": found.record_a, "kind_b": found.kind_b, "record_b": found.record_b}
    about = Doubt(pk=-found.pk, thing=found.thing, owner_a_id=owners[0], owner_b_id=owners[1], **ends)
    read = sides_of([about], party)[about.pk]
    names = dict(Party.objects.values_list("pk", "name")) if not cards else {}
    whose = _(" or ").join(names[owner] for owner in found.owners if owner in names)
    one, other = (
        side
        if side.known
        else replace(side, says=carded(side.key[0], cards[at]["says"]), unnamed=bool(cards[at]["says"].get(UNNAMED)))
        if cards
        else replace(side, whose=whose)
        for at, side in enumerate(read)
    )
    return one, other
