"""Forms about targets: what one says, and why it ends."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from schakel.figures.actions.targets import Wanted
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.models import Target, TargetNature
from schakel.figures.queries import name_of
from schakel.intake.forms.collecting import YearForm
from schakel.network.models import Party, PartyKind
from schakel.web.forms import choose

_FIRST, _LAST = 2000, 2100
_PER_CENT = 100
_STEPS = {"count": 0, "eur": 2, "fte": 1, "tonne": 1, "share": 4, "ratio": 4, "growth": 4}


class TargetForm(YearForm):
    """What a figure should become. A share and a growth are typed in per cents."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    period = forms.IntegerField(label=_("Year of the target"), min_value=_FIRST, max_value=_LAST)
    value = forms.DecimalField(
        label=_("Target"),
        help_text=_("A number, euros, or for a share or growth per cents."),
        max_digits=17,
        decimal_places=4,
        localize=True,
    )
    counts = forms.ChoiceField(
        label=_("What is counted"),
        help_text=_("“From 40 to 60 investments” can be companies or transactions: say which."),
    )
    nature = forms.ChoiceField(
        label=_("In the year, or at its end"),
        choices=(
            (TargetNature.FLOW, _("What comes about in the year")),
            (TargetNature.STOCK, _("What there is at the end of the year")),
        ),
        widget=forms.RadioSelect,
    )
    baseline = forms.DecimalField(
        label=_("Baseline"),
        required=False,
        max_digits=17,
        decimal_places=4,
        localize=True,
        help_text=_("From how many?"),
    )
    baseline_period = forms.IntegerField(
        label=_("Year of the baseline"), required=False, min_value=_FIRST, max_value=_LAST
    )
    programme = forms.CharField(
        label=_("Programme"), required=False, max_length=120, help_text=_("Only where it is a target of one programme.")
    )
    source = forms.CharField(label=_("Where it is written down"), max_length=300)
    shared = forms.BooleanField(
        label=_("Everybody may read this target"),
        required=False,
        initial=True,
        help_text=_("Without a tick only your own organisation reads it."),
    )

    def __init__(self, *args: Any, setter: Party, follows: Target | None = None, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        choosable = [each for each in catalogue().values() if _may_set(setter, each)]
        choose(self, "indicator", [("", ""), *((each.id, name_of(each)) for each in choosable)])
        choose(self, "counts", [("", ""), *_counted(choosable)])
        if follows is not None:
            self.fields["reason"] = forms.CharField(label=_("Why the former target ends"), max_length=2000)

    def wanted(self) -> Wanted:
        """What was filled in, as a target."""
        said = self.cleaned_data
        return Wanted(
            indicator=said["indicator"],
            period=said["period"],
            value=_in_unit(said["indicator"], said["value"]),
            nature=said["nature"],
            counts=said["counts"],
            source=said["source"],
            baseline=None if said["baseline"] is None else _in_unit(said["indicator"], said["baseline"]),
            baseline_period=said["baseline_period"],
            programme=said["programme"],
            shared=said["shared"],
        )


def initial_of(target: Target) -> dict[str, Any]:
    """What a target says, as it is typed, for one that follows it."""
    fields = ("indicator", "period", "counts", "nature", "baseline_period", "programme", "source", "shared")
    said = {name: getattr(target, name) for name in fields}
    return said | {"value": _typed(target, target.value), "baseline": _typed(target, target.baseline)}


def _typed(target: Target, value: Decimal | None) -> Decimal | None:
    if value is None:
        return None
    found = catalogue().get(target.indicator)
    unit = "count" if found is None else found.unit
    typed = {"share": value * _PER_CENT, "growth": (value - 1) * _PER_CENT}.get(unit, value)
    return round(typed, _STEPS[unit]).normalize() + 0 if typed % 1 else Decimal(int(typed))


def _in_unit(indicator: str, value: Decimal) -> Decimal:
    unit = catalogue()[indicator].unit
    return {"share": value / _PER_CENT, "growth": 1 + value / _PER_CENT}.get(unit, value)


def _may_set(setter: Party, indicator: Indicator) -> bool:
    return setter.kind != PartyKind.AGENCY or "agency" in indicator.breakdowns


def _counted(choosable: list[Indicator]) -> list[tuple[str, str]]:
    """What indicators count, each once, in the reader's language."""
    language = get_language() or "nl"
    return sorted({each.counted.en: each.counted.in_(language) for each in choosable}.items(), key=lambda pair: pair[1])
