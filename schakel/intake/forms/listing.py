"""What of the list of deliveries is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schakel.intake.models import Delivery, DeliveryState


class ListForm(forms.Form):
    """Which year and which state; either may be left open. The field names stand in the address."""

    jaar = forms.ChoiceField(label=_("Year"), required=False)
    staat = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all states")), *DeliveryState.choices])

    def __init__(self, *given: Any, years: Sequence[int]) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*given)
        choices = [("", _("all years")), *((str(year), str(year)) for year in years)]
        self.fields["jaar"] = forms.ChoiceField(label=_("Year"), required=False, choices=choices)

    def chosen(self, deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
        """Those of ``deliveries`` that are asked for; what is not in the lists is not asked."""
        asked = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        if asked.get("jaar"):
            deliveries = deliveries.filter(period=int(asked["jaar"]))
        return deliveries.filter(state=asked["staat"]) if asked.get("staat") else deliveries
