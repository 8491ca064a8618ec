"""Forms of identity: which doubts are shown, why an answer is taken back, a workbook that comes back, a round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from schakel.intake.gates import FIRST_YEAR, LAST_YEAR
from schakel.network.models import Party
from schakel.register.queries import Chosen, State
from schakel.register.things import thing_words
from schakel.web.formats import language
from schakel.web.forms import choose

_STATES = [
    ("open", _("waiting for an answer")),
    ("answered", _("answered")),
    ("settled", _("settled")),
    ("all", _("all states")),
]


class ChosenForm(forms.Form):
    """Which doubts; each may be left open. The field names stand in the address."""

    soort = forms.ChoiceField(label=_("Kind"), required=False)
    tussen = forms.ChoiceField(label=_("Between"), required=False)
    staat = forms.ChoiceField(label=_("State"), required=False, choices=_STATES, initial="open")
    betwist = forms.BooleanField(label=_("Only what is disputed"), required=False)

    def __init__(self, *given: Any, things: Sequence[str], parties: Sequence[Party]) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*given)
        named = [(thing, thing_words(thing).plural.in_(language()).capitalize()) for thing in things]
        choose(self, "soort", [("", _("all kinds")), *named])
        between = [("own", _("two records of my own")), ("register", _("a record and the trade register"))]
        choose(self, "tussen", [("", _("all")), *between, *((str(party.pk), party.name) for party in parties)])

    def chosen(self) -> Chosen:
        """What is asked for; what is not in the lists is not asked."""
        said = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        state = said.get("staat") or "open"
        return Chosen(
            thing=said.get("soort", ""),
            between=said.get("tussen", ""),
            disputed=bool(said.get("betwist")),
            state=cast(State, "" if state == "all" else state),
        )


class TakeBackForm(forms.Form):
    """Why an answer no longer holds."""

    use_required_attribute = False

    why = forms.CharField(label=_("Why you take this back"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)


class RulingForm(forms.Form):
    """What is decided of a proposal, and why."""

    use_required_attribute = False

    why = forms.CharField(
        label=_("Why"),
        help_text=_("Needed where you decline; it stays to be read."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )


class WorkbookForm(forms.Form):
    """A workbook with answers."""

    use_required_attribute = False

    workbook = forms.FileField(
        label=_("Workbook with your answers"), help_text=_("The xlsx file that you took from this page.")
    )


class UnnamedRoundForm(forms.Form):
    """A round without names that the secretariat begins."""

    use_required_attribute = False

    period = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    name = forms.CharField(
        label=_("Name of the round"),
        help_text=_("As the agencies give it to the command, such as 2024-1."),
        max_length=60,
    )
    mark = forms.CharField(
        label=_("Mark of the key"),
        help_text=_("Whoever made the key gives it; never the key itself. The command says it after encoding."),
        max_length=40,
    )
