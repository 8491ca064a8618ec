"""Working out what open proposals would do to identities: each is carried out, looked at, and taken back.

Invariant: what is foreseen is what the ledger does once the proposal is accepted, with all that follows from it, as it
is the ledger that does it; nothing of it stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import Q

from schakel.register.actions.linking import LOCK, anything_to_link, last_round
from schakel.register.linking import Joinable, joinables
from schakel.register.models import Proposal, ProposalMoves, ProposalState
from schakel.register.moves import Moves, kept
from schakel.register.rounds import Round


@transaction.atomic
def foresee(*, most: int = 5) -> int:
    """Foresee open proposals as of the last round, at most so many at once; gives how many are still to be foreseen.

    With the linker's rights. None are where another round must come first: it foresees them itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = last_round()
    ProposalMoves.objects.exclude(proposal__state=ProposalState.OPEN).delete()
    waiting = Proposal.objects.filter(state=ProposalState.OPEN).filter(
        Q(foreseen__isnull=True) | Q(foreseen__as_of__lt=last)
    )
    if anything_to_link():
        return 0
    for proposal in waiting.order_by("since", "pk")[:most]:
        found = {"moves": kept(foreseen(proposal)), "as_of": last}
        ProposalMoves.objects.update_or_create(proposal=proposal, defaults=found)
    return waiting.count()


def foreseen(proposal: Proposal) -> Moves:
    """Under what records would count, where that is otherwise, if ``proposal`` were carried out; leaves no trace."""
    found: Moves = {}
    with transaction.atomic():
        for joinable in _concerned(proposal.thing):
            round_of = Round(joinable, proposal.pk if joinable.thing == proposal.thing else None)
            found |= round_of.foresee()
        transaction.set_rollback(True)
    return found


def _concerned(thing: str) -> Iterator[Joinable]:
    """The joining of ``thing``, and of all that stands on it, in that order."""
    concerned = {thing}
    for joinable in joinables():
        if joinable.thing == thing or concerned & set(joinable.after):
            concerned.add(joinable.thing)
            yield joinable
