"""Searching one's own records for what a field refers to: a page at a time, so that it works without scripts.

Names in the form, for a field "lead": ``lead_search`` is what is sought, ``lead_searched`` what was sought when the
page was made; where these differ, or the button ``search`` was pressed, the page comes back with what is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakel.intake.titles import named_of_period

_SHOWN = 20  # of what is found; beyond this one more word finds faster than a longer list
SEARCH = "_search"


@dataclass(frozen=True, slots=True)
class Sought:
    """What was sought among one's own records, and what was found: titles by number."""

    text: str
    found: dict[str, str]
    more: bool = False

    @property
    def told(self) -> str:
        """What came of it, to be read aloud; empty where nothing was sought."""
        if not self.text:
            return ""
        if not self.found:
            return _("Nothing is found for “%(text)s”. Try part of the name, or type the number.") % {"text": self.text}
        if self.more:
            said = _("More than %(count)s are found for “%(text)s”; these are the first. Add a word to find fewer.")
            return said % {"count": len(self.found), "text": self.text}
        said = ngettext("%(count)s is found for “%(text)s”.", "%(count)s are found for “%(text)s”.", len(self.found))
        return said % {"count": len(self.found), "text": self.text}


def sought(kind: str, owner: int, period: int, text: str) -> Sought:
    """Look for records of ``owner`` and ``period`` with all words of ``text`` in their number or name."""
    text = " ".join(text.replace("\x00", "").split())  # no database keeps that sign
    if not text:
        return Sought("", {})
    found = list(named_of_period(kind, owner, period, text.split(), _SHOWN + 1).items())
    return Sought(text, dict(found[:_SHOWN]), more=len(found) > _SHOWN)


def to_be_sought(posted: Mapping[str, Any]) -> bool:
    """Whether a form was sent to search, with its button or with Enter, and not to be kept."""
    if posted.get("search"):
        return True
    names = [name for name in posted if name.endswith(SEARCH)]
    return any(str(posted[name]).strip() and posted[name] != posted.get(f"{name}ed", "") for name in names)


class SearchInput(forms.TextInput):
    """The box to search in, with its button and what came of it."""

    input_type = "search"
    template_name = "intake/widgets/search.html"

    def __init__(self, label: str, found: Sought) -> None:
        super().__init__(attrs={"autocomplete": "off", "data-empty-says": "nothing is sought"})
        self._label, self._found = label, found

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401 - as Django's own
        """What the template shows besides the box."""
        more = {"field": name.removesuffix(SEARCH), "label": self._label, "told": self._found.told}
        return super().get_context(name, value, attrs) | more


def search_field(label: str, found: Sought) -> forms.CharField:
    """The field to search in, beside the one that refers."""
    asked = _("Search your own records for: %(field)s") % {"field": label}
    return forms.CharField(label=asked, required=False, max_length=200, widget=SearchInput(label, found))


def found_field(found: Sought, chosen: str, common: dict[str, Any]) -> forms.CharField:
    """The field that refers: one of what was found, what was chosen before, or none of them."""
    listed = [(number, f"{number} · {title}" if title else number) for number, title in found.found.items()]
    if chosen and chosen not in found.found:
        listed.append((chosen, _("%(number)s, as it was") % {"number": chosen}))
    listed.append(("", _("none of these")))
    return forms.CharField(widget=forms.RadioSelect(choices=listed), **common)
