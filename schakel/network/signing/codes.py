"""Forms in which somebody says again who they are: a code, a passkey, their password. All of them are counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.forms import ReauthenticateForm as AllauthPasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as AllauthCodeForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthCodeAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AllauthAddForm
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from schakel.network.models import Person
from schakel.network.signing.adapters import UNKNOWN
from schakel.network.signing.browsers import browser_of
from schakel.network.signing.counters import Counter, Stopped, count, digest, once
from schakel.network.signing.pauses import BROWSER, FACTOR
from schakel.network.signing.writing import told

STOPPED = "stopped"
_GOOD_FOR = dt.timedelta(minutes=2)  # longer than a code of an app is taken
_TOO_MANY = _("There were too many tries. Wait %(minutes)s min, then try again.")
T = TypeVar("T")


def counter_of(request: HttpRequest, person: Person) -> Counter:
    """What tries to prove again to be this person count under: a browser of theirs has its own."""
    browser = browser_of(request)
    if browser is not None and browser.knows(person.email):
        return Counter("factor", digest("factor", browser.number, str(person.pk)), BROWSER)
    return Counter("factor", digest("factor", str(person.pk)), FACTOR)


def counted(person: Person, look: Callable[[], T]) -> T:
    """What ``look`` says of a try. Raises ValidationError where it says so, or there were too many."""
    outcome = count([counter_of(context.request, person)])
    if isinstance(outcome, Stopped):
        raise ValidationError(_TOO_MANY, STOPPED, {"minutes": -(-outcome.seconds // 60)})
    try:
        found = look()
    except ValidationError:
        told(person, "failed to prove who they are")
        raise
    outcome.was_right()
    return found


def was_stopped(form: forms.Form) -> bool:
    """Whether a form was not looked at."""
    return any(error.code == STOPPED for errors in form.errors.as_data().values() for error in errors)


def code_field(label: StrOrPromise) -> forms.CharField:
    """Where a code is typed."""
    said = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=said))


class _Codes(forms.Form):
    """A code of the app, or a recovery code; each of them once."""

    user: Person
    code = code_field(_("Code"))

    def clean_code(self) -> str:
        """The code, where it is right."""
        return counted(self.user, self._looked_at)

    def _looked_at(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        authenticator: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if authenticator.type == Authenticator.Type.TOTP and not once(
            "code", str(self.user.pk), code, within=_GOOD_FOR
        ):
            raise ValidationError(UNKNOWN, "incorrect_code")
        return code


class CodeForm(_Codes, AllauthCodeForm):
    """The second step of signing in."""


class CodeAgainForm(_Codes, AllauthCodeAgainForm):
    """Saying again who one is, by code."""


class PasswordAgainForm(AllauthPasswordForm):
    """Saying again who one is, by password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - allauth's own
        super().__init__(*args, **kwargs)
        said = {"autocomplete": "current-password", "autofocus": True}
        self.fields["password"] = forms.CharField(
            label=_("Password"), strip=False, widget=forms.PasswordInput(attrs=said)
        )

    def clean_password(self) -> str:
        """The password, where it is right."""
        return counted(self.user, super().clean_password)


class ActivateForm(AllauthActivateForm):
    """The first code of an app, which shows that it was set up well."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - allauth's own
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(_("Code that the app shows"))

    def clean_code(self) -> str:
        """The code, where it is right."""
        return counted(self.user, super().clean_code)


class AddKeyForm(AllauthAddForm):
    """A passkey: what it is called, and whether it signs in without a password too."""

    name = forms.CharField(label=_("What you call it"), max_length=60, required=False)
    passwordless = forms.BooleanField(
        label=_("Sign in with it without a password too"),
        required=False,
        initial=True,
        help_text=_("Then it asks for a finger, a face or a PIN itself. Older security keys cannot."),
    )
