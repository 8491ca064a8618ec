"""Forms of an auditor: what to draw, and what was found."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from schakel.figures.actions.auditing import MOST
from schakel.figures.models import Method, Outcome
from schakel.web.forms import choose


class DrawForm(forms.Form):
    """A sample of what stands behind a figure."""

    use_required_attribute = False

    method = forms.ChoiceField(label=_("How to draw"), choices=Method.choices, widget=forms.RadioSelect)
    size = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST, initial=25)
    seed = forms.CharField(
        label=_("Seed"),
        help_text=_("Any word or number, chosen before you know the records; whoever has it draws the same sample."),
        max_length=80,
    )
    purpose = forms.CharField(
        label=_("What the sample is for"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )

    def __init__(self, *args: object, summed: bool, **options: object) -> None:
        options.setdefault("initial", {"method": Method.SIMPLE, "size": 25})
        super().__init__(*args, **options)  # type: ignore[arg-type]  # as Django's own
        if not summed:
            choose(self, "method", Method.choices[:1])


class ConclusionForm(forms.Form):
    """What was found of a record, or of a sample as a whole."""

    use_required_attribute = False

    outcome = forms.ChoiceField(label=_("Conclusion"), choices=Outcome.choices, widget=forms.RadioSelect)
    found = forms.DecimalField(
        label=_("Amount that it should have been"),
        help_text=_("Where it deviates; 0 where it should not have counted."),
        required=False,
        max_digits=16,
        decimal_places=2,
        localize=True,
    )
    remark = forms.CharField(
        label=_("Remark"),
        help_text=_("Needed where it deviates or cannot be established."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )

    def __init__(self, *args: object, without: Iterable[str] = (), **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # as Django's own
        for name in without:
            del self.fields[name]
