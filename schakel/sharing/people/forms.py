"""Forms of people, their roles, and their leaving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, Role
from schakel.network.queries import end_of
from schakel.sharing.people.giving import roles_to_give
from schakel.web.forms import choose


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class UntilForm(forms.Form):
    """Until which day a role is held; the form's ``until`` is the moment after it."""

    use_required_attribute = False

    until = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave it empty for a role without an end. An auditor always has a last day."),
        widget=DayInput(),
        required=False,
    )

    def clean_until(self) -> dt.datetime | None:
        """The moment at which the role ends."""
        last: dt.date | None = self.cleaned_data["until"]
        return None if last is None else end_of(last)


class RoleForm(UntilForm):
    """Which role somebody gets."""

    role = forms.ChoiceField(label=_("Role"))
    field_order = ("role", "until")

    def __init__(self, *args: Any, at: Party, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        choose(self, "role", named(roles_to_give(at)))


def named(roles: Iterable[Role]) -> list[tuple[str, str]]:
    """Roles to choose from, as they are called on screen."""
    return [(role.value, str(role.label).capitalize()) for role in roles]
