"""The page on which one doubt after another is judged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from schakel.register.actions.judging import JudgingRefused, judge, take_back
from schakel.register.actions.leasing import lease
from schakel.register.belonging import belongs
from schakel.register.models import Doubt, Judgement, Lease, Verdict
from schakel.register.pages.comparing import rows_of, score_words, weights
from schakel.register.pages.gates import asked, filtering, kept, must_review
from schakel.register.queries import (
    DECIDES,
    Asked,
    doubt_of,
    doubts,
    held_by_other,
    next_doubt,
    of_pair,
    sharing,
    waiting,
)
from schakel.register.reasons import said as reasons_said
from schakel.register.sides import Side, sides_of
from schakel.register.things import thing_words
from schakel.register.verdicts import VERDICTS
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.formats import language

_CONFLICT = 409
_OTHERS = 3  # other pairs that a record is in, shown beside it
_KEYS = {Verdict.SAME: "1", Verdict.DIFFERENT: "2", Verdict.UNSURE: "3"}


@for_parties("agency", "secretariat")
@never_cache
def review(request: PartyRequest) -> HttpResponseBase:
    """To the first doubt that waits and that nobody else looks at; says so where there is none."""
    must_review(request)
    following = _next(request)
    if following is not None:
        return redirect(_address(request, following, last=request.GET.get("na")))
    context = {"last": _last(request), "progress": _progress(request), "others": _held_by_others(request)}
    return render(request, "register/reviewed.html", context | {"filters": kept(request.GET)})


@for_parties("agency", "secretariat")
@never_cache
def doubt(request: PartyRequest, doubt_id: int) -> HttpResponseBase:
    """One doubt: the two sides beside each other, and what the person says of them."""
    must_review(request)
    found = get_object_or_404(doubts(request.actor), pk=doubt_id)
    refused = ""
    if request.method == "POST":
        try:
            made = judge(
                actor=request.actor,
                doubt_id=found.pk,
                verdict=request.POST.get("verdict", ""),
                why=request.POST.get("why", "")[:1000],
            )
        except JudgingRefused as refusal:
            refused = str(refusal)
        else:
            following = _next(request, after=found.pk)
            done = reverse("register:review") + kept(request.GET, na=made.pk)
            return redirect(_address(request, following, last=made.pk) if following else done)
    context = _shown(request, found) | {"refused": refused}
    note(actor=request.actor, verb="opened", kind="doubt", objects=[found.pk])
    return render(request, "register/doubt.html", context, status=_CONFLICT if refused else 200)


@require_POST
@for_parties("agency", "secretariat")
def undo(request: PartyRequest, judgement_id: int) -> HttpResponseBase:
    """Take back the answer that one has just given, and look at it again."""
    must_review(request)
    mine = Judgement.objects.filter(owner_id=request.actor.owner, person_id=request.actor.person or 0)
    said = get_object_or_404(mine, pk=judgement_id)
    try:
        take_back(actor=request.actor, judgement_id=said.pk, why=_("Undone at once, while reviewing."))
    except JudgingRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Your answer is taken back; say again what it is."))
    about = doubt_of(said)
    return redirect(_address(request, about) if about else reverse("register:review") + kept(request.GET))


def _shown(request: PartyRequest, found: Asked) -> dict[str, Any]:
    one, other = sides_of([found], request.actor.owner)[found.pk]
    open_still = _open(request, found)
    holder = None
    if open_still and not lease(actor=request.actor, doubt=found):
        holder = held_by_other(found, request.actor)
    following = _next(request, after=found.pk)
    return {
        "doubt": found,
        "thing": thing_words(found.thing).one.in_(language()),
        "sides": [_side(request, found, one), _side(request, found, other)],
        "rows": rows_of(one, other),
        "reasons": [words.in_(language()) for words in reasons_said(found.reasons)],
        "may_judge": open_still and holder is None,
        "holder": _holder(request, holder),
        "standing": _standing(request, found, one, other),
        "second_eyes": settings.FOUR_EYES and open_still and found.answered,
        "verdicts": [{"value": v.value, "label": _label(v).capitalize(), "key": key} for v, key in _KEYS.items()],
        "following": _address(request, following) if following and following.pk != found.pk else "",
        "progress": _progress(request),
        "last": _last(request),
        "filters": kept(request.GET),
    }


def _side(request: PartyRequest, found: Doubt, side: Side) -> dict[str, Any]:
    """A side with what it belongs to, and with what else it is in doubt."""
    others = sharing(doubts(request.actor), found, side.key)[:_OTHERS]
    sides = sides_of(others, request.actor.owner)
    told = [
        {"told": next(each for each in sides[other.pk] if each.key != side.key).told, "url": _address(request, other)}
        for other in others
    ]
    return {"side": side, "belongs": belongs(found.thing, side.key) if side.own else [], "others": told}


def _open(request: PartyRequest, found: Doubt) -> bool:
    """Whether the person may still say something of it, one who could not say before as well."""
    again = waiting(doubts(request.actor).filter(pk=found.pk), four_eyes=settings.FOUR_EYES, passed_too=True)
    return again.exists()


def _standing(request: PartyRequest, found: Doubt, one: Side, other: Side) -> dict[str, Any] | None:
    """What the party has said of it, with what the model had made of it; nothing before one has answered oneself."""
    of_party = of_pair(found).filter(owner_id=request.actor.owner).select_related("person")
    judged = of_party.filter(verdict__in=DECIDES).first()
    if judged is None or _open(request, found):
        return None
    return {
        "judgement": judged,
        "label": _label(judged.verdict),
        "score": score_words(judged),
        "weights": weights(found, one, other),
    }


def _last(request: PartyRequest) -> dict[str, Any] | None:
    """The answer that the person has just given, to see what the model thought of it and to take it back."""
    number = request.GET.get("na", "")
    mine = Judgement.objects.filter(owner_id=request.actor.owner, person_id=request.actor.person or 0, takes_back=None)
    judged = mine.filter(pk=int(number), taken_back_by=None).first() if _is_number(number) else None
    about = doubt_of(judged) if judged is not None else None
    if judged is None or about is None:
        return None
    one, other = sides_of([about], request.actor.owner)[about.pk]
    told = {"judgement": judged, "label": _label(judged.verdict), "one": one.called, "other": other.called}
    return told | {"score": score_words(judged), "weights": weights(about, one, other), "url": _address(request, about)}


def _progress(request: PartyRequest) -> dict[str, int]:
    """How many of those that the filters choose are answered or settled, of how many."""
    what = filtering(request).chosen()
    total = asked(request, replace(what, state="")).count()
    return {"done": total - _waiting(request).count(), "total": total}


def _waiting(request: PartyRequest) -> QuerySet[Asked]:
    """Those that the filters choose and that wait, in whatever state the address asks for."""
    return asked(request, replace(filtering(request).chosen(), state="open"))


def _next(request: PartyRequest, *, after: int = 0) -> Doubt | None:
    return next_doubt(_waiting(request), request.actor, after=after)


def _held_by_others(request: PartyRequest) -> int:
    """How many still wait, with somebody else who looks at them."""
    open_ones = _waiting(request)
    return Lease.objects.filter(doubt__in=open_ones.values("pk")).exclude(person_id=request.actor.person or 0).count()


def _holder(request: PartyRequest, held: Lease | None) -> str:
    """Who else looks at it: by name where that is a colleague, else of which party."""
    if held is None:
        return ""
    return held.person.name if held.owner_id == request.actor.owner else str(held.owner)


def _address(request: PartyRequest, found: Doubt, *, last: object = None) -> str:
    more = {"na": last} if last else {}
    return reverse("register:doubt", args=[found.pk]) + kept(request.GET, **more)


def _label(verdict: str) -> str:
    return VERDICTS[verdict].in_(language())


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18
