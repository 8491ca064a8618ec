"""Who may open the pages of people."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from schakel.network.models import Role
from schakel.sharing.requests import PartyRequest, View, for_parties

P = ParamSpec("P")


def for_administrators(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Only for who acts as the administrator of a party."""

    @wraps(view)
    def guarded(request: PartyRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.role_held.role != Role.ADMINISTRATOR:
            raise PermissionDenied(_("People and their roles are seen to by the administrator of your organisation."))
        return view(request, *args, **kwargs)

    return for_parties()(guarded)


def administers(request: HttpRequest) -> bool:
    """For navigation: whether the visitor acts as the administrator of a party."""
    held = getattr(request, "role_held", None)
    return held is not None and held.role == Role.ADMINISTRATOR
