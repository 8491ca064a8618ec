"""Forms about a year's figures: their hour, what a body decided, and the bodies themselves."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from schakel.figures.models import BodyKind
from schakel.intake.forms.collecting import DayInput, ReasonForm, YearForm
from schakel.network.models import Party

_FIRST, _LAST = 2000, 2100
_TO_THE_SECOND, _TO_THE_MINUTE = "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"

__all__ = ["ApprovalForm", "BodyForm", "EndBodyForm", "HourForm", "ReasonForm", "RemarkForm"]


class HourForm(YearForm):
    """From when everybody may read the figures."""

    at = forms.DateTimeField(
        label=_("Day and hour of publication"),
        help_text=_("In Dutch time. The figures open then by themselves, if every body has approved."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_TO_THE_MINUTE),
        input_formats=(_TO_THE_MINUTE, _TO_THE_SECOND),
    )


class RemarkForm(YearForm):
    """What is said with a closing that is prepared for publication."""

    remark = forms.CharField(
        label=_("Remark with the figures"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )


class ApprovalForm(YearForm):
    """What a body decided."""

    decision = forms.ChoiceField(
        label=_("What the body decided"),
        choices=(("approved", _("It approves these figures")), ("refused", _("It does not approve these figures"))),
        widget=forms.RadioSelect,
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput())
    reference = forms.CharField(
        label=_("Where it is written down"),
        help_text=_("For instance the minutes and the item. Needed with an approval."),
        required=False,
        max_length=200,
    )
    reason = forms.CharField(
        label=_("Why it does not approve"),
        help_text=_("Needed with a refusal; the secretariat reads it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )


class BodyForm(YearForm):
    """A body that must approve figures."""

    owner = forms.ModelChoiceField(label=_("Of whom"), queryset=Party.objects.none())
    name = forms.CharField(label=_("Name of the body"), max_length=120)
    kind = forms.ChoiceField(label=_("What sort of body"), choices=BodyKind.choices)
    first_period = forms.IntegerField(label=_("From the figures of"), min_value=_FIRST, max_value=_LAST)

    def __init__(self, *args: object, makers: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # as Django's own
        self.fields["owner"].queryset = makers  # type: ignore[attr-defined]


class EndBodyForm(YearForm):
    """The last year that a body approves."""

    last_period = forms.IntegerField(label=_("Up to the figures of"), min_value=_FIRST, max_value=_LAST)
