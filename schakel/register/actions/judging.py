"""What people say of two records: saying it, confirming it, taking it back.

Invariants: nothing said is altered; one party says one thing of a pair at a time; where four eyes are asked for, no one
confirms their own answer. What follows from it for identities is the linker's work, which is queued.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.network.models import Party, PartyKind, RoleHeld
from schakel.register.jobs import queue_linking_soon
from schakel.register.models import Doubt, Judgement, Lease, Verdict
from schakel.register.queries import DECIDES, PAIR, REVIEWERS, held_by_other, model_version, of_pair
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


class JudgingRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """Something cannot be said of two records, or not taken back; the message says why and what to do."""


def may_review(actor: Actor) -> bool:
    """Whether the acting person judges for the party: in the role they act in, or any they hold where none is known."""
    held = RoleHeld.objects.filter(person_id=actor.person or 0, party_id=actor.party or 0)
    if actor.role:
        held = held.filter(role=actor.role)
    return any(pair in REVIEWERS for pair in held.values_list("party__kind", "role"))


def judge(*, actor: Actor, doubt_id: int, verdict: str, why: str = "") -> Judgement:
    """Say for the acting party what the two records of a doubt are.

    Under four eyes the same answer of a second person confirms the first. Raises JudgingRefused.
    """
    with acting(actor):
        doubt = _judgeable(actor, doubt_id)
        if verdict not in Verdict.values:
            raise JudgingRefused(_("Say that they are the same, not the same, or that you cannot say."))
        confirms = _earlier(actor, doubt, verdict)
        made = _write(actor, _of(doubt) | {"verdict": verdict, "why": why.strip(), "confirms": confirms})
        Lease.objects.filter(owner_id=actor.owner, doubt=doubt, person_id=actor.person or 0).delete()
        verb = "judged" if confirms is None else "confirmed"
        note(actor=actor, verb=verb, kind="doubt", objects=[doubt.pk], verdict=verdict, judgement=made.pk)
        if verdict in DECIDES:
            queue_linking_soon()
    return made


def confirm(*, actor: Actor, judgement_id: int) -> Judgement:
    """Say as a second person of the acting party that an answer is right. Raises JudgingRefused."""
    with acting(actor):
        said = Judgement.objects.filter(pk=judgement_id, owner_id=actor.owner).first()
        if said is None or said.takes_back_id is not None or said.confirms_id is not None:
            raise JudgingRefused(_("There is no such answer of your organisation."))
        _must_review(actor)
        _one_at_a_time(said)
        if said.person_id == actor.person:
            raise JudgingRefused(_("You gave this answer yourself; a colleague confirms it."))
        if Judgement.objects.filter(takes_back=said).exists():
            raise JudgingRefused(_("This answer was taken back."))
        if said.confirmations.filter(taken_back_by__isnull=True).exists():
            raise JudgingRefused(_("This answer was confirmed already."))
        copied = {name: getattr(said, name) for name in (*PAIR, "verdict", "as_steward", "score", "version", "reasons")}
        made = _write(actor, copied | {"confirms": said})
        note(actor=actor, verb="confirmed", kind="judgement", objects=[said.pk], judgement=made.pk)
        queue_linking_soon()
    return made


def take_back(*, actor: Actor, judgement_id: int, why: str) -> Judgement:
    """Have an answer of the acting party no longer hold, with what confirmed it. Raises JudgingRefused."""
    if not why.strip():
        raise JudgingRefused(_("Say why this answer is taken back."))
    with acting(actor):
        said = Judgement.objects.filter(pk=judgement_id, owner_id=actor.owner, takes_back=None).first()
        if said is None:
            raise JudgingRefused(_("There is no such answer of your organisation."))
        _must_review(actor)
        _one_at_a_time(said)
        if Judgement.objects.filter(takes_back=said).exists():
            raise JudgingRefused(_("This answer was taken back already."))
        lines = [said, *said.confirmations.filter(taken_back_by__isnull=True)]
        for line in reversed(lines):
            copied = {name: getattr(line, name) for name in (*PAIR, "as_steward")}
            made = _write(actor, copied | {"takes_back": line, "why": why.strip()})
        note(actor=actor, verb="took back", kind="judgement", objects=[one.pk for one in lines], reason=why.strip())
        queue_linking_soon()
    return made


def _judgeable(actor: Actor, doubt_id: int) -> Doubt:
    doubt = Doubt.objects.filter(pk=doubt_id).first()
    if doubt is None:
        raise JudgingRefused(_("There is no such pair to judge, or it is not yours."))
    _must_review(actor)
    _one_at_a_time(doubt)
    doubt.refresh_from_db()
    if doubt.settled_at is not None:
        raise JudgingRefused(_("This was settled meanwhile; nothing needs to be said of it any more."))
    held = held_by_other(doubt, actor, now=timezone.now())
    if held is not None:
        raise JudgingRefused(_("Somebody else is looking at this just now; take the next one."))
    return doubt


def _earlier(actor: Actor, doubt: Doubt, verdict: str) -> Judgement | None:
    """The answer of a colleague that this one confirms. Raises JudgingRefused where the party has answered already."""
    before = list(of_pair(doubt).filter(owner_id=actor.owner, verdict__in=DECIDES).select_related("person"))
    if not before or verdict not in DECIDES:
        return None
    if not settings.FOUR_EYES:
        raise JudgingRefused(_("Your organisation answered this already; take that answer back first."))
    if any(one.person_id == actor.person for one in before):
        raise JudgingRefused(_("You answered this already; a colleague confirms it."))
    if any(one.confirms_id for one in before):
        raise JudgingRefused(_("Two colleagues answered this already; take that answer back first."))
    return next((one for one in before if one.verdict == verdict), None)


def _of(doubt: Doubt) -> dict[str, Any]:
    said = {name: getattr(doubt, name) for name in PAIR}
    return said | {"score": doubt.score, "version": model_version(), "reasons": doubt.reasons}


def _write(actor: Actor, values: dict[str, Any]) -> Judgement:
    """A line of the log for the acting person; of the identity steward where that is who acts."""
    steward = Party.objects.filter(pk=actor.owner, kind=PartyKind.SECRETARIAT).exists()
    values = {"as_steward": steward} | values
    return Judgement.objects.create(owner_id=actor.owner, person_id=actor.person, **values)


def _must_review(actor: Actor) -> None:
    if not may_review(actor):
        raise JudgingRefused(_("Data stewards judge this, and between agencies the identity steward; you may not."))


def _one_at_a_time(pair: Doubt | Judgement) -> None:
    """Hold back whoever else says something of the same two records, until the transaction ends."""
    said = " ".join(str(getattr(pair, name)) for name in PAIR)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"judging {said}"])
