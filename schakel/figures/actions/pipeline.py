"""Stating what is in the pipeline, and what of it came: by each agency of itself.

Invariant: what was stated is not altered but replaced, and what came is at most what there was.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.figures.catalogue import catalogue
from schakel.figures.models import PipelineEntry, PipelineStage
from schakel.network.models import Party, PartyKind
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor

PIECES = "count"
_MOST = 1_000_000


class PipelineRefused(ValueError):  # noqa: N818 - it is an answer to a person, not a fault
    """This cannot be in the pipeline; the message says why and what to do."""


def state_pipeline(
    *,
    actor: Actor,
    indicator: str,
    period: int,
    stage: str,
    number: int,
    worth: Decimal | None = None,
    source: str = "",
) -> PipelineEntry | None:
    """State how many of what ``indicator`` counts are at ``stage``, for ``period``, in the place of what was stated.

    ``number`` 0: there are none any more. ``worth``: what they are worth together, in the indicator's unit, where that
    is no number of pieces. Raises PipelineRefused.
    """
    with acting(actor):
        _must_be_sayable(Party.objects.get(pk=actor.owner), indicator, stage, number, worth)
        held = PipelineEntry.objects.select_for_update().filter(
            owner_id=actor.owner, indicator=indicator, period=period, stage=stage, replaced_at__isnull=True
        )
        if any(entry.came is not None for entry in held):
            raise PipelineRefused(_("It is said already what of this came; it stays as it is."))
        held.update(replaced_at=timezone.now())
        note(
            actor=actor, verb="stated", kind="pipeline", indicator=indicator, period=period, stage=stage, number=number
        )
        if number == 0:
            return None
        return PipelineEntry.objects.create(
            owner_id=actor.owner,
            indicator=indicator,
            period=period,
            stage=stage,
            number=number,
            worth=worth,
            source=source.strip(),
            stated_by_id=actor.person,
        )


def say_what_came(*, actor: Actor, entry: PipelineEntry, came: int) -> PipelineEntry:
    """Say how many of an entry did come, when its year is over. Raises PipelineRefused."""
    with acting(actor):
        held = PipelineEntry.objects.select_for_update().filter(pk=entry.pk, owner_id=actor.owner).first()
        if held is None or held.replaced_at is not None:
            raise PipelineRefused(_("Only the agency that stated this says what came of it."))
        if held.period >= timezone.localdate().year:
            raise PipelineRefused(_("The year is not over; say then what came."))
        if not 0 <= came <= held.number:
            raise PipelineRefused(_("At most %(number)s can have come.") % {"number": held.number})
        held.came = came
        held.save(update_fields=["came"])
        note(actor=actor, verb="said what came", kind="pipeline", objects=[held.pk], came=came)
    return held


def _must_be_sayable(owner: Party, indicator: str, stage: str, number: int, worth: Decimal | None) -> None:
    found = catalogue().get(indicator)
    if owner.kind != PartyKind.AGENCY:
        raise PipelineRefused(_("Each agency states what is in its own pipeline."))
    if found is None or found.is_ratio or "agency" not in found.breakdowns:
        raise PipelineRefused(_("Of this indicator no pipeline can be stated."))
    if stage not in PipelineStage.values or not 0 <= number <= _MOST:
        raise PipelineRefused(_("This is no number of things at a stage."))
    if number and (worth is None) != (found.unit == PIECES):
        asked = (
            _("This counts pieces: leave their worth empty.") if found.unit == PIECES else _("Say what they are worth.")
        )
        raise PipelineRefused(asked)
