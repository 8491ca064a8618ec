"""Who needs a second factor and has none is led to set one up, and opens nothing else."""

from __future__ import annotations

from collections.abc import Callable

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
_WITHOUT_SESSION = ("/api/", "/status/")


class SecondFactorMiddleware:
    """Stands before the walls, which let nobody act who must set up a factor (``role_of_session``)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and mark the session as used."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """Lead on to one's own access, where that comes first."""
        if request.path.startswith(_WITHOUT_SESSION) or not isinstance(request.user, Person):
            return None
        mark_seen(request)
        match = request.resolver_match
        if must_add_factor(request.user) and (match is None or match.view_name not in OPEN):
            return HttpResponseRedirect(reverse("mfa_index"))
        return None
