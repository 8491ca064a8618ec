"""The form that begins a delivery."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from schakel.intake.years import open_years


def _years() -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in open_years(dt.date.today())]


def _last_year() -> str:
    return str(dt.date.today().year - 1)


class BeginForm(forms.Form):
    """For which year is delivered, and whether it is all there is; the files come beside it."""

    period = forms.ChoiceField(label=_("Year"), choices=_years, initial=_last_year)
    whole = forms.ChoiceField(
        label=_("What are these files?"),
        widget=forms.RadioSelect,
        initial="all",
        choices=[
            ("all", _("They say all there is of this year; what is no longer in them, ended")),
            ("some", _("They only add and change; what is not in them, stays as it is")),
        ],
    )
