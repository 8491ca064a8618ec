"""Forms of people, their roles, and their leaving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from schakel.network.models import Party, Person, Role
from schakel.network.queries import end_of
from schakel.sharing.people.giving import roles_to_give
from schakel.sharing.people.inviting import Offered
from schakel.web.forms import choose


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


_WRONG = {
    "password_too_short": _("This is too short; use at least twelve characters."),
    "password_too_common": _("Many people use this password; choose another."),
    "password_too_similar": _("This looks like your name or your address; choose another."),
}


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


class InviteForm(UntilForm):
    """Whom to invite, in which roles."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The invitation goes there; they sign in with it."))
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
    field_order = ("name", "email", "roles", "until", "language")

    def __init__(self, *args: Any, at: Party, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        choose(self, "roles", named(roles_to_give(at)))


class AcceptForm(forms.Form):
    """What a new person says: their name, and twice the password that they choose."""

    use_required_attribute = False

    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least twelve characters; a sentence that only you think of is good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label=_("The password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, offer: Offered, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        self.fields["name"].initial = offer.name
        self._offer = offer

    def clean(self) -> dict[str, Any]:
        """The password is good, and twice the same."""
        said = super().clean() or self.cleaned_data
        password, repeated = said.get("password"), said.get("repeated")
        if password and repeated and password != repeated:
            self.add_error("repeated", _("The two passwords are not the same; type them again."))
        elif password:
            somebody = Person(email=self._offer.email, name=said.get("name", ""))
            for wrong in _wrong_with(password, somebody):
                self.add_error("password", wrong)
        return said


def _wrong_with(password: str, somebody: Person) -> list[StrOrPromise]:
    """Why a password is not good, in our own words: not all of Django's are there in Dutch."""
    try:
        validate_password(password, somebody)
    except forms.ValidationError as refused:
        return [_WRONG.get(str(one.code), one.message) for one in refused.error_list]
    return []


class LeaveForm(forms.Form):
    """Who takes over what lies with somebody who leaves, and whether keys that they made are withdrawn."""

    use_required_attribute = False

    to = forms.TypedChoiceField(
        label=_("Who takes over the open work"),
        help_text=_("Back to the role: then it waits for everybody who has that role."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    withdraw_keys = forms.BooleanField(
        label=_("Withdraw the keys for the API that they made"),
        help_text=_("They may know these keys. A system that uses one stops until it has another."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, colleagues: Iterable[Person], **options: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **options)
        choose(self, "to", [("", _("back to the role")), *((one.pk, one.name) for one in colleagues)])
