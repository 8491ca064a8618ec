"""What stands behind one record of a sample: its values and their cells, its row among others, and who changed what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schakel.intake.around import Around, around
from schakel.intake.models import DeliveredFile, Override
from schakel.intake.queries import RecordView, record_view
from schakel.register.models import Decision, IdentityMember


@dataclass(frozen=True, slots=True)
class Evidence:
    """``view``: the record down to its cells; ``around``: its row in the sender's sheet, None where it was typed.

    ``overrides``: also those that ended. ``members``: which things it is one of, with the rule; ``decisions``: how that
    came to be, the oldest first. ``file``: as it was sent, with its digest.
    """

    view: RecordView
    around: Around | None
    overrides: Sequence[Override]
    members: Sequence[IdentityMember]
    decisions: Sequence[Decision]
    file: DeliveredFile | None


def evidence(kind: str, record_id: int) -> Evidence | None:
    """What the acting party may see behind a record; None where there is none that it may see."""
    view = record_view(kind, record_id)
    if view is None:
        return None
    record = view.record
    overrides = Override.objects.filter(owner_id=record.owner_id, kind=kind, period=record.period, number=record.number)
    of_record = {"record_kind": kind, "record_id": record_id}
    return Evidence(
        view=view,
        around=around(record.source) if view.delivered_here else None,
        overrides=list(overrides.select_related("made_by", "ended_by").order_by("pk")),
        members=list(IdentityMember.objects.filter(**of_record).order_by("thing")),
        decisions=list(Decision.objects.filter(**of_record).order_by("at", "pk")),
        file=DeliveredFile.objects.filter(pk=view.file_id).first() if view.file_id else None,
    )
