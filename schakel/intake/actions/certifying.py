"""The two signatures: an agency certifies its year and may withdraw that; the secretariat counts it or returns it."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.documents.actions import keep
from schakel.documents.queries import write_to
from schakel.inbox.actions import put, settle, settle_prefix, tell
from schakel.intake import checks, collecting, gates, snapshots, writing
from schakel.intake.actions.queueing import queue, queue_reminding
from schakel.intake.collecting import AgencyYear
from schakel.intake.effects import OwnFigure, counted_figures, kept
from schakel.intake.following import call_followers
from schakel.intake.models import (
    Certification,
    DeliveredFile,
    Delivery,
    DeliveryState,
    Origin,
    Verdict,
    VerdictKind,
)
from schakel.intake.obstacles import obstacles, to_recheck
from schakel.intake.refusing import DeliveryRefused
from schakel.intake.stands import keep_stands
from schakel.network.models import Party, PartyKind, Role
from schakel.network.queries import secretariat
from schakel.search.jobs import queue_index
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.words import Words

_TO_COUNT = Words(
    "{agency} heeft {year} gecertificeerd: accepteer of geef terug", "{agency} certified {year}: accept it or return it"
)
_WITHDRAWN = Words(
    "{agency} heeft de certificering van {year} ingetrokken", "{agency} withdrew the certification of {year}"
)
_RETURNED = Words("Het secretariaat gaf {year} terug: {reason}", "The secretariat returned {year}: {reason}")
_COUNTED = Words("Het secretariaat accepteerde {year} voor de telling", "The secretariat accepted {year} for counting")


def certify(*, actor: Actor, period: int, statement: str) -> Certification:
    """Sign for ``period`` of the acting agency, with a copy of all its records as they stand.

    From then on nothing of that year changes. Raises DeliveryRefused, which says all that is in the way.
    """
    figures = counted_figures(Party.objects.get(pk=actor.owner), period)  # before anybody has to wait for this year
    with acting(actor):
        writing.one_at_a_time(actor.owner, period)
        keep_stands(owner=actor.owner, period=period)
        found = _year_of(actor.owner, period)
        if in_the_way := obstacles(found, period):
            raise DeliveryRefused(" ".join(obstacle.text for obstacle in in_the_way))
        version = 1 + Certification.objects.filter(owner_id=actor.owner, period=period).count()
        if found.certification is not None:  # it was returned
            _end(found.certification, actor, _returned_because(found))
        made = _sign(actor, found, period, version=version, statement=statement, figures=figures)
        note(actor=actor, verb="certified", kind="year", objects=[made.pk], period=period, version=version)
        settle_prefix(actor=actor, party=actor.owner, prefix=_prefix("returned", made))
        settle_prefix(actor=actor, party=secretariat().pk, prefix=_prefix("withdrawn", made))
        _put_for_secretariat(actor, made, _TO_COUNT)
    return made


def withdraw_certification(*, actor: Actor, period: int, reason: str) -> Certification:
    """Take back the signature under ``period``, so that the year can be changed. Raises DeliveryRefused."""
    with acting(actor):
        writing.one_at_a_time(actor.owner, period)
        gates.must_be_open(owner=actor.owner, period=period)
        if not reason.strip():
            raise DeliveryRefused(_("Say why you withdraw the certification; the secretariat reads it."))
        held = gates.standing_certification(owner=actor.owner, period=period)
        if held is None:
            raise DeliveryRefused(
                _("No certification of %(year)s stands, so there is none to withdraw.") % {"year": period}
            )
        counted = collecting.verdict_of(held) is not None
        _end(held, actor, reason.strip())
        note(actor=actor, verb="withdrew", kind="certification", objects=[held.pk], reason=reason.strip())
        settle(actor=actor, party=secretariat().pk, key=_key("certified", held))
        if counted:
            _put_for_secretariat(actor, held, _WITHDRAWN, by_hand=True)
    return held


def accept_year(*, actor: Actor, certification: Certification) -> Verdict:
    """The secretariat accepts a certified year for counting. Raises DeliveryRefused where it no longer stands."""
    with acting(actor):
        held = _certified(actor, certification)
        made = _verdict(actor, held, VerdictKind.ACCEPTED, "")
        if held.certified_by_id is not None:
            tell(
                actor=actor,
                party=held.owner_id,
                person=held.certified_by_id,
                key=_key("counted", held),
                title=_COUNTED.format(year=held.period),
                url=reverse("intake:certify", args=[held.period]),
                room="intake",
            )
    return made


def return_year(*, actor: Actor, certification: Certification, reason: str) -> Verdict:
    """The secretariat gives a certified year back, and says why; the agency can change it again.

    Raises DeliveryRefused where it no longer stands.
    """
    with acting(actor):
        if not reason.strip():
            raise DeliveryRefused(_("Say why you return this year; the agency reads it."))
        held = _certified(actor, certification)
        made = _verdict(actor, held, VerdictKind.RETURNED, reason.strip())
        put(
            actor=actor,
            party=held.owner_id,
            key=_key("returned", held),
            title=_RETURNED.format(year=held.period, reason=reason.strip()),
            url=reverse("intake:certify", args=[held.period]),
            role=Role.STEWARD,
            room="intake",
            urgent=True,
        )
    return made


def restore_certified(*, actor: Actor, certification: Certification) -> Delivery:
    """Make the records of the acting agency and year what they were when ``certification`` was signed.

    Records made since are withdrawn, never deleted. Kept as a delivery of its own. Raises DeliveryRefused where the
    year is closed or certified, SnapshotDamaged where the copy is not whole.
    """
    owner, period = actor.owner, certification.period
    with acting(actor):
        if certification.owner_id != owner:
            raise DeliveryRefused(_("Only the agency itself can bring back what it certified."))
        writing.one_at_a_time(owner, period)
        gates.must_be_changeable(owner=owner, period=period)
        parts = _parts(certification)
        made = _restoring(actor, certification)
        reason = _("not in what was certified as version %(version)s") % {"version": certification.version}
        rows = snapshots.put_back(parts, owner=owner, period=period, reason=reason)
        note(
            actor=actor,
            verb="brought back",
            kind="delivery",
            objects=[made.pk],
            version=certification.version,
            rows=rows,
        )
        keep_stands(owner=owner, period=period)
        queue("intake.after_acceptance", actor=actor, delivery_id=made.pk)
        queue_index(actor=actor, period=period)
        queue_reminding(period=period)
        call_followers()
    return made


def ask_recheck(*, actor: Actor, period: int) -> int:
    """Have the worker run the newest checks on what stands of ``period``; returns on how many deliveries."""
    with acting(actor):
        gates.must_be_changeable(owner=actor.owner, period=period)
        found = [delivery for delivery in to_recheck(actor.owner, period) if not _waits(delivery)]
        for delivery in found:
            Delivery.objects.filter(pk=delivery.pk).update(progress={"step": "waiting"})
            queue("intake.recheck", actor=actor, delivery_id=delivery.pk)
        note(actor=actor, verb="asked to check", kind="delivery", objects=[delivery.pk for delivery in found])
    return len(found)


def summary_of(found: AgencyYear, figures: list[OwnFigure] | None) -> dict[str, Any]:
    """What is signed, in counts: by kind, by severity of what was found, and how much of what was sent stands.

    With the agency's own ``figures`` as they were counted then; None where they could not be had.
    """
    stands = [kind.stand for kind in found.kinds if kind.stand is not None and kind.stand.accepted_at is not None]
    findings: Counter[str] = Counter()
    for stand in (*stands, *([found.files] if found.files else [])):
        for line in stand.found:
            findings[line["severity"]] += line["count"]
    kinds = {
        stand.kind: {"standing": stand.standing, "refused": stand.refused, "errors": stand.errors}
        | {"warnings": stand.warnings, "waived": stand.waived}
        for stand in stands
    }
    return {
        "kinds": kinds,
        "findings": dict(findings),
        "coverage": {"expected": len(found.expected), "accepted": found.accepted},
        "exempt": {
            kind.kind: kind.expectation.reason for kind in found.kinds if kind.state == "exempt" and kind.expectation
        },
        "figures": kept(figures),
    }


def _sign(
    actor: Actor, found: AgencyYear, period: int, *, version: int, statement: str, figures: list[OwnFigure] | None
) -> Certification:
    said = {"version": version, "checks_version": checks.checks_version()}
    with tempfile.TemporaryDirectory(prefix="schakel-") as folder:
        path = Path(folder, f"{found.party.slug}-{period}-{version}.zip")
        snapshots.write_snapshot(path, owner=actor.owner, period=period, said=said)
        stored = keep(actor=actor, name=path.name, content=path)
    return Certification.objects.create(
        owner_id=actor.owner,
        period=period,
        version=version,
        statement=statement,
        checks_version=checks.checks_version(),
        summary=summary_of(found, figures),
        snapshot=stored,
        certified_by_id=actor.person,
    )


def _end(held: Certification, actor: Actor, reason: str) -> None:
    held.withdrawn_at, held.withdrawn_by_id, held.withdrawn_because = timezone.now(), actor.person, reason
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])


def _returned_because(found: AgencyYear) -> str:
    return _("Returned by the secretariat: %(reason)s") % {"reason": found.verdict.reason if found.verdict else ""}


def _year_of(owner: int, period: int) -> AgencyYear:
    return collecting.agency_year(Party.objects.get(pk=owner), period, today=timezone.localdate())


def _certified(actor: Actor, certification: Certification) -> Certification:
    """The certification as it stands now, for the secretariat, with nobody changing it meanwhile."""
    if not Party.objects.filter(pk=actor.owner, kind=PartyKind.SECRETARIAT).exists():
        raise DeliveryRefused(_("Only the secretariat does this; ask it."))
    writing.one_at_a_time(certification.owner_id, certification.period)
    held = gates.standing_certification(owner=certification.owner_id, period=certification.period)
    if held is None or held.pk != certification.pk:
        raise DeliveryRefused(_("This certification was withdrawn or returned meanwhile; look at the year again."))
    return held


def _verdict(actor: Actor, held: Certification, verdict: VerdictKind, reason: str) -> Verdict:
    values = {"owner_id": held.owner_id, "verdict": verdict, "reason": reason, "made_by_id": actor.person}
    made, _new = Verdict.objects.update_or_create(certification=held, defaults=values | {"made_at": timezone.now()})
    concerns = held.owner_id
    note(actor=actor, verb=verdict.value, kind="certification", objects=[held.pk], reason=reason, concerns=concerns)
    settle(actor=actor, party=actor.owner, key=_key("certified", held))
    return made


def _put_for_secretariat(actor: Actor, made: Certification, title: Words, *, by_hand: bool = False) -> None:
    put(
        actor=actor,
        party=secretariat().pk,
        key=_key("withdrawn" if by_hand else "certified", made),
        title=title.format(agency=made.owner.name, year=made.period),
        url=reverse("intake:agency_year", args=[made.period, made.owner.slug]),
        role=Role.SECRETARY,
        room="intake",
        by_hand=by_hand,
    )


def _key(what: str, held: Certification) -> str:
    return f"{_prefix(what, held)}{held.version}"


def _prefix(what: str, held: Certification) -> str:
    return f"{what}:{held.period}:{held.owner.slug}:"


def _parts(certification: Certification) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="schakel-") as folder:
        path = Path(folder, "snapshot.zip")
        write_to(certification.snapshot, path)
        return snapshots.read_snapshot(path, owner=certification.owner_id, period=certification.period)


def _restoring(actor: Actor, certification: Certification) -> Delivery:
    stored = certification.snapshot
    made = Delivery.objects.create(
        owner_id=actor.owner,
        period=certification.period,
        state=DeliveryState.ACCEPTED,
        sender_id=actor.person,
        accepted_by_id=actor.person,
        accepted_at=timezone.now(),
        content_digest=stored.digest,
        origin=Origin.RESTORED,
    )
    DeliveredFile.objects.create(
        owner_id=actor.owner, delivery=made, name=stored.name, size=stored.size, digest=stored.digest, stored=stored
    )
    return made


def _waits(delivery: Delivery) -> bool:
    return "step" in delivery.progress and "error" not in delivery.progress
