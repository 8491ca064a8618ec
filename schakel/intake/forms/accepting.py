"""The forms around accepting a delivery: filtering what would change, accepting, and settling what vanished."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from schakel.intake import kinds
from schakel.web.forms import choose


def kind_choices(names: Iterable[str]) -> list[tuple[str, str]]:
    """The kinds called ``names`` to choose from, all of them first."""
    language = get_language() or "nl"
    return [("", _("All kinds")), *((name, kinds.kind(name).plural.in_(language).capitalize()) for name in names)]


class DifferenceFilter(forms.Form):
    """Which lines of a difference are shown."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    outcome = forms.ChoiceField(
        label=gettext_lazy("What would happen"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("new", gettext_lazy("new")),
            ("changed", gettext_lazy("changed")),
            ("vanished", gettext_lazy("vanished")),
        ],
    )

    def __init__(self, data: object, *, names: Iterable[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a query string
        choose(self, "kind", kind_choices(names))


class AcceptForm(forms.Form):
    """Accept a delivery; where rows are in error, only by saying that they stay out."""

    without = forms.BooleanField(required=True)

    def __init__(self, data: object = None, *, refused: int) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # what was posted
        if not refused:
            del self.fields["without"]
            return
        field = self.fields["without"]
        field.label = ngettext(
            "Accept without the %(count)s row in error",
            "Accept without the %(count)s rows in error",
            refused,
        ) % {"count": refused}
        field.help_text = _("They stay listed with their findings, and count as missing until you deliver them mended.")
        field.error_messages["required"] = _(
            "Tick this to accept without the rows in error, or mend them first at the findings."
        )


class VanishedForm(forms.Form):
    """What becomes of records that a later delivery no longer had, and why."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What becomes of them"),
        widget=forms.RadioSelect,
        choices=[
            ("withdraw", gettext_lazy("Withdraw: they no longer count")),
            ("keep", gettext_lazy("Keep: they go on counting")),
        ],
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy("Kept with each record, for whoever asks later."),
    )
    every = forms.BooleanField(label=gettext_lazy("All of them, also those on other pages"), required=False)
