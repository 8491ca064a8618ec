"""Taking in the answers of a workbook: each as if it were given on the page, and told where it cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schakel.register.actions.judging import JudgingRefused, judge
from schakel.register.models import Doubt, Judgement
from schakel.register.queries import of_pair
from schakel.register.workbooks import Answered, still_so
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


@dataclass(slots=True)
class Taken:
    """What became of a workbook: how many answers were taken, were said before, were left open; and what was refused.

    ``refused``: row of the sheet and why, in words.
    """

    taken: int = 0
    before: int = 0
    open: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def take_answers(*, actor: Actor, rows: Iterable[Answered]) -> Taken:
    """Take in the answers of a workbook; the same one a second time changes nothing.

    One answer that cannot be taken keeps no other back.
    """
    told = Taken()
    with acting(actor):
        for row in rows:
            if row.fault:
                told.refused.append((row.row, row.fault))
            elif not row.verdict:
                told.open += 1
            else:
                _take(actor, row, told)
        note(
            actor=actor,
            verb="took in",
            kind="workbook of answers",
            taken=told.taken,
            before=told.before,
            refused=len(told.refused),
        )
    return told


def _take(actor: Actor, row: Answered, told: Taken) -> None:
    doubt = Doubt.objects.filter(pk=row.doubt).first()
    if doubt is None:
        told.refused.append((row.row, _("There is no such pair to judge, or it is not yours.")))
        return
    if _said_before(actor, doubt, row.verdict).exists():
        told.before += 1
        return
    if not still_so(doubt, row.mark, actor.owner):
        told.refused.append((row.row, _("The records say something else now; look at this pair again.")))
        return
    try:
        judge(actor=actor, doubt_id=doubt.pk, verdict=row.verdict, why=row.why)
    except JudgingRefused as refused:
        told.refused.append((row.row, str(refused)))
    else:
        told.taken += 1


def _said_before(actor: Actor, doubt: Doubt, verdict: str) -> QuerySet[Judgement]:
    return of_pair(doubt).filter(owner_id=actor.owner, person_id=actor.person or 0, verdict=verdict)
