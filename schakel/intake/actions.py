"""The verbs of intake: receive, examine, accept, withdraw.

Each is one transaction for a named actor, and writes its line in the trail.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils import timezone

from schakel.intake import jobs, kinds, mapping, writing
from schakel.intake.acceptance import Written, refused_places, write_kind
from schakel.intake.examining import Examination
from schakel.intake.findings import Finding
from schakel.intake.following import call_followers
from schakel.intake.models import (
    ConfirmedMapping,
    DeliveredFile,
    Delivery,
    DeliveryFinding,
    DeliveryState,
)
from schakel.intake.records import RecordState
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


class DeliveryRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """A delivery cannot be taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Received:
    """A delivery that is in, and whether exactly this content was in already."""

    delivery: Delivery
    known: bool


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise DeliveryRefused(f"{path} does not exist; name a file or a folder that does.")
        inside = sorted(p for p in path.iterdir() if p.is_file() and p.name[0] not in ".~") if path.is_dir() else [path]
        found += inside
    return found


def receive(*, actor: Actor, period: int, paths: Sequence[Path]) -> Received:
    """Keep the files at ``paths`` (files or folders) as a delivery of the acting party for ``period``.

    The same content as the last delivery of that period gives that delivery back, and ``known``.
    Raises DeliveryRefused where there is no file.
    """
    files = [(path.name, path.read_bytes()) for path in _files(paths)]
    if not files:
        raise DeliveryRefused("There is no file to deliver: name at least one file, or a folder that holds one.")
    digests = [hashlib.sha256(content).hexdigest() for _name, content in files]
    named = "\n".join(f"{digest} {name}" for digest, (name, _content) in sorted(zip(digests, files, strict=True)))
    content_digest = hashlib.sha256(named.encode()).hexdigest()
    with acting(actor):
        last = Delivery.objects.filter(owner_id=actor.owner, period=period).exclude(state=DeliveryState.FAILED).first()
        if last is not None and last.content_digest == content_digest:
            return Received(last, known=True)
        delivery = Delivery.objects.create(
            owner_id=actor.owner, period=period, sender_id=actor.person, content_digest=content_digest
        )
        DeliveredFile.objects.bulk_create(
            DeliveredFile(
                owner_id=actor.owner, delivery=delivery, name=name, size=len(content), digest=digest, content=content
            )
            for digest, (name, content) in zip(digests, files, strict=True)
        )
        note(actor=actor, verb="received", kind="delivery", objects=[delivery.pk], period=period, files=len(files))
    return Received(delivery, known=False)


def confirm_mapping(*, actor: Actor, text: str) -> ConfirmedMapping:
    """Keep ``text`` (TOML) as the acting party's mapping from now on. Raises MappingError."""
    mapping.parse(text)
    with acting(actor):
        last = ConfirmedMapping.objects.filter(owner_id=actor.owner).first()
        if last is not None and last.text == text:
            return last
        made = ConfirmedMapping.objects.create(
            owner_id=actor.owner,
            version=1 if last is None else last.version + 1,
            text=text,
            confirmed_by_id=actor.person,
        )
        note(actor=actor, verb="confirmed", kind="mapping", objects=[made.pk], version=made.version)
    return made


def keep_examination(*, actor: Actor, delivery: Delivery, examination: Examination) -> None:
    """Keep what the checks found in ``delivery``, in place of what they found before."""
    with acting(actor):
        DeliveryFinding.objects.filter(delivery=delivery).delete()
        keep_findings(delivery, examination.findings)
        delivery.mapping = mapping.dump(examination.mapping)
        delivery.proposed_tables = list(examination.proposed)
        if delivery.state != DeliveryState.ACCEPTED:
            delivery.state = DeliveryState.CHECKED if examination.readable else DeliveryState.FAILED
        delivery.save(update_fields=["mapping", "proposed_tables", "state"])
        note(
            actor=actor,
            verb="checked",
            kind="delivery",
            objects=[delivery.pk],
            findings=len(examination.findings),
        )


def keep_findings(delivery: Delivery, findings: Iterable[Finding]) -> None:
    """Keep findings about ``delivery`` for its owner, in the caller's transaction."""
    DeliveryFinding.objects.bulk_create(
        (
            stored_finding(found, owner_id=delivery.owner_id, period=delivery.period, delivery=delivery)
            for found in findings
        ),
        batch_size=2000,
    )


def stored_finding(found: Finding, *, owner_id: int, period: int, delivery: Delivery | None) -> DeliveryFinding:
    """The finding as a row that ``owner_id`` may read."""
    return DeliveryFinding(
        owner_id=owner_id,
        delivery=delivery,
        period=period,
        check_id=found.check,
        severity=found.severity,
        file=found.file,
        table=found.table,
        cell=found.cell,
        row=found.row,
        header=found.header,
        kind=found.kind,
        field=found.field,
        number=found.number,
        value=found.value,
        expected=found.expected,
        message_nl=found.message.nl,
        message_en=found.message.en,
        remedy_nl=found.remedy.nl,
        remedy_en=found.remedy.en,
    )


def accept(*, actor: Actor, delivery: Delivery, examination: Examination) -> list[Written]:
    """Make the delivery's rows records of the acting party, all in one transaction.

    Replaces what stood for each kind delivered: rows in error stay out and stay listed, records that
    vanished are proposed as withdrawn. Accepting twice changes nothing. Raises DeliveryRefused for a
    delivery of another party or one that could not be read.
    """
    with acting(actor):
        _one_at_a_time(delivery)
        delivery.refresh_from_db()
        if delivery.owner_id != actor.party:
            raise DeliveryRefused("Only the agency that delivered can accept a delivery.")
        if not examination.readable:
            raise DeliveryRefused("This delivery could not be read; mend what the findings name and deliver again.")
        if delivery.state == DeliveryState.ACCEPTED:
            return []
        refused = refused_places(examination.findings)
        by_kind = {rows.kind: rows for rows in examination.rows}
        written = [write_kind(delivery, by_kind[kind.name], refused) for kind in kinds.kinds() if kind.name in by_kind]
        delivery.state = DeliveryState.ACCEPTED
        delivery.accepted_at = timezone.now()
        delivery.save(update_fields=["state", "accepted_at"])
        note(
            actor=actor,
            verb="accepted",
            kind="delivery",
            objects=[delivery.pk],
            rows={done.kind: {"new": done.new, "changed": done.changed, "refused": done.refused} for done in written},
        )
        jobs.after_acceptance.defer(delivery_id=delivery.pk, party=actor.party, person=actor.person)
        call_followers()
    return written


def _one_at_a_time(delivery: Delivery) -> None:
    """Hold back any other acceptance of the same agency and period until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [delivery.owner_id, delivery.period])


def settle_vanished(*, actor: Actor, period: int, withdraw: bool, reason: str) -> int:
    """Decide on all records of ``period`` that are proposed as withdrawn: withdraw or keep them.

    Returns how many; they are the acting party's own. The reason is kept with each record.
    """
    state = RecordState.WITHDRAWN if withdraw else RecordState.STANDS
    done = 0
    with acting(actor):
        for table in writing.record_tables():
            proposed = table.model._default_manager.filter(
                owner_id=actor.owner, period=period, state=RecordState.VANISHED
            )
            ids = list(proposed.values_list("pk", flat=True))
            proposed.update(state=state, state_reason=reason)
            if ids:
                verb = "withdrew" if withdraw else "kept"
                note(actor=actor, verb=verb, kind=table.kind, objects=ids, reason=reason)
            done += len(ids)
    return done
