"""Keeping what reading and checks said of a delivery."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter

from django.db import DatabaseError
from django.utils import timezone

from schakel.intake import checks, mapping
from schakel.intake.actions.caring import settle_handings
from schakel.intake.actions.waiving import mark_waived
from schakel.intake.examining import Examination
from schakel.intake.findings import Finding, told
from schakel.intake.keeping import keep_tables
from schakel.intake.models import Delivery, DeliveryFinding, DeliveryState
from schakel.intake.proposing import told as proposal_told
from schakel.intake.reading import Reading
from schakel.intake.stands import keep_stands
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.web.no_room import no_room

log = logging.getLogger(__name__)
_FULL = "The disk of the server is full. Tell the administrator; once there is room, have it done again."
# What makes a finding the same as one of before, as it is stored and as it is found.
_ALIKE = ("file", "table", "cell", "row", "column", "header", "kind", "field", "number", "value", "expected")
_WORDS = ("message", "remedy")
_SAID = ("check_id", "severity", *_ALIKE, *(f"{name}_{language}" for name in _WORDS for language in ("nl", "en")))
_FOUND = ("check", "severity.value", *_ALIKE, *(f"{name}.{language}" for name in _WORDS for language in ("nl", "en")))
_OPEN = (DeliveryState.RECEIVED, DeliveryState.CHECKED, DeliveryState.FAILED)


def keep_reading(*, actor: Actor, delivery: Delivery, reading: Reading) -> None:
    """Keep the tables of ``delivery`` as they were read, and what reading had to say."""
    with acting(actor):
        keep_tables(delivery, reading.tables)
        delivery.reading_findings = [told(found) for found in reading.findings]
        delivery.save(update_fields=["reading_findings"])


def say_progress(*, actor: Actor, delivery_id: int, **progress: object) -> None:
    """Say how far the work on a delivery is, for its page to show."""
    with acting(actor):
        Delivery.objects.filter(pk=delivery_id).update(progress=progress)


def say_stopped(*, actor: Actor, delivery_id: int, error: Exception) -> None:
    """Say on the page of a delivery that the work on it stopped; where even that cannot be kept, only in the log."""
    said = _FULL if no_room(error) else str(error) or type(error).__name__
    try:
        say_progress(actor=actor, delivery_id=delivery_id, error=said, full=no_room(error))
    except DatabaseError:
        log.exception("delivery %s stopped, and its page cannot say so", delivery_id)


def keep_examination(*, actor: Actor, delivery: Delivery, examination: Examination, still: str = "") -> None:
    """Keep what the checks found in ``delivery``, in place of what they found before; ``still``: the work to come."""
    with acting(actor):
        held = Delivery.objects.select_for_update().get(pk=delivery.pk)
        _keep_mapping(held, delivery, examination)
        replace_findings(delivery, examination.findings)
        mark_waived(delivery)
        settle_handings(actor=actor, delivery=delivery)
        delivery.examined_at, delivery.checks_version = timezone.now(), checks.checks_version()
        delivery.holds = {rows.kind: rows.frame.height for rows in examination.rows}
        delivery.progress = progress_after(held, still)
        if delivery.state in _OPEN:
            delivery.state = DeliveryState.CHECKED if examination.readable else DeliveryState.FAILED
        delivery.save(
            update_fields=[
                "mapping",
                "proposed_tables",
                "proposal",
                "examined_at",
                "checks_version",
                "holds",
                "progress",
                "state",
            ]
        )
        keep_stands(owner=delivery.owner_id, period=delivery.period)
        note(
            actor=actor,
            verb="checked",
            kind="delivery",
            objects=[delivery.pk],
            findings=len(examination.findings),
        )


def progress_after(held: Delivery, still: str = "") -> dict[str, object]:
    """What to say of the work when a part of it is done and ``still`` comes: nothing, or that it is asked for again."""
    if held.progress.get("step") == "waiting":  # somebody mended more since it began: another examination is queued
        return dict(held.progress)
    return {"step": still} if still else {}


def _keep_mapping(held: Delivery, delivery: Delivery, examination: Examination) -> None:
    """A mapping that a person settled while the checks ran stays, and so does the proposal it was made from."""
    told = [proposal_told(table) for table in examination.proposal]
    delivery.mapping = held.mapping if held.mapping_settled else mapping.dump(examination.mapping)
    delivery.mapping_settled = held.mapping_settled
    delivery.proposed_tables = list(examination.proposed)
    delivery.proposal = told or held.proposal


def replace_findings(delivery: Delivery, findings: Iterable[Finding]) -> None:
    """Keep findings in place of those of before, in the caller's transaction.

    What was found before too keeps its row: links to it hold, and who looks at it stays where they are.
    """
    before: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for pk, *said in DeliveryFinding.objects.filter(delivery=delivery).order_by("-pk").values_list("pk", *_SAID):
        before[tuple(said)].append(pk)
    new = []
    for found in findings:
        same = before.get(tuple(attrgetter(*_FOUND)(found)))
        if same:
            same.pop()
        else:
            new.append(found)
    gone = [pk for left in before.values() for pk in left]
    DeliveryFinding.objects.filter(pk__in=gone).delete()
    keep_findings(delivery, new)


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
        column=found.column,
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
