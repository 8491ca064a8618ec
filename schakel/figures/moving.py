"""What proposals and rounds of joining do to figures, answered by the counting process for who may have it.

Invariants: where records move is looked up here, never taken from who asks. The secretariat gets the network's figures;
an agency its own, and of a proposal only where all records are its own. No one else gets any.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from schakel.figures.asking import Question, QuestionError
from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Extract
from schakel.figures.counting.moving import differences
from schakel.network.models import Party
from schakel.register.models import JoiningRound, Proposal, ProposalMoves
from schakel.register.moves import Moves, read


@dataclass(frozen=True, slots=True)
class Known:
    """What moves, and of which agencies all of it is (their slugs); None where a round is for each that asks."""

    moves: Moves
    owners: frozenset[str] | None = None


Look = Callable[[str, int], Known | None]


def nothing_moves(_sort: str, _number: int) -> Known | None:
    """Nothing is known of any proposal or round."""
    return None


def looked_up(sort: str, number: int) -> Known | None:
    """What moves with a proposal or moved in a round, with the counter's rights; None while that is not known."""
    if sort == "round":
        moves = JoiningRound.objects.filter(pk=number).values_list("moves", flat=True).first()
        return None if moves is None else Known(read(moves))
    found = ProposalMoves.objects.filter(proposal_id=number).select_related("proposal").first()
    return None if found is None else Known(read(found.moves), _slugs(found.proposal))


def _slugs(proposal: Proposal) -> frozenset[str]:
    return frozenset(Party.objects.filter(pk__in=proposal.owners).values_list("slug", flat=True))


def effects(question: Question, extract: Extract, look: Look) -> dict[str, Any]:
    """The figures that change, as plain values; ``effects`` is None where it is not known yet what moves.

    A proposal: ``before`` as counted now, ``after`` if it were carried out. A round: ``before`` without it.
    Raises QuestionError for what is not for who asks.
    """
    sort, number = _asked(question)
    known, who = look(sort, number), question.audience
    if not who.maker or not (who.all_agencies or who.agency):
        raise QuestionError("what joining does to figures is not for you")
    if known is None:
        return {"effects": None}
    agency = "" if who.all_agencies else who.agency
    if agency and known.owners is not None and known.owners != {agency}:
        raise QuestionError("a proposal about records of others is not for you")
    indicators = [one for one in catalogue().values() if not agency or one.has_own_columns]
    told = []
    for each in differences(extract, known.moves, indicators, agency):
        sides = (each.moved, each.as_is) if sort == "round" else (each.as_is, each.moved)
        before, after = (None if side is None else str(side) for side in sides)
        told.append({"indicator": each.indicator.id, "year": each.year, "before": before, "after": after})
    return {"effects": told}


def _asked(question: Question) -> tuple[str, int]:
    """Which of the two is asked of, and its number. Raises QuestionError."""
    named = [(sort, numbers) for sort, numbers in question.filters.items() if sort in ("proposal", "round")]
    if len(named) != 1 or len(question.filters) != 1 or len(named[0][1]) != 1:
        raise QuestionError("name one proposal or one round")
    return named[0][0], int(named[0][1][0])
