"""How what was found is narrowed; the choice stands in the address."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from schakel.search.registry import sources


class Narrowing(forms.Form):
    """Which year. The words that were asked and the kind go along."""

    q = forms.CharField(widget=forms.HiddenInput, required=False)
    soort = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict, *, years: Sequence[int]) -> None:
        super().__init__(data)
        choices = [("", _("all years")), *((str(year), str(year)) for year in years)]
        self.fields["jaar"] = forms.ChoiceField(label=_("Year"), required=False, choices=choices)
        self.years = years

    def kind(self) -> str:
        """The chosen kind; empty for all, and for one that is not there."""
        asked = self.data.get("soort", "")
        return asked if asked in sources() else ""

    def year(self) -> int | None:
        """The chosen year; None for all, and for one without records."""
        return next((year for year in self.years if str(year) == self.data.get("jaar")), None)
