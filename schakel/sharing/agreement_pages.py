"""Pages of agreements: those of the acting party, a new one, and one with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from schakel.network.models import PartyKind, Role
from schakel.sharing.agreement_forms import AgreeingForm, AgreementForm, EndingForm, as_drafted
from schakel.sharing.agreement_history import agreement_history
from schakel.sharing.agreements import (
    AgreementRefused,
    agreements,
    discard,
    draft,
    end,
    own_drafts,
    propose,
    resume,
    sign,
    suspend,
)
from schakel.sharing.clauses import clauses_told
from schakel.sharing.models import Agreement, Signatory, Standing
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web.formats import moment_long
from schakel.web.tables import Badge, Column, Link, Table

PARTIES = tuple(kind.value for kind in PartyKind if kind != PartyKind.AUDITOR)
MAY_SIGN = (Role.ADMINISTRATOR, Role.STEWARD, Role.SECRETARY)


def may_sign(request: PartyRequest) -> bool:
    """Whether the person's role lets them draft, sign and end for their party."""
    return request.role_held.role in MAY_SIGN


def _must_sign(request: PartyRequest) -> None:
    if not may_sign(request):
        raise PermissionDenied(
            _("Agreements are made and signed by administrators and data stewards; ask one of your organisation.")
        )


@for_parties(*PARTIES)
def listed(request: PartyRequest) -> HttpResponseBase:
    """The agreements of the acting party, and the kinds of which it can make one."""
    rows = [_row(one, request.actor.owner) for one in agreements()]
    context = {"table": _table(rows), "may_sign": may_sign(request), "standing": Standing.choices}
    return render(request, "sharing/agreements.html", context)


@for_parties(*PARTIES)
def new(request: PartyRequest, standing: str) -> HttpResponseBase:
    """A form for a new agreement of a standing kind."""
    _must_sign(request)
    if standing not in Standing.values:
        raise Http404
    return _drafting(request, Standing(standing), None)


@for_parties(*PARTIES)
def edit(request: PartyRequest, agreement_id: int) -> HttpResponseBase:
    """The same form, for a draft."""
    _must_sign(request)
    found = get_object_or_404(own_drafts(request.actor), pk=agreement_id)
    return _drafting(request, Standing(found.standing), found)


def _drafting(request: PartyRequest, standing: Standing, found: Agreement | None) -> HttpResponseBase:
    party = request.role_held.party
    now = timezone.localtime().replace(second=0, microsecond=0)
    drafted = as_drafted(found, party) if found is not None else None
    form = AgreementForm(request.POST or None, party=party, standing=standing, now=now, drafted=drafted)
    if request.method == "POST" and form.is_valid():
        try:
            made = draft(actor=request.actor, said=form.said(), instead_of=found.pk if found is not None else None)
        except AgreementRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The draft is kept. Nobody else sees it until you propose it."))
            return redirect("sharing:agreement", made.pk)
    context = {"form": form, "kind": standing.label, "found": found}
    return render(request, "sharing/new_agreement.html", context, status=422 if form.errors else 200)


@for_parties(*PARTIES)
def one(request: PartyRequest, agreement_id: int) -> HttpResponseBase:
    """What an agreement says, who signed, and what the acting party can do with it."""
    found = get_object_or_404(agreements(), pk=agreement_id)
    return _shown(request, found)


def _shown(
    request: PartyRequest, found: Agreement, *, signing: AgreeingForm | None = None, ending: EndingForm | None = None
) -> HttpResponseBase:
    mine = next((part for part in found.signatories.all() if part.owner_id == request.actor.party), None)
    bad = any(form is not None and form.errors for form in (signing, ending))
    context = {
        "agreement": found,
        "state": state_of(found),
        "clauses": clauses_told(found.clauses.all()),
        "signatories": _signatories(found),
        "mine": mine,
        "can": _can(found, mine) if may_sign(request) else frozenset(),
        "signing": signing or AgreeingForm(initial={"contact": mine.contact if mine else ""}),
        "ending": ending or EndingForm(),
        "history": agreement_history(request, found),
    }
    return render(request, "sharing/agreement.html", context, status=422 if bad else 200)


def _can(found: Agreement, mine: Signatory | None) -> frozenset[str]:
    """What the acting party can do with it now."""
    if found.proposed_at is None:
        return frozenset({"propose", "edit", "discard"})
    if mine is None or mine.ended_at is not None or found.until <= timezone.now():
        return frozenset()
    if mine.signed_at is None:
        return frozenset({"sign", "end"})
    return frozenset({"resume" if mine.suspended_at else "suspend", "end"})


@dataclass(frozen=True, slots=True)
class _Act:
    """An act without a form of its own, and what is said when it was done."""

    do: Callable[..., Any]
    said: Any


_ACTS = {
    "propose": _Act(propose, gettext_lazy("The agreement is proposed; each party that it names signs or declines.")),
    "suspend": _Act(suspend, gettext_lazy("Suspended: your organisation shares and receives nothing under it now.")),
    "resume": _Act(resume, gettext_lazy("Resumed: it holds again for your organisation.")),
}


@require_POST
@for_parties(*PARTIES)
def act(request: PartyRequest, agreement_id: int, verb: str) -> HttpResponseBase:
    """Propose, discard, sign, suspend, resume or end; back to the page of the agreement."""
    _must_sign(request)
    found = get_object_or_404(agreements(), pk=agreement_id)
    try:
        if verb == "sign":
            return _sign(request, found)
        if verb == "end":
            return _end(request, found)
        if verb == "discard":
            discard(actor=request.actor, agreement_id=found.pk)
            messages.success(request, _("The draft is gone."))
            return redirect("sharing:agreements")
        if verb not in _ACTS:
            raise Http404
        _ACTS[verb].do(actor=request.actor, agreement_id=found.pk)
        messages.success(request, _ACTS[verb].said)
    except AgreementRefused as refused:
        messages.error(request, str(refused))
    except (Agreement.DoesNotExist, Signatory.DoesNotExist):
        messages.error(request, _("That cannot be done with this agreement now; look at the page again."))
    return redirect("sharing:agreement", found.pk)


def _sign(request: PartyRequest, found: Agreement) -> HttpResponseBase:
    form = AgreeingForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, signing=form)
    sign(actor=request.actor, agreement_id=found.pk, **form.cleaned_data)
    waits = Signatory.objects.filter(agreement=found, signed_at=None).exists()
    said = _("Signed. It opens what it says when all others have signed.") if waits else _("Signed by all: it stands.")
    messages.success(request, said)
    return redirect("sharing:agreement", found.pk)


def _end(request: PartyRequest, found: Agreement) -> HttpResponseBase:
    form = EndingForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, ending=form)
    end(actor=request.actor, agreement_id=found.pk, reason=form.cleaned_data["reason"])
    messages.success(request, _("Ended: from now on your organisation shares and receives nothing under it."))
    return redirect("sharing:agreement", found.pk)


def state_of(found: Agreement) -> Badge:
    """How an agreement stands as a whole, in a word."""
    parts, now = list(found.signatories.all()), timezone.now()
    if found.proposed_at is None:
        return Badge("neutral", _("draft"))
    if found.until <= now or not _opens(parts, lambda part: part.ended_at is None):
        return Badge("neutral", _("ended"))
    if any(part.signed_at is None for part in parts):
        return Badge("info", _("proposed"))
    if not _opens(parts, lambda part: part.stands):
        return Badge("warning", _("suspended"))
    return Badge("ok", _("signed")) if found.since <= now else Badge("info", _("not yet begun"))


def _opens(parts: list[Signatory], holds: Callable[[Signatory], bool]) -> bool:
    """Whether anybody still shares with another, of those for whom it ``holds``; nobody, where one declined."""
    if any(part.signed_at is None and part.ended_at is not None for part in parts):
        return False
    left = [part for part in parts if holds(part)]
    return any(giver.gives and other.receives and giver != other for giver in left for other in left)


def _row(found: Agreement, party: int) -> dict[str, object]:
    mine = next((part for part in found.signatories.all() if part.owner_id == party), None)
    waits = found.proposed_at is not None and mine is not None and mine.signed_at is None and mine.ended_at is None
    return {
        "title": Link(found.title, reverse("sharing:agreement", args=[found.pk])),
        "state": Badge("warning", _("waits for your signature")) if waits else state_of(found),
        "with": ", ".join(part.owner.name for part in found.signatories.all() if part.owner_id != party),
        "until": found.until,
    }


def _table(rows: list[dict[str, object]]) -> Table:
    return Table(
        caption=_("Agreements of your organisation"),
        columns=[
            Column("title", _("Agreement"), heading=True),
            Column("with", _("With whom")),
            Column("state", _("State")),
            Column("until", _("Until"), kind="date"),
        ],
        rows=rows,
        empty=_("Your organisation has no agreements: nobody sees anything of yours, and you see nothing of others."),
        empty_how=_("Make one below, or sign one that another party proposes."),
    )


def _signatories(found: Agreement) -> Table:
    rows = [
        {
            "party": part.owner.name,
            "side": _side(part),
            "signed": _signed(part),
            "state": _part_state(part),
            "contact": part.contact,
        }
        for part in found.signatories.all()
    ]
    return Table(
        caption=_("Who is party to it"),
        columns=[
            Column("party", _("Party"), heading=True),
            Column("side", _("Shares or receives")),
            Column("signed", _("Signed")),
            Column("state", _("State")),
            Column("contact", _("Whom to ask")),
        ],
        rows=rows,
    )


def _side(part: Signatory) -> str:
    if part.gives and part.receives:
        return _("shares and receives")
    return _("shares") if part.gives else _("receives")


def _signed(part: Signatory) -> str:
    if part.signed_at is None:
        return _("not yet") if part.ended_at is None else ""
    who = f"{part.signed_by} ({part.signed_as})" if part.signed_by else part.signed_as
    return f"{who}, {moment_long(part.signed_at)}"


def _part_state(part: Signatory) -> Badge:
    if part.ended_at is not None:
        word = _("ended") if part.signed_at else _("declined")
        return Badge("neutral", f"{word}: {part.ended_because}")
    if part.signed_at is None:
        return Badge("info", _("to sign"))
    return Badge("warning", _("suspended")) if part.suspended_at else Badge("ok", _("holds"))
