"""Says of each request from where it comes, and writes down what was refused and what left the house unsaid.

Invariant: no file leaves without a line, and nobody who is known is refused without one. A view says itself what it
gave (then nothing is added here); what it forgot is written down as ``unsaid``, and a test fails.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.messages import ERROR
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from schakel.network.models import Person, RoleHeld
from schakel.network.signing.browsers import address_of, network_of
from schakel.network.signing.counters import Counter, Stopped, count, digest
from schakel.network.signing.pauses import NETWORK
from schakel.sharing.acting import acting
from schakel.sharing.middleware import API
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.trail.whence import Channel, Whence, coming_from, whence

REFUSED, EXPORTED = "was refused", "exported"
_REFUSALS = frozenset({403, 404, 409, 413, 422, 429})
_NOT_KNOWN, _SUCCESS = 401, range(200, 300)
_SHOWN = ("text/html", "text/plain")  # as pages and parts of them are; all else is taken along


class RefusalsNoted(FallbackStorage):
    """Keeps what pages tell their reader as ever; that they tell of a refusal the line of the request hears of."""

    def add(self, level: int, message: str, extra_tags: str | None = "") -> None:
        """Keep a message."""
        if int(level) >= ERROR:
            whence().refused = True
        super().add(level, message, extra_tags or "")


class LogbookMiddleware:
    """Stands outside the walls: a refusal is written down after the transaction of the request has ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and complete what the trail says of it."""
        if request.path.startswith("/status/"):  # health must answer while the database does not
            return self.get_response(request)
        channel = Channel.API if request.path.startswith(API) else Channel.PAGE
        with coming_from(channel, _kept(request)) as place:
            response = self.get_response(request)
            if response.status_code == _NOT_KNOWN and channel == Channel.API:
                _refused_key(request)
            elif response.status_code in _REFUSALS or place.refused:
                _refused(request, response)
            elif response.status_code in _SUCCESS and _leaves(response, place):
                _unsaid(request, place)
        return response


def _kept(request: HttpRequest) -> str:
    """As much of the address as the settings keep."""
    if settings.TRAIL_ADDRESS == "whole":
        return address_of(request)
    return network_of(request) if settings.TRAIL_ADDRESS == "network" else ""


def actor_of(request: HttpRequest) -> Actor | None:
    """Who asks: the bearer of a key, somebody in their role, or somebody without one; None for who is not known."""
    bearer = getattr(request, "bearer", None)
    if bearer is not None:
        known: Actor = bearer.actor
        return known
    held: RoleHeld | None = getattr(request, "role_held", None)
    if held is not None:
        return Actor(party=held.party_id, person=held.person_id, role=held.role)
    user = getattr(request, "user", None)
    return Actor(party=None, person=user.pk) if isinstance(user, Person) else None


def _refused(request: HttpRequest, response: HttpResponseBase) -> None:
    """One line for who is known and asked for what there is; an address that leads nowhere refuses nobody anything."""
    actor, match = actor_of(request), request.resolver_match
    if actor is None or match is None:
        return
    with acting(actor):
        note(actor=actor, verb=REFUSED, kind="page", status=response.status_code, **_asked(request))


def _refused_key(request: HttpRequest) -> None:
    """A key that opens nothing; so many of a network as tries to sign in, or anybody could fill the trail."""
    if not getattr(request, "key_refused", ""):
        return
    tried = Counter("key", digest("key", network_of(request)), NETWORK)
    if not isinstance(count([tried]), Stopped):
        note(actor=Actor(party=None), verb=REFUSED, kind="token", status=_NOT_KNOWN, **_asked(request))


def _leaves(response: HttpResponseBase, place: Whence) -> bool:
    if place.verbs:
        return False
    shown = response.headers.get("Content-Type", "text/html").startswith(_SHOWN)
    return "Content-Disposition" in response.headers or not shown


def _unsaid(request: HttpRequest, place: Whence) -> None:
    actor = actor_of(request)
    if actor is None or actor.party is None:  # what is open to everybody
        return
    with acting(actor):
        if place.channel == Channel.API:  # what a system reads of its own party is said here alone
            note(actor=actor, verb="read", kind="page", **_asked(request))
        else:
            note(actor=actor, verb=EXPORTED, kind="page", unsaid=True, **_asked(request))


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Which page, how, and the numbers in its address; never its words, which can be names."""
    match = request.resolver_match
    if match is None:
        return {"method": request.method}
    numbers = {name: value for name, value in match.kwargs.items() if isinstance(value, int)}
    return {"method": request.method, "page": match.view_name, "numbers": numbers}
