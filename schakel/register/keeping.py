"""The ledger in the database: read as a state, added to line by line, and held against its log.

Invariant: what the tables say follows from the log; every change of them is made by writing lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django.db.models import Max

from schakel.register.facts.frame import entry_and_fact
from schakel.register.ledger.lines import By, Cause, Line, Record, Verb
from schakel.register.ledger.state import Anchored, Seat, State, Way, replay
from schakel.register.models import Anchor, Decision, Identity, IdentityMember, Redirect

_BATCH = 5000
Owners = Mapping[Record, int]


def state_of(thing: str) -> State:
    """The identities of ``thing`` as the tables have them."""
    seats = {
        (kind, record): Seat(held, block or held, seat, rule, evidence)
        for kind, record, held, block, seat, rule, evidence in IdentityMember.objects.filter(thing=thing).values_list(
            "record_kind", "record_id", "identity_id", "block", "seat", "rule", "evidence"
        )
    }
    ways: dict[int, tuple[Way, ...]] = {}
    listed = Redirect.objects.filter(old__thing=thing).order_by("line", "pk")
    for old, to, line, since in listed.values_list("old_id", "to_id", "line", "since"):
        ways[old] = (*ways.get(old, ()), Way(to, line, since))
    anchors = {
        one.identity_id: Anchored(
            one.entry_id or -(one.fact_id or 0), Cause(cast(By, one.by), one.rule, one.evidence, one.score)
        )
        for one in Anchor.objects.filter(identity__thing=thing)
    }
    last = Identity.objects.aggregate(last=Max("pk"))["last"] or 0  # one row of numbers for all things
    return State(seats, ways, anchors, last, Decision.objects.aggregate(last=Max("pk"))["last"] or 0)


def log_of(thing: str) -> list[Line]:
    """All that was ever decided of ``thing``, in order."""
    return [_line(decision) for decision in Decision.objects.filter(thing=thing).order_by("pk").iterator()]


def write(thing: str, lines: Sequence[Line], state: State, *, owners: Owners, version: str = "") -> State:
    """Write ``lines`` to the log and carry them out on ``state``, which stood before; gives what stands now.

    ``owners``: whose the records are that the lines name; ``version``: of the rules or the model.
    """
    written = Decision.objects.bulk_create((_decision(thing, one, owners, version) for one in lines), batch_size=_BATCH)
    placed = [replace(line, no=row.pk, at=row.at) for line, row in zip(lines, written, strict=True)]
    after = state.after(placed)
    carry_out(thing, placed, state, after, owners=owners)
    return after


def carry_out(thing: str, lines: Sequence[Line], before: State, after: State, *, owners: Owners) -> None:
    """Bring the tables from ``before`` to ``after``, which follows from it by ``lines``."""
    born = [line.identity if line.verb == "born" else line.other for line in lines if line.verb in ("born", "split")]
    Identity.objects.bulk_create((Identity(pk=number, thing=thing) for number in born), batch_size=_BATCH)
    _lead(lines, before, after)
    seated = dict.fromkeys(line.record for line in lines if line.verb in ("linked", "moved") and line.record)
    IdentityMember.objects.bulk_create(
        (
            IdentityMember(owner_id=owners[record], thing=thing, **_seated(record, after))
            for record in seated
            if record not in before.seats
        ),
        batch_size=_BATCH,
    )
    for record in seated:
        if record in before.seats:
            member = IdentityMember.objects.filter(thing=thing, record_kind=record[0], record_id=record[1])
            member.update(**_seated(record, after))
    _anchor(before, after)


def differences(thing: str) -> list[str]:
    """Where the tables say something else than the log; nothing, as long as all is well."""
    kept, followed = state_of(thing), replay(log_of(thing))
    return [
        *_differing("record", kept.seats, followed.seats),
        *_differing("old number", kept.ways, followed.ways),
        *_differing("anchor", _entries(kept), _entries(followed)),
    ]


def rebuild(thing: str) -> State:
    """Fill the empty tables of ``thing`` from its log alone. Raises IntegrityError where they are not empty."""
    log = log_of(thing)
    after = replay(log)
    listed = Decision.objects.filter(thing=thing, verb="linked").values_list("record_kind", "record_id", "owner_id")
    owners = {(kind, record): owner for kind, record, owner in listed if record is not None and owner is not None}
    carry_out(thing, log, State(), after, owners=owners)
    return after


def _lead(lines: Iterable[Line], before: State, after: State) -> None:
    """Write where old numbers lead: each step with its date, and at the number itself the end of its merges."""
    led = [line for line in lines if line.verb in ("merged", "redirected")]
    Redirect.objects.bulk_create(
        (
            Redirect(old_id=line.other, to_id=line.identity, since=line.at, line=line.no)
            for line in led
            if line.other is not None and line.at is not None
        ),
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    if not any(line.verb == "merged" for line in led):
        return
    ends = {old: after.resolve(old) for old in after.ways}
    changed = [old for old, end in ends.items() if old not in before.ways or before.resolve(old) != end]
    Identity.objects.bulk_update(
        (Identity(pk=old, redirects_to_id=ends[old]) for old in changed), ["redirects_to"], batch_size=_BATCH
    )


def _seated(record: Record, state: State) -> dict[str, object]:
    seat = state.seats[record]
    return {
        "record_kind": record[0],
        "record_id": record[1],
        "identity_id": seat.held,
        "block": None if seat.block == seat.held else seat.block,
        "seat": seat.no,
        "rule": seat.rule,
        "evidence": seat.evidence,
    }


def _anchor(before: State, after: State) -> None:
    gone = [one for one, anchored in before.anchors.items() if after.anchors.get(one) != anchored]
    Anchor.objects.filter(identity_id__in=gone).delete()
    Anchor.objects.bulk_create(
        (
            Anchor(
                identity_id=identity,
                entry_id=entry_and_fact(anchored.entry)[0],
                fact_id=entry_and_fact(anchored.entry)[1],
                by=anchored.cause.by,
                rule=anchored.cause.rule,
                evidence=anchored.cause.evidence,
                score=anchored.cause.score,
            )
            for identity, anchored in after.anchors.items()
            if before.anchors.get(identity) != anchored
        ),
        batch_size=_BATCH,
    )


def _decision(thing: str, line: Line, owners: Owners, version: str) -> Decision:
    kind, record = line.record or ("", None)
    return Decision(
        thing=thing,
        verb=line.verb,
        identity_id=line.identity,
        other_id=line.other,
        owner_id=owners.get(line.record) if line.record else None,
        record_kind=kind,
        record_id=record,
        by=line.cause.by,
        version=version,
        rule=line.cause.rule,
        evidence=line.cause.evidence,
        score=line.cause.score,
        judgement_id=line.cause.judgement,
        proposal_id=line.cause.proposal,
    )


def _line(row: Decision) -> Line:
    cause = Cause(cast(By, row.by), row.rule, row.evidence, row.score, row.judgement_id, row.proposal_id)
    record = None if row.record_id is None else (row.record_kind, row.record_id)
    return Line(cast(Verb, row.verb), row.identity_id, record, row.other_id, cause, row.pk, row.at)


def _entries(state: State) -> dict[int, int]:
    return {identity: anchored.entry for identity, anchored in state.anchors.items()}


def _differing(what: str, kept: Mapping[Any, object], followed: Mapping[Any, object]) -> list[str]:
    return [
        f"{what} {one}: {kept.get(one)}, by the log {followed.get(one)}"
        for one in sorted({*kept, *followed}, key=str)
        if kept.get(one) != followed.get(one)
    ]
