"""Forms made from the fields of a record kind, for records that are typed and values that are overridden.

What is typed is text, read by the readers of deliveries: so a form says no more than what can be chosen.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from schakel.intake import writing
from schakel.intake.canonical import is_list
from schakel.intake.forms.references import SEARCH, found_field, search_field, sought, to_be_sought
from schakel.intake.kinds import Field, RecordKind
from schakel.intake.titles import named_of_period, titles_of_period
from schakel.intake.typed import SEPARATOR

_MOST_CHOICES = 300  # of records: beyond this a list is longer than a number is to type
_MOST_UNSOUGHT = 25  # where one can search, a longer list only stands in the way


class ReasonForm(forms.Form):
    """Why something is done with a record."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy("Kept with the record, for whoever asks later."),
    )


class OverrideForm(ReasonForm):
    """Another value for one field of a record, and why."""

    field_order = ("value", "reason")

    def __init__(self, data: Any = None, *, field: Field, owner: int, period: int, text: str = "") -> None:  # noqa: ANN401 - what was posted
        super().__init__(data)
        self.fields["value"] = form_field(field, owner, period)
        self.fields["value"].label = _("New value of %(field)s") % {"field": _label(field)}
        self.fields["value"].required = False
        self.fields["value"].initial = _initial(field, text)
        self.order_fields(self.field_order)

    def text(self) -> str:
        """The value as text to be read. Only of a valid form."""
        return _text(self.cleaned_data["value"])


class RecordForm(forms.Form):
    """All fields of a kind; the errors of the checks come beside them by ``add_error``."""

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - what was posted
        *,
        kind: RecordKind,
        owner: int,
        period: int,
        texts: dict[str, str] | None = None,
        fixed: bool = False,
    ) -> None:
        super().__init__(data)
        self._kind, self._given, self._fixed = kind, texts or {}, fixed
        for field in kind.fields:
            if fixed and field.name in kind.key:
                continue  # the number says which record it is
            given = self._given.get(field.name, "")
            self.fields |= self._of(field, owner, period, given)
            self.fields[field.name].initial = _initial(field, given)

    def _of(self, field: Field, owner: int, period: int, given: str) -> dict[str, forms.Field]:
        """The field; before it a box to search in, where it refers to one of many records."""
        refers_to = field.refers_to
        if refers_to is None or refers_to not in _kept() or is_list(field):
            return {field.name: form_field(field, owner, period)}
        if len(named_of_period(refers_to, owner, period, (), _MOST_UNSOUGHT + 1)) <= _MOST_UNSOUGHT:
            return {field.name: form_field(field, owner, period)}
        box = f"{field.name}{SEARCH}"
        found = sought(refers_to, owner, period, str(self.data.get(box, "")))
        common = _common(field)
        chosen = str(self.data.get(field.name, given))
        refers = found_field(found, chosen, common) if found.found else forms.CharField(max_length=2000, **common)
        return {box: search_field(_label(field), found), field.name: refers}

    def full_clean(self) -> None:
        """Check what was typed; while somebody searches nothing is wrong yet, whatever is still empty."""
        if to_be_sought(self.data):
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        """Whether it can be kept; not while somebody searches."""
        return super().is_valid() and not to_be_sought(self.data)

    def texts(self) -> dict[str, str]:
        """What was typed, by field. Only of a valid form."""
        kept = {name: self._given.get(name, "") for name in self._kind.key} if self._fixed else {}
        typed = {name: value for name, value in self.cleaned_data.items() if name in self._kind.fields_by_name}
        return kept | {name: _text(value) for name, value in typed.items()}


def form_field(field: Field, owner: int, period: int) -> forms.Field:
    """The form field for a field of a kind; references are chosen from the owner's own records where these are few."""
    common = _common(field)
    if field.codes:
        return _of_codes(field, common)
    if field.refers_to is not None:
        known = titles_of_period(field.refers_to, owner, period) if field.refers_to in _kept() else {}
        if known and len(known) <= _MOST_CHOICES:
            listed = sorted((number, f"{number} · {title}" if title else number) for number, title in known.items())
            return forms.ChoiceField(choices=[("", "—"), *listed], **common)
    if field.type == "date":
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **common)
    if is_list(field):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **common)
    return forms.CharField(max_length=2000, **common)


def _common(field: Field) -> dict[str, Any]:
    return {"label": _label(field), "required": field.required, "help_text": _help(field)}


def _of_codes(field: Field, common: dict[str, Any]) -> forms.Field:
    language = get_language() or "nl"
    choices = [(code.value, code.labels.in_(language)) for code in field.codes]
    if is_list(field):
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    return forms.ChoiceField(choices=[("", "—"), *choices], **common)


def _kept() -> set[str]:
    return {table.kind for table in writing.record_tables()}


def _label(field: Field) -> str:
    return field.labels.in_(get_language() or "nl")


def _help(field: Field) -> str:
    said = field.help.in_(get_language() or "nl") if field.help else ""
    if field.type == "money":
        written = _("In euros, for example 1.234,56.")
    elif field.type == "number":
        written = _("For example 54,5.")
    elif field.codes or not is_list(field):
        written = ""
    else:
        written = _("One on each line.")
    return " ".join(part for part in (said, written) if part)


def _initial(field: Field, text: str) -> str | list[str]:
    return text.split(SEPARATOR) if text and field.codes and is_list(field) else text


def _text(value: object) -> str:
    if isinstance(value, list):
        return SEPARATOR.join(value)
    return "\n".join(line.strip() for line in str(value or "").splitlines() if line.strip())
