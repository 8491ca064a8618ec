"""What allauth asks of Schakel: who may sign in and how, and what is written down when somebody did.

allauth is the library of the steps: password, second factor, asking again, sessions. Nobody signs up: people are
invited. Counting tries is ours (``counters``), as allauth counts in a cache that each process has to itself.
"""

from __future__ import annotations

import base64
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Person
from schakel.network.signing.browsers import network_of, remember
from schakel.network.signing.writing import told

RECENT = 300  # seconds after signing in, within which nobody is asked again who they are


class AccountAdapter(DefaultAccountAdapter):
    """Signing in with an account that somebody gave; ``settings.ACCOUNT_ADAPTER``. Its users are people of ours."""

    error_messages = DefaultAccountAdapter.error_messages | {"incorrect_password": _("This is not your password.")}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody gives themselves an account."""
        return False

    def get_login_stages(self) -> list[str]:
        """After password or passkey only the second factor is left."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ANN401 - allauth's own
        """Who signed in just now is not asked for the same again."""
        records = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - record["at"] < RECENT for record in records)

    def get_reauthentication_methods(self, user: Person | AnonymousUser) -> list[dict[str, Any]]:  # type: ignore[override]
        """Ways to say again who one is, in words of ours."""
        words = {
            "reauthenticate": gettext("With your password"),
            "mfa_reauthenticate": gettext("With a code"),
            "mfa_reauthenticate:webauthn": gettext("With a passkey"),
        }
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [way | {"description": words.get(way["id"], way["description"])} for way in ways]

    def post_login(  # type: ignore[override]
        self,
        request: HttpRequest,
        user: Person,
        **kwargs: Any,  # noqa: ANN401
    ) -> HttpResponse:
        """Let the browser be known from now on, and write down by what somebody signed in."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember(request, response, user.email)
        ways = [str(record.get("type") or record["method"]) for record in get_authentication_records(request, user)]
        told(user, "signed in", by=ways)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:  # type: ignore[override]
        """Somebody who left is answered as anybody whose key is not known."""
        messages.error(request, str(UNKNOWN))
        return HttpResponseRedirect(reverse("network:sign-in"))

    def reauthenticate(self, user: Person, password: str) -> bool:  # type: ignore[override]
        """Whether this is the password of who is signed in."""
        return user.check_password(password)

    def set_password(self, user: Person, password: str) -> None:  # type: ignore[override]
        """Only the hash is written: the web process may write no more of a person."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network, which is all that a person needs to know a session of theirs by."""
        return network_of(request) or "0.0.0.0"  # noqa: S104 - said where it is not known

    def add_message(  # noqa: PLR0917 - as allauth calls it
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only what is said in so many words; our pages say the rest themselves."""
        if message:
            messages.add_message(request, level, message)


UNKNOWN = _("This code or passkey is not known here.")


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: what they are called, and how their secrets are kept; ``settings.MFA_ADAPTER``."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": UNKNOWN}

    def encrypt(self, text: str) -> str:
        """As it is kept in the database: the key is not there."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was kept. Raises cryptography.fernet.InvalidToken where the key is another."""
        return _keys().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> SafeString:
        """The QR code as an element of the page, without the declaration that a file begins with."""
        picture: str = super().build_totp_svg(url)
        return mark_safe(picture[picture.index("<svg") :])  # noqa: S308 - drawn by the library from numbers

    def _get_site_name(self) -> str:
        return "Schakel"


def _keys() -> MultiFernet:
    """The first key of the setting encrypts; the others open what was encrypted before a change of keys."""
    keys = [word.strip() for word in settings.FACTOR_KEY.split(",") if word.strip()]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_of_length(key))) for key in keys])


def _of_length(key: str) -> bytes:
    """The 32 bytes that the cipher takes; the same key signs sessions where no other was given, so not as it is."""
    return salted_hmac("schakel.network.signing.factors", "", secret=key, algorithm="sha256").digest()
