"""The list of what is doubtful."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from schakel.register.actions.leasing import release
from schakel.register.models import Doubt
from schakel.register.pages.gates import asked, filtering, kept, must_review
from schakel.register.queries import Chosen
from schakel.register.reasons import said as reasons_said
from schakel.register.sides import sides_of
from schakel.register.things import thing_words
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.formats import language
from schakel.web.tables import Badge, Column, Link, Table

_PAGE = 25


@for_parties("agency", "secretariat")
def doubts(request: PartyRequest) -> HttpResponse:
    """What is doubtful, by kind, by whose records they are, and by state; a page at a time."""
    must_review(request)
    form = filtering(request)
    what = form.chosen()
    found = asked(request, what)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    counts = {state: asked(request, Chosen(state=state)).count() for state in ("open", "answered", "settled")}
    release(actor=request.actor)  # who is back at the list looks at none of them
    note(actor=request.actor, verb="listed", kind="doubt", objects=[each.pk for each in page])
    context = {
        "form": form,
        "page": page,
        "table": _listed(request, page),
        "counts": counts,
        "review_url": reverse("register:review") + kept(request.GET),
        "four_eyes": settings.FOUR_EYES,
    }
    return render(request, "register/doubts.html", context)


def _listed(request: PartyRequest, page: Page[Doubt]) -> Table:
    sides = sides_of(page, request.actor.owner)
    begin = _("They come after a delivery is accepted, where it is not sure whether two records are one thing.")
    return Table(
        caption=_("Pairs of records of which it is not sure whether they are one thing"),
        caption_hidden=True,
        columns=[
            Column("one", _("Record"), heading=True),
            Column("other", _("And")),
            Column("thing", _("Kind")),
            Column("why", _("Why it is doubtful")),
            Column("since", _("Since"), kind="date"),
            Column("state", _("State")),
        ],
        rows=[
            {
                "one": Link(sides[each.pk][0].called, reverse("register:doubt", args=[each.pk]) + kept(request.GET)),
                "other": sides[each.pk][1].told,
                "thing": thing_words(each.thing).one.in_(language()),
                "why": " ".join(words.in_(language()) for words in reasons_said(each.reasons)),
                "since": each.since,
                "state": state_of(each),
            }
            for each in page
        ],
        empty=_("No pair is like that.") if request.GET else _("Nothing is doubtful."),
        empty_how="" if request.GET else begin,
    )


def state_of(doubt: Doubt) -> Badge:
    """How a doubt stands for the acting party, in a word."""
    if doubt.settled_at is not None:
        return Badge("neutral", _("settled"))
    if doubt.disputed:
        return Badge("warning", _("disputed"))
    if not getattr(doubt, "answered", False):
        return Badge("info", _("cannot say yet") if getattr(doubt, "passed", False) else _("waits for an answer"))
    if settings.FOUR_EYES and not getattr(doubt, "confirmed", False):
        return Badge("info", _("waits for a second person"))
    return Badge("ok", _("answered"))
