"""Who needs a second factor and has none is led to set one up, and opens nothing else.

Who is led to sign in because their session ended, is told why.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from schakel.network.models import Person
from schakel.network.signing.roles import must_add_factor
from schakel.network.signing.sessions import mark_seen

# What opens without: setting one up, saying again who one is, going away, and pages about Schakel itself.
OPEN = frozenset(
    {
        "account_reauthenticate",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "network:sign-out",
        "web:set_language",
        "web:help",
        "web:glossary",
        "web:accessibility",
    }
)
ENDED = "einde"  # in the address of signing in: why the session of before ended
_WITHOUT_SESSION = ("/api/", "/status/")


class SecondFactorMiddleware:
    """Stands before the walls, which let nobody act who must set up a factor (``role_of_session``)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; who is led to sign in anew, because their session ended, takes along why."""
        response = self.get_response(request)
        ended = getattr(request.session, "ended", "")
        if ended and isinstance(response, HttpResponseRedirect):
            response.headers["Location"] = _with_reason(response.url, ended)
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """Lead on to one's own access, where that comes first."""
        if request.path.startswith(_WITHOUT_SESSION) or not isinstance(request.user, Person):
            return None
        mark_seen(request)
        match = request.resolver_match
        if must_add_factor(request.user) and (match is None or match.view_name not in OPEN):
            return HttpResponseRedirect(reverse("mfa_index"))
        return None


def _with_reason(where: str, ended: str) -> str:
    """The address of signing in with why one is there; any other as it was."""
    parts = urlsplit(where)
    if parts.path != reverse(settings.LOGIN_URL):
        return where
    return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query), (ENDED, ended)])))
