"""Every request works inside the walls: one transaction, for the party that the person acts for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress

from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase

from schakel.network.models import Person, RoleHeld
from schakel.network.queries import SESSION_KEY
from schakel.network.roles import WITHOUT_RECORDS
from schakel.network.signing.roles import must_add_factor
from schakel.sharing.acting import acting
from schakel.sharing.arriving import arriving
from schakel.sharing.tokens import Bearer, TokenRefused, bearer_of
from schakel.trail.actors import Actor

_REFUSED, _SERVER_ERROR = 400, 500
API = "/api/"
_OWN_TRANSACTION = ("/nakijken/",)  # pages that begin one themselves, once what takes long is done
_SIGNING_IN = "/aanmelden/"  # a try is counted for good before it is looked at, whatever becomes of the request
_STREAMED = ("PUT", "PATCH")  # what comes so is a file, or a piece of one


def role_of_session(request: HttpRequest) -> RoleHeld | None:
    """The role the signed-in person acts in now: the chosen one while it is still held, else the first.

    None too for who must set up a second factor first: until then the walls let them see nothing.
    """
    if not isinstance(request.user, Person) or must_add_factor(request.user):
        return None
    held = request.user.roles_held or []
    chosen = request.session.get(SESSION_KEY)
    return next((role for role in held if role.pk == chosen), held[0] if held else None)


def acting_in(held: RoleHeld) -> Actor:
    """Who acts in a role; for no party where the role sees no records, so that the database shows none either."""
    party = None if held.role in WITHOUT_RECORDS else held.party_id
    return Actor(party=party, person=held.person_id, role=held.role)


class ActingPartyMiddleware:
    """Sets ``request.role_held`` and ``request.actor``, and the acting party in the database.

    Under ``API`` it is the bearer of a key who acts (``request.bearer``), never a session.

    A response that says something went wrong undoes what the request wrote; under ``API`` so does a refusal, as a
    system gets all of what it asked or nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request for the party that acts."""
        if request.path.startswith("/status/"):  # health must answer while the database does not
            return self.get_response(request)
        if request.path.startswith(API):
            return self._with_key(request)
        held = role_of_session(request)
        actor = acting_in(held) if held else Actor(party=None)
        request.role_held, request.actor = held, actor  # type: ignore[attr-defined]
        if request.path in _OWN_TRANSACTION or request.path.startswith(_SIGNING_IN):
            return self.get_response(request)
        return self._answer(request, actor)

    def _with_key(self, request: HttpRequest) -> HttpResponseBase:
        """A session opens nothing here, so that no page of another site can make a browser act."""
        kind, _, text = request.headers.get("Authorization", "").partition(" ")
        request.bearer, request.key_refused = None, ""  # type: ignore[attr-defined]
        if kind.casefold() == "bearer":
            try:
                request.bearer = bearer_of(text.strip())  # type: ignore[attr-defined]
            except TokenRefused as refusal:
                request.key_refused = str(refusal)  # type: ignore[attr-defined]
        bearer: Bearer | None = request.bearer  # type: ignore[attr-defined]
        return self._answer(request, bearer.actor if bearer else Actor(party=None), undone_from=_REFUSED)

    def _answer(self, request: HttpRequest, actor: Actor, *, undone_from: int = _SERVER_ERROR) -> HttpResponseBase:
        with self._arriving(request, actor), acting(actor):
            response = self.get_response(request)
            if response.status_code >= undone_from:
                transaction.set_rollback(True)
        return response

    def _arriving(self, request: HttpRequest, actor: Actor) -> AbstractContextManager[None]:
        """Read first what may come slowly, of who is known; nothing is locked meanwhile."""
        if actor.party is not None and request.method in _STREAMED:
            return arriving(request)
        if actor.party is not None and request.path.startswith(API):
            with suppress(RequestDataTooBig, UnreadablePostError):  # told where it is read again
                request.body  # noqa: B018 - kept by the request
        return nullcontext()
