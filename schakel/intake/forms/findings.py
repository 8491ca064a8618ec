"""The forms around findings: which are shown, mending cells, letting them stand, handing them on, and talking."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schakel.web.forms import choose

Choices = Iterable[tuple[str, str]]

_LONGEST = 5000  # characters of what somebody types


class CellForm(forms.Form):
    """What a cell is to say; ``before`` is what it said when it was shown."""

    before = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    after = forms.CharField(
        label=gettext_lazy("What it should say"),
        required=False,
        strip=False,
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"data-empty-says": "empty"}),  # leaving it empty is an answer too
        help_text=gettext_lazy("Leave it empty to make the cell empty."),
    )
    carry = forms.BooleanField(label=gettext_lazy("Do the same in the next delivery"), required=False)

    def __init__(self, data: object = None, *, before: str = "", shown: str = "", prefix: str, may_carry: bool) -> None:
        super().__init__(data, prefix=prefix, initial={"before": before, "after": shown})  # type: ignore[arg-type]
        if not may_carry:
            del self.fields["carry"]


class WaiveForm(forms.Form):
    """How much may stay, and why."""

    use_required_attribute = False  # an empty field is not wrong before anybody wrote in it

    scope = forms.ChoiceField(label=gettext_lazy("What may stay"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why it may stay"), widget=forms.Textarea(attrs={"rows": 2}), max_length=_LONGEST
    )
    carry = forms.BooleanField(label=gettext_lazy("Let it stand in the next delivery too"), required=False)

    def __init__(self, data: object = None, *, scopes: list[tuple[str, str]]) -> None:
        super().__init__(data, prefix="waive", initial={"scope": scopes[0][0]})  # type: ignore[arg-type]
        choose(self, "scope", scopes)


class RemarkForm(forms.Form):
    """What somebody says, about what, and who should hear it."""

    use_required_attribute = False

    about = forms.ChoiceField(label=gettext_lazy("About"), widget=forms.RadioSelect, required=False)
    text = forms.CharField(
        label=gettext_lazy("Your remark"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=_LONGEST,
        help_text=gettext_lazy("Write @ and a name to mention a colleague, or choose one below."),
    )
    person = forms.ChoiceField(label=gettext_lazy("Mention"), required=False)

    def __init__(self, data: object = None, *, people: Choices, about: list[tuple[str, str]] | None = None) -> None:
        first = about[0][0] if about else ""
        super().__init__(data, prefix="remark", initial={"about": first})  # type: ignore[arg-type]
        choose(self, "person", [("", _("nobody")), *people])
        if about:
            choose(self, "about", about)
        else:
            del self.fields["about"]


class HandForm(forms.Form):
    """To whom what a check found is handed."""

    check = forms.CharField(widget=forms.HiddenInput)
    person = forms.ChoiceField(label=gettext_lazy("Hand these to"))

    def __init__(self, data: object = None, *, people: Choices) -> None:
        super().__init__(data, auto_id="hand_%s")  # type: ignore[arg-type]
        choose(self, "person", list(people))


class CaretakerForm(forms.Form):
    """Who mends what is found, a field for each kind; empty is the steward."""

    def __init__(self, data: object = None, *, kinds: Choices, people: Choices, now: dict[str, int]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        choices = [("", _("the data steward")), *people]
        for name, label in kinds:
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=str(now.get(name, ""))
            )
