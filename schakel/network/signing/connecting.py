"""Signing in by OpenID Connect: to a provider and back. The steps between are allauth's.

The page on the way there is a page, not a redirect: a browser that sends a form is held by our policy to this site.
"""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from schakel.network.signing.providers import Provider, known, safe
from schakel.trail.actions import note
from schakel.trail.actors import Actor

KIND = "openid_connect"
_BROKEN = (RequestException, OAuth2Error, OSError, ValueError, KeyError, TypeError)  # what a server can do to who asks


class ProviderAdapter(DefaultSocialAccountAdapter):
    """The providers of the installation, and whom they sign in; ``settings.SOCIALACCOUNT_ADAPTER``."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Those of the file; none is kept in the database."""
        return [_app(one) for one in known() if provider in {None, KIND, one.id} and client_id in {None, one.client}]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """Sign in whom the network knows, and nobody else; nothing is made and nothing linked."""
        provider = _provider(sociallogin.account.provider)
        claims = _claims(sociallogin.account.extra_data)
        person = provider.person(claims) if claims else None
        if person is None:
            raise ImmediateHttpResponse(_refused(request, provider))
        login = Login(user=person, redirect_url=sociallogin.get_redirect_url(request))
        with transaction.atomic():
            record_authentication(request, person, method=KIND, provider=provider.id)
            response = perform_login(request, login)
        raise ImmediateHttpResponse(response)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_said: Any) -> NoReturn:  # type: ignore[override]  # noqa: ANN401
        """Back to the page of signing in, where a provider refused or somebody changed their mind."""
        raise ImmediateHttpResponse(_refused(request, _provider(provider.app.provider_id)))


@require_POST
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the page where the provider asks who somebody is."""
    provider = _provider(provider_id)
    try:
        answer: HttpResponse = openid.login(request, provider_id)
    except _BROKEN:
        return _not_there(request, provider)
    address = answer.headers.get("Location", "")
    if not safe(address):  # it came to nothing, and the answer leads back
        return answer if address.startswith("/") else _not_there(request, provider)
    return render(request, "network/signing/going.html", {"provider": provider, "address": address})


@never_cache
@require_GET
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from there, with a code by which the provider tells us who it is."""
    provider = _provider(provider_id)
    try:
        answer: HttpResponse = openid.callback(request, provider_id)
    except _BROKEN:
        return _not_there(request, provider)
    return answer


def _provider(number: str) -> Provider:
    found = next((one for one in known() if one.id == number), None)
    if found is None:
        raise Http404
    return found


def _app(provider: Provider) -> SocialApp:
    said = {"server_url": provider.server, "oauth_pkce_enabled": True}
    return SocialApp(
        provider=KIND,
        provider_id=provider.id,
        name=provider.name,
        client_id=provider.client,
        secret=provider.secret,
        settings=said,
    )


def _claims(said: dict[str, Any]) -> dict[str, Any]:
    """What the token and the page about the person say together; nothing where they are of two people.

    The token says for whom it was made (OpenID Connect Core 5.3.2: the page must be of the same ``sub``).
    """
    token, told = said.get("id_token") or {}, said.get("userinfo") or {}
    if not token or (told and told.get("sub") != token.get("sub")):
        return {}
    return {**told, **token}


def _refused(request: HttpRequest, provider: Provider) -> HttpResponse:
    note(actor=Actor(party=None), verb="failed to sign in", kind="person", by=KIND, provider=provider.id)
    said = _("%(name)s did not sign you in, or with an address that is not known here. Ask your administrator.")
    return _back(request, said % {"name": provider.name})


def _not_there(request: HttpRequest, provider: Provider) -> HttpResponse:
    note(actor=Actor(party=None), verb="failed to sign in", kind="person", by=KIND, provider=provider.id)
    said = _("%(name)s does not answer as it should. Try again later, or sign in with your password.")
    return _back(request, said % {"name": provider.name})


def _back(request: HttpRequest, said: str) -> HttpResponse:
    messages.error(request, said)
    return HttpResponseRedirect(reverse("network:sign-in"))
