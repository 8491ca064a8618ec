"""Forms of the inbox: filter, wishes about mail, leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schakel.inbox.models import FIRST_HOUR, LAST_HOUR, Mail
from schakel.network.models import Person

_HOURS = tuple((hour, f"{hour:02}:00") for hour in range(FIRST_HOUR, LAST_HOUR + 1))


class FilterForm(forms.Form):
    """Which of what waits is shown."""

    whose = forms.ChoiceField(
        label=_("For whom"),
        required=False,
        choices=(
            ("", _("All that waits for me")),
            ("mine", _("For me in person")),
            ("role", _("For my role")),
            ("deputy", _("For whom I stand in")),
        ),
    )
    when = forms.ChoiceField(
        label=_("By when"),
        required=False,
        choices=(("", _("Any day")), ("late", _("Late")), ("week", _("Within a week"))),
    )
    show = forms.CharField(required=False, widget=forms.HiddenInput)


class MailForm(forms.Form):
    """How and when somebody wants mail."""

    mail = forms.ChoiceField(label=_("Mail about your inbox"), choices=Mail.choices, widget=forms.RadioSelect)
    hour = forms.TypedChoiceField(
        label=_("Time of the daily message"),
        help_text=_("Only for one message a day. What is urgent comes at once."),
        choices=_HOURS,
        coerce=int,
    )


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DeputyForm(forms.Form):
    """Who stands in for whom, and when; ``person`` only for who may arrange it for others."""

    person = forms.TypedChoiceField(label=_("Who is away"), coerce=int)
    deputy = forms.TypedChoiceField(label=_("Who stands in"), coerce=int)
    since = forms.DateField(label=_("First day away"), widget=DayInput())
    until = forms.DateField(label=_("Last day away"), widget=DayInput())

    def __init__(self, *args: Any, people: Sequence[Person], me: int, for_others: bool, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        names = [(person.pk, person.name) for person in people]
        self._choose("person", sorted(names, key=lambda name: name[0] != me))
        self._choose("deputy", [("", "–"), *(name for name in names if for_others or name[0] != me)])
        if not for_others:
            del self.fields["person"]
        self.fields["since"].initial = timezone.localdate()

    def _choose(self, name: str, choices: Sequence[tuple[int | str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
