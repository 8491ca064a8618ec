"""The page on which a data steward makes and withdraws keys for the API."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from schakel.network.models import Role
from schakel.sharing.forms import TokenForm
from schakel.sharing.models import Scope, Token
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.sharing.tokens import make_token, withdraw_token

_FORMS, _OPEN = "sharing.forms_of_keys", 10  # as many pages as somebody has open beside each other
_MAY_MAKE = (Role.STEWARD, Role.SECRETARY)


@for_parties("agency", "secretariat")
@never_cache
def tokens(request: PartyRequest) -> HttpResponseBase:
    """The keys of the acting party; a fresh one is shown this once, and each form makes one."""
    _must_be_steward(request)
    form = TokenForm(request.POST or None)
    fresh = ""
    if request.method == "POST" and form.is_valid():
        if not _first_time(request):
            said = _("This form was sent before, and made its key then. Make another where you did not copy that one.")
            messages.warning(request, said)
            return redirect("sharing:tokens")
        _token, fresh = make_token(actor=request.actor, **form.cleaned_data)
        form = TokenForm()
    context = {
        "form": form,
        "fresh": fresh,
        "once": _once(request),
        "tokens": [_shown(token) for token in Token.objects.all()],
    }
    return render(request, "sharing/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@for_parties("agency", "secretariat")
def withdraw(request: PartyRequest, token_id: int) -> HttpResponseBase:
    """Withdraw a key; it opens nothing from now on."""
    _must_be_steward(request)
    token = get_object_or_404(Token, pk=token_id)
    withdraw_token(actor=request.actor, token_id=token.pk)
    messages.success(request, _("The key %(name)s was withdrawn; it opens nothing any more.") % {"name": token.name})
    return redirect("sharing:tokens")


def _once(request: PartyRequest) -> str:
    """What the form on this page holds, so that it is known when it comes back."""
    made: str = secrets.token_urlsafe(16)
    request.session[_FORMS] = [*request.session.get(_FORMS, []), made][-_OPEN:]
    return made


def _first_time(request: PartyRequest) -> bool:
    """Whether a form comes for the first time: who loads the answer anew sends it again."""
    once, known = request.POST.get("once", ""), request.session.get(_FORMS, [])
    request.session[_FORMS] = [form for form in known if form != once]
    return once in known


def _must_be_steward(request: PartyRequest) -> None:
    if request.role_held.role not in _MAY_MAKE:
        raise PermissionDenied(_("Keys are made by data stewards; ask one of your organisation."))


def _shown(token: Token) -> dict[str, object]:
    ended = token.withdrawn_at or (token.expires_at if token.expires_at <= timezone.now() else None)
    return {"token": token, "scopes": [Scope(scope).label for scope in token.scopes], "ended": ended}
