"""The filter of a receipt."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from schakel.intake.forms.accepting import kind_choices
from schakel.intake.models import RowOutcome
from schakel.web.forms import choose


class ReceiptFilter(forms.Form):
    """Which rows of a receipt are shown."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    outcome = forms.ChoiceField(
        label=_("What became of it"), required=False, choices=[("", _("All")), *RowOutcome.choices]
    )
    touched = forms.ChoiceField(
        label=_("Only rows"),
        required=False,
        choices=[
            ("", _("All")),
            ("findings", _("with findings")),
            ("edited", _("edited here")),
            ("overridden", _("overridden")),
        ],
    )

    def __init__(self, data: object, *, names: Iterable[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a query string
        choose(self, "kind", kind_choices(names))
