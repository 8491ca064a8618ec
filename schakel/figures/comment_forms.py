"""The form in which something is said of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schakel.intake.forms.collecting import YearForm
from schakel.web.forms import choose

Choices = Sequence[tuple[str, str]]
_LONGEST = 5000  # characters
WHOLE, OWN, SHARED = "", "own", "shared"


class CommentForm(YearForm):
    """What is said, of which part of the figure, and for whom."""

    part = forms.ChoiceField(
        label=_("About"), required=False, widget=forms.Select(attrs={"data-empty-says": "the whole figure"})
    )
    text = forms.CharField(
        label=_("Your comment"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=_LONGEST,
        help_text=_("Write @ and a name to mention a colleague, or choose one below."),
    )
    shared = forms.ChoiceField(
        label=_("Who reads it"),
        choices=(
            (OWN, _("Only your own organisation")),
            (SHARED, _("Everybody who may read the figure; ministry and provinces once it is published")),
        ),
        widget=forms.RadioSelect,
        initial=OWN,
    )
    person = forms.ChoiceField(label=_("Mention"), required=False)

    def __init__(self, *args: Any, parts: Choices, people: Choices, **options: Any) -> None:  # noqa: ANN401 - any form's
        super().__init__(*args, **options)
        choose(self, "part", [(WHOLE, _("The whole figure")), *parts])
        choose(self, "person", [("", _("nobody")), *people])

    def cut(self) -> dict[str, str]:
        """The part of the figure that was chosen."""
        dimension, _colon, value = self.cleaned_data["part"].partition(":")
        return {dimension: value} if value else {}

    def mentioned(self) -> list[int]:
        """The colleague who was chosen."""
        return [int(self.cleaned_data["person"])] if self.cleaned_data["person"] else []
