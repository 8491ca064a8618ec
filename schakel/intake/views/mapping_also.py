"""A table that holds two kinds of record: one more reading of it is added to what the mapping page works on."""

from __future__ import annotations

from collections.abc import Sequence

from schakel.intake.interpreting.locating import normal
from schakel.intake.kinds import RecordKind
from schakel.intake.mapping import Mapping, TableMapping, dump
from schakel.intake.settling import Answer, TableAsked
from schakel.intake.views.mapping_desk import Desk


def kinds_beside(desk: Desk, asked: TableAsked, answers: Sequence[Answer]) -> list[RecordKind]:
    """The kinds as which a table is not read yet; none of a table that is not read at all."""
    if asked.kind is None or asked.found is None:
        return []
    same = [a.asked.entry for a in answers if normal(a.asked.entry.table) == normal(asked.entry.table)]
    read = {entry.kind for entry in same}
    return [kind for kind in desk.looked_for if kind.name not in read]


def with_another(desk: Desk, answers: Sequence[Answer], at: int, kind: str) -> tuple[Desk, list[Answer], int] | None:
    """The page with table ``at`` read as ``kind`` too, and the place of that reading; None where that cannot be.

    What was filled in stays, and what was ticked stays ticked.
    """
    answer = next((answer for answer in answers if answer.asked.at == at), None)
    if answer is None or kind not in {each.name for each in kinds_beside(desk, answer.asked, answers)}:
        return None
    entries: list[TableMapping] = []
    ticked: set[int] = set()
    place = 0
    for each in answers:
        if each.entry is None:
            continue
        ticked |= {len(entries)} if each.right else set()
        entries.append(each.entry)
        if each is answer:
            place = len(entries)
            entries.append(desk.read_as(answer.asked, kind))
    fresh = Desk(desk.delivery, dump(Mapping(desk.delivery.owner.slug, tuple(entries))))
    return fresh, [Answer(asked, shown=False, right=asked.at in ticked) for asked in fresh.asked], place
