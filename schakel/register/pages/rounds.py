"""What rounds of joining did: the list of them, and of one what was linked and what that did to figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from schakel.intake.models import Delivery
from schakel.network.models import Party
from schakel.register.models import RoundTold
from schakel.register.pages.effects import effects_table, whose
from schakel.register.pages.gates import must_review
from schakel.register.things import thing_words
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.formats import language, moment_long, number
from schakel.web.tables import Column, Link, Table

_PAGE = 25


@for_parties("agency", "secretariat")
def rounds(request: PartyRequest) -> HttpResponse:
    """The rounds that were told to the acting party, the last first."""
    must_review(request)
    found = RoundTold.objects.prefetch_related("effects").order_by("-pk")
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    note(actor=request.actor, verb="listed", kind="round", objects=[each.pk for each in page])
    context = {"page": page, "table": _listed(page), "whose": whose(request.role_held.party)}
    return render(request, "register/rounds.html", context)


@for_parties("agency", "secretariat")
def joining_round(request: PartyRequest, told_id: int) -> HttpResponse:
    """One round: what of it is the acting party's, and what it did to the party's figures."""
    must_review(request)
    found = get_object_or_404(RoundTold.objects.prefetch_related("effects"), pk=told_id)
    note(actor=request.actor, verb="looked at", kind="round", objects=[found.pk])
    deliveries = Delivery.objects.filter(pk__in=found.deliveries).order_by("pk")
    context = {
        "told": found,
        "things": _things(found),
        "deliveries": deliveries,
        "effects": effects_of_round(found, request.role_held.party),
        "whose": whose(request.role_held.party),
    }
    return render(request, "register/round.html", context)


def effects_of_round(told: RoundTold, party: Party) -> Table | None:
    """The figures of ``party`` that a round changed; None while that is not counted."""
    effect = told.effects.first()
    if effect is None:
        return None
    return effects_table(
        effect.figures,
        party,
        heads=(_("Before"), _("Joined")),
        note=_(
            "Before: the same records, each new one a thing by itself. Figures that stayed as they are, are not listed."
        ),
    )


def round_of(delivery: Delivery) -> RoundTold | None:
    """The round in which a delivery was joined, as it was told to its owner; None before it was."""
    return RoundTold.objects.filter(deliveries__contains=[delivery.pk]).prefetch_related("effects").first()


def _listed(page: Page[RoundTold]) -> Table:
    rows = [
        {
            "when": Link(moment_long(each.at), reverse("register:round", args=[each.pk])),
            "linked": sum(int(said.get("linked", 0)) for said in each.things.values()),
            "figures": _figures(each),
        }
        for each in page
    ]
    return Table(
        caption=_("Rounds of joining"),
        caption_hidden=True,
        columns=[
            Column("when", _("Round"), heading=True),
            Column("linked", _("Records linked"), kind="number"),
            Column("figures", _("What it did to figures")),
        ],
        rows=rows,
        empty=_("No round was told to you yet."),
        empty_how=_("Records are joined within a minute or so after each accepted delivery."),
    )


def _figures(told: RoundTold) -> str:
    effect = next(iter(told.effects.all()), None)
    if effect is None:
        return _("not counted yet")
    count = len(effect.figures)
    if not count:
        return _("none of the figures")
    return ngettext("%(count)s figure changed", "%(count)s figures changed", count) % {"count": number(count)}


def _things(told: RoundTold) -> Sequence[str]:
    """What became of each sort of thing, in words."""
    words = {thing: thing_words(thing).plural.in_(language()).capitalize() for thing in told.things}
    return [f"{words[thing]}: {_done(said)}" for thing, said in told.things.items()]


def _done(said: Mapping[str, int]) -> str:
    words: dict[str, StrOrPromise] = {
        "linked": _("%(count)s linked"),
        "born": _("%(count)s new"),
        "merged": _("%(count)s merged"),
        "split": _("%(count)s split"),
    }
    return ", ".join(str(words[verb]) % {"count": number(said[verb])} for verb in words if said.get(verb))
