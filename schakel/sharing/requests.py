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
from schakel.network.roles import WITHOUT_RECORDS
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor

P = ParamSpec("P")


class PartyRequest(HttpRequest):
    """A request of somebody who is signed in and acts for a party."""

    actor: Actor
    role_held: RoleHeld


View = Callable[Concatenate[PartyRequest, P], HttpResponseBase]


def for_parties(
    *kinds: str, administration: bool = False
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Only for people who act for a party, of one of ``kinds`` if any are named; others sign in first.

    Who sees no records opens only pages of ``administration``, and acts for their party while they are there.
    """

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
            asked = cast(PartyRequest, request)
            if held.role not in WITHOUT_RECORDS:
                return view(asked, *args, **kwargs)
            if not administration:
                raise PermissionDenied(
                    _("You administer the system, and see no records. The navigation has what you administer.")
                )
            asked.actor = Actor(party=held.party_id, person=held.person_id, role=held.role)
            with acting(asked.actor):
                return view(asked, *args, **kwargs)

        return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], guarded)

    return gate


def must_be_secretary(request: PartyRequest) -> None:
    """Raises PermissionDenied for who only reads for the secretariat; stands in its pages of administration alone."""
    if request.role_held.role not in (Role.SECRETARY, Role.SYSTEM_ADMINISTRATOR):
        raise PermissionDenied(_("Only a secretary may do this; you may look."))


def visible_to(*kinds: str, administration: bool = False) -> Callable[[HttpRequest], bool]:
    """For navigation: whether the visitor acts for a party, of one of ``kinds`` if any are named; see `for_parties`."""

    def visible(request: HttpRequest) -> bool:
        held = getattr(request, "role_held", None)
        if held is None or (kinds and held.party.kind not in kinds):
            return False
        return administration or held.role not in WITHOUT_RECORDS

    return visible
