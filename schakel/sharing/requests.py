"""What a view knows of who asks, and the gate in front of pages for people with a role."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from schakel.network.models import Role, RoleHeld
from schakel.trail.actors import Actor

P = ParamSpec("P")


class PartyRequest(HttpRequest):
    """A request of somebody who is signed in and acts for a party."""

    actor: Actor
    role_held: RoleHeld


View = Callable[Concatenate[PartyRequest, P], HttpResponseBase]


def for_parties(*kinds: str) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Only for people who act for a party, of one of ``kinds`` if any are named; others sign in first."""

    def gate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            held = getattr(request, "role_held", None)
            if held is None:
                raise PermissionDenied(
                    _("You have no role in the network yet; ask the administrator of your organisation.")
                )
            if kinds and held.party.kind not in kinds:
                raise PermissionDenied(_("This page is not for the organisation that you act for."))
            return view(cast(PartyRequest, request), *args, **kwargs)

        return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], guarded)

    return gate


def must_be_secretary(request: PartyRequest) -> None:
    """Raises PermissionDenied for who only reads for the secretariat; stands in pages of the secretariat alone."""
    if request.role_held.role != Role.SECRETARY:
        raise PermissionDenied(_("Only a secretary may do this; you may look."))


def visible_to(*kinds: str) -> Callable[[HttpRequest], bool]:
    """For navigation: whether the visitor acts for a party, of one of ``kinds`` if any are named."""

    def visible(request: HttpRequest) -> bool:
        held = getattr(request, "role_held", None)
        return held is not None and (not kinds or held.party.kind in kinds)

    return visible
