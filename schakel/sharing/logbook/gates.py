"""Who may read the audit log: a party's administrator, and an auditor under mandate."""

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
READERS = (Role.ADMINISTRATOR, Role.AUDITOR)


def for_readers(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Only for who acts as the administrator of a party, or as an auditor; the database shows each their lines."""

    @wraps(view)
    def guarded(request: PartyRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.role_held.role not in READERS:
            raise PermissionDenied(_("The audit log is for the administrator of your organisation, and for auditors."))
        return view(request, *args, **kwargs)

    return for_parties()(guarded)


def reads_the_log(request: HttpRequest) -> bool:
    """For navigation: whether the visitor acts as somebody who may read the log."""
    held = getattr(request, "role_held", None)
    return held is not None and held.role in READERS
