"""The form with which the audit log is searched; what is chosen stands in the address."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from schakel.sharing.logbook.searching import NAMES, WHOLE_FAMILY, Asked
from schakel.trail.acts import Family, all_kinds, verbs
from schakel.trail.whence import Channel
from schakel.web.formats import language
from schakel.web.forms import choose

_LATEST = dt.date(9000, 1, 1)  # after which a day can have no day after it
_LARGEST = 2**63 - 1


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SearchForm(forms.Form):
    """Who, what, of what, when and from where."""

    use_required_attribute = False

    wie = forms.CharField(label=_("Who"), required=False, max_length=120)
    wat = forms.ChoiceField(label=_("What was done"), required=False)
    soort = forms.ChoiceField(label=_("With what"), required=False)
    nummer = forms.IntegerField(label=_("Its number"), required=False, min_value=1, max_value=_LARGEST)
    van = forms.DateField(label=_("From day"), required=False, widget=DayInput(), input_formats=("%Y-%m-%d",))
    tot = forms.DateField(label=_("Up to and with"), required=False, widget=DayInput(), input_formats=("%Y-%m-%d",))
    via = forms.ChoiceField(label=_("From where"), required=False, choices=[("", _("anywhere")), *Channel.choices])
    adres = forms.CharField(label=_("Address begins with"), required=False, max_length=45)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        choose(self, "wat", _acts())
        choose(self, "soort", _kinds())

    def clean_tot(self) -> dt.date | None:
        """The last day, where it is one that a calendar goes on after."""
        day: dt.date | None = self.cleaned_data["tot"]
        if day is not None and day > _LATEST:
            raise forms.ValidationError(_("Choose an earlier day."))
        return day

    def asked(self) -> Asked:
        """The question; what of it cannot be read is left out."""
        self.is_valid()
        said: dict[str, Any] = {NAMES[name]: value for name, value in self.cleaned_data.items() if value}
        return Asked(**said, before=_number(self.data.get("voor")), after=_number(self.data.get("na")))


def _number(text: str | None) -> int | None:
    """The number of a line in an address; None for what is none."""
    if not text or not (text.isascii() and text.isdecimal()) or len(text) > len(str(_LARGEST)) - 1:
        return None
    return int(text)


def _acts() -> list[tuple[str, Any]]:
    """All verbs by family, each family as a whole first."""
    spoken = language()
    choices: list[tuple[str, Any]] = [("", _("anything"))]
    for family in Family:
        said: dict[str, str] = {}
        for (verb, _kind), act in verbs().items():
            if act.family == family:
                said.setdefault(act.words.in_(spoken), verb)  # what is said alike is one choice (see searching)
        listed = [(said[words], words) for words in sorted(said, key=str.casefold)]
        whole = (f"{WHOLE_FAMILY}{family.value}", _("all of: %(family)s") % {"family": family.label})
        choices.append((str(family.label), [whole, *listed]))
    return choices


def _kinds() -> list[tuple[str, Any]]:
    spoken = language()
    said = [(name, kind.words.in_(spoken)) for name, kind in all_kinds().items()]
    return [("", _("anything")), *sorted(said, key=lambda one: one[1].casefold())]
