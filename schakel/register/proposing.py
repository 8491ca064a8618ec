"""Proposals kept: what a round would change of identities that stand, beside what people decided of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils import timezone

from schakel.register.hearing import may_rule, secretariats
from schakel.register.ledger.lines import Line, Pair, Record
from schakel.register.ledger.wishing import Wish
from schakel.register.linking import Says
from schakel.register.models import Proposal, ProposalGround, ProposalState


def keep_proposals(
    thing: str,
    wishes: Sequence[Wish],
    lapsed: Iterable[Pair],
    owners: Mapping[Record, int],
    says: Mapping[Record, Says],
) -> dict[Pair, Proposal]:
    """Bring the proposals of ``thing`` up to date; those of this round by the pair that speaks for them.

    ``lapsed``: merges of a rule that no longer says so. ``says``: what those who decide see of the records of wishes.
    """
    rows = {
        (one.verb, (one.kind_a, one.record_a), (one.kind_b, one.record_b)): one
        for one in Proposal.objects.filter(thing=thing).prefetch_related("rulings")
    }
    now = timezone.now()
    _follow_rulings(rows.values())
    wanted = {(wish.verb, wish.one, wish.other): wish for wish in wishes}
    for key, row in rows.items():
        gone = row.state == ProposalState.OPEN and key not in wanted
        if gone or (row.state == ProposalState.APPLIED and key[1:] in set(lapsed)):
            Proposal.objects.filter(pk=row.pk).update(state=ProposalState.LAPSED, decided_at=now)
    kept = {}
    for key, wish in wanted.items():
        known = rows.get(key)
        if known is None or known.state in (ProposalState.OPEN, ProposalState.LAPSED):
            kept[wish.one, wish.other] = _keep(thing, wish, known, owners, says)
    return kept


def with_proposals(lines: Sequence[Line], wishes: Iterable[Wish], rows: Mapping[Pair, Proposal]) -> list[Line]:
    """``lines`` of which the merges that a rule did at once name their proposal."""
    of_number = {}
    for wish in wishes:
        row = rows.get((wish.one, wish.other))
        if wish.at_once and row is not None:
            of_number[row.other_id] = (wish.cause, row.pk)
            of_number.setdefault(row.identity_id, (wish.cause, row.pk))
    named = []
    for line in lines:
        cause, proposal = of_number.get(line.other, (None, None)) if line.verb == "merged" else (None, None)
        named.append(replace(line, cause=replace(line.cause, proposal=proposal)) if cause == line.cause else line)
    return named


def _follow_rulings(rows: Iterable[Proposal]) -> None:
    """Say of each proposal what the last ruling made of it."""
    stewards = secretariats()
    for row in rows:
        valid = sorted((one for one in row.rulings.all() if may_rule(one, row, stewards)), key=lambda one: one.pk)
        if not valid or row.state == ProposalState.LAPSED:
            continue
        last = valid[-1]
        undone = row.by == "rule" or any(one.accepts for one in valid)
        declined = ProposalState.UNDONE if undone else ProposalState.DECLINED
        state = ProposalState.APPLIED if last.accepts else declined
        if row.state != state:
            row.state, row.decided_at = state, last.at
            by = row.by or "person"
            Proposal.objects.filter(pk=row.pk).update(state=state, decided_at=last.at, by=by)


def _keep(
    thing: str, wish: Wish, row: Proposal | None, owners: Mapping[Record, int], says: Mapping[Record, Says]
) -> Proposal:
    whose = sorted({owners[record] for side in wish.sides for record in side})
    row = row or Proposal(
        thing=thing,
        verb=wish.verb,
        kind_a=wish.one[0],
        record_a=wish.one[1],
        kind_b=wish.other[0],
        record_b=wish.other[1],
    )
    row.identity_id, row.other_id = wish.identity, wish.other_identity
    row.owners, row.sides = whose, [[list(record) for record in side] for side in wish.sides]
    row.rule, row.score = wish.cause.rule, wish.cause.score
    row.state, row.by = (ProposalState.APPLIED, "rule") if wish.at_once else (ProposalState.OPEN, "")
    row.decided_at = timezone.now() if wish.at_once else None
    row.save()
    cards = [{"owner": owners[record], "says": dict(says.get(record, {}))} for record in (wish.one, wish.other)]
    ProposalGround.objects.update_or_create(
        proposal=row, defaults={"owners": whose, "evidence": wish.cause.evidence, "cards": cards}
    )
    return row
