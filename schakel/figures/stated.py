"""What agencies state themselves to be in their pipeline, with what came of what they stated before."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Sum

from schakel.figures.forecasting import InPipeline
from schakel.figures.models import PipelineEntry
from schakel.figures.pipeline import PipelineKind, register_pipeline
from schakel.network.models import Party, PartyKind
from schakel.words import Words


def _stated(party: Party, indicator: str, year: int) -> Iterable[InPipeline]:
    """What agencies state, with how much of what they stated for years that are over did come."""
    if party.kind not in (PartyKind.AGENCY, PartyKind.SECRETARIAT):
        return []
    entries = PipelineEntry.objects.filter(indicator=indicator, replaced_at__isnull=True, owner__kind=PartyKind.AGENCY)
    over = entries.filter(period__lt=year, came__isnull=False).order_by()
    past = {
        (owner, stage): (there, came)
        for owner, stage, there, came in over.values_list("owner_id", "stage").annotate(Sum("number"), Sum("came"))
    }
    return [
        InPipeline(
            entry.owner.slug, entry.stage, entry.number, *past.get((entry.owner_id, entry.stage), (0, 0)), entry.worth
        )
        for entry in entries.filter(period=year).select_related("owner").order_by("owner__order", "pk")
    ]


STATED = register_pipeline(
    PipelineKind(
        name="stated",
        labels=Words("door ROM’s zelf opgegeven", "as agencies state themselves"),
        indicators=(),
        read=_stated,
    )
)
