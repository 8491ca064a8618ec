"""Forms with which a mandate is given and withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from schakel.network.queries import auditors
from schakel.web.forms import choose

_MINUTE, _SECOND = "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"


class MomentInput(forms.DateTimeInput):
    """A day and hour, chosen in the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=_MINUTE)


def moment(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.DateTimeField:
    """A field for a day and hour."""
    return forms.DateTimeField(label=label, help_text=help_text, widget=MomentInput(), input_formats=(_MINUTE, _SECOND))


class SigningForm(forms.Form):
    """In what capacity somebody signs."""

    use_required_attribute = False

    signed_as = forms.CharField(
        label=_("You sign as"), help_text=_("Your office, such as: director, authorised signatory."), max_length=120
    )


class MandateForm(SigningForm):
    """To whom, for what, of which years, and from when until when."""

    auditor = forms.ModelChoiceField(label=_("Auditor"), queryset=auditors(), empty_label=None)
    purpose = forms.CharField(
        label=_("Purpose"),
        help_text=_("For instance: audit of the annual figures, engagement of 12 January."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )
    years = forms.TypedMultipleChoiceField(label=_("Of which years"), coerce=int, widget=forms.CheckboxSelectMultiple)
    since = moment(label=_("From"))
    until = moment(label=_("Until"), help_text=_("At this hour, in Dutch time, the auditor sees nothing any more."))
    with_valuations = forms.BooleanField(
        label=_("Also what positions in companies are worth"),
        help_text=_("More secret than the rest; leave it out if the purpose does not ask for it."),
        required=False,
    )
    field_order = ("auditor", "purpose", "years", "since", "until", "with_valuations", "signed_as")

    def __init__(self, *args: object, years: Iterable[int], now: dt.datetime, **options: object) -> None:
        until = now + dt.timedelta(days=60)
        options["initial"] = {"since": now, "until": until.replace(hour=18, minute=0)}
        super().__init__(*args, **options)  # type: ignore[arg-type]  # as Django's own
        choose(self, "years", [(year, str(year)) for year in years])


class WithdrawForm(forms.Form):
    """Why a mandate ends before its hour."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Why the mandate is withdrawn"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )
