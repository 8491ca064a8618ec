"""Forms about what is in the pipeline."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schakel.figures.actions.pipeline import PIECES
from schakel.figures.catalogue import Indicator
from schakel.figures.models import PipelineStage
from schakel.intake.forms.collecting import YearForm


class PipelineForm(YearForm):
    """How many are at a stage; their worth too, where the indicator does not count pieces."""

    stage = forms.ChoiceField(label=_("Stage"), choices=PipelineStage.choices)
    number = forms.IntegerField(
        label=_("How many"), min_value=0, max_value=1_000_000, help_text=_("Zero: there are none any more.")
    )
    worth = forms.DecimalField(
        label=_("What they are worth together"), required=False, max_digits=15, decimal_places=2, localize=True
    )
    source = forms.CharField(label=_("Where it is written down"), required=False, max_length=300)

    def __init__(self, *args: Any, indicator: Indicator, **options: Any) -> None:  # noqa: ANN401 - any form's
        super().__init__(*args, **options)
        if indicator.unit == PIECES:
            del self.fields["worth"]


class CameForm(YearForm):
    """How many came of what was in the pipeline."""

    came = forms.IntegerField(label=_("How many came"), min_value=0, max_value=1_000_000)
