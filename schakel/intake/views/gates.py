"""Who may change deliveries on screen: stewards of the party that owns them; others look."""

from __future__ import annotations

from functools import wraps
from typing import ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from schakel.network.models import Role
from schakel.sharing.requests import PartyRequest, View

P = ParamSpec("P")
_CHANGE = (Role.STEWARD, Role.SECRETARY)


def may_change(request: PartyRequest) -> bool:
    """Whether who asks may change the deliveries of the party that they act for."""
    return request.role_held.role in _CHANGE


def for_stewards(view: View[P]) -> View[P]:
    """Only for who may change deliveries; stands below ``for_parties``. Raises PermissionDenied."""

    @wraps(view)
    def guarded(request: PartyRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may_change(request):
            raise PermissionDenied(
                _("Only a data steward of your organisation may do this; you may look at its deliveries.")
            )
        return view(request, *args, **kwargs)

    return cast(View[P], guarded)
