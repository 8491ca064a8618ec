"""Forms about years: opening and moving them, exceptions, notes, and the two signatures."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from schakel.intake.models import CallMeans
from schakel.web.forms import choose


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class YearForm(forms.Form):
    """A form of these pages. What is missing is said by us when it is sent, not shown as wrong before anybody typed."""

    use_required_attribute = False


class WindowForm(YearForm):
    """From when until when can be delivered."""

    opens = forms.DateField(label=_("Opens on"), widget=DayInput())
    due = forms.DateField(label=_("Due on"), widget=DayInput())


class KindWindowForm(WindowForm):
    """The window of an agency, of all it delivers or of one kind."""

    kind = forms.ChoiceField(label=_("Of what"), required=False)

    def __init__(self, *args: object, kinds: Sequence[tuple[str, str]], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # as Django's own
        choose(self, "kind", [("", _("All that it delivers")), *kinds])


class OpenYearForm(WindowForm):
    """Another year than the ones there are."""

    period = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    field_order = ("period", "opens", "due")


class ExceptionForm(YearForm):
    """What need not be delivered, and why."""

    kind = forms.ChoiceField(label=_("What need not be delivered"))
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)

    def __init__(self, *args: object, kinds: Sequence[tuple[str, str]], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # as Django's own
        choose(self, "kind", kinds)


class NoteForm(YearForm):
    """Who was spoken to, and what was said."""

    how = forms.ChoiceField(label=_("How"), choices=CallMeans.choices)
    text = forms.CharField(
        label=_("What was said"),
        help_text=_("Only the secretariat reads this. Name who you spoke with."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )


class ReasonForm(YearForm):
    """Why something is withdrawn, returned or brought back."""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class SignForm(YearForm):
    """The signature itself: a tick by the statement."""

    agreed = forms.BooleanField(
        label=_("I have read this and sign for it."), error_messages={"required": _("Tick this to sign.")}
    )


class VanishedForm(YearForm):
    """What becomes of records that are no longer delivered."""

    decision = forms.ChoiceField(
        label=_("What becomes of them"),
        choices=(("withdraw", _("They are withdrawn and no longer count")), ("keep", _("They stay and count"))),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why"), max_length=1000)
