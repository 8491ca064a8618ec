"""The pages on which an administrator invites somebody, and on which who is invited accepts."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from schakel.network.models import Party, Role
from schakel.sharing.models import Invitation
from schakel.sharing.people.forms import AcceptForm, InviteForm
from schakel.sharing.people.gates import for_administrators
from schakel.sharing.people.giving import PeopleRefused, administered
from schakel.sharing.people.inviting import (
    NothingThereError,
    Offered,
    accept,
    invite,
    offered,
    send_again,
    withdraw_invitation,
)
from schakel.sharing.requests import PartyRequest


@require_http_methods(["GET", "POST"])
@for_administrators
def new(request: PartyRequest, party: str) -> HttpResponseBase:
    """Invite somebody to act for a party."""
    at = get_object_or_404(Party, slug=party, pk__in=[one.pk for one in administered(request.role_held.party)])
    form = InviteForm(request.POST if request.method == "POST" else None, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            made = invite(actor=request.actor, at=at, **form.cleaned_data)
        except PeopleRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s is invited; a mail is on its way.") % {"name": made.name})
            return redirect("people:people")
    context = {"at": at, "form": form, "days": settings.INVITATION_DAYS}
    return render(request, "people/invite.html", context, status=422 if form.errors else 200)


@require_POST
@for_administrators
def withdraw(request: PartyRequest, invitation_id: int) -> HttpResponseBase:
    """Withdraw an invitation."""
    said = _("The invitation of %(name)s is withdrawn; its link opens nothing any more.")
    return _done(request, invitation_id, withdraw_invitation, said)


@require_POST
@for_administrators
def again(request: PartyRequest, invitation_id: int) -> HttpResponseBase:
    """Send an invitation again."""
    said = _("Another mail to %(name)s is on its way; an earlier link opens nothing any more.")
    return _done(request, invitation_id, send_again, said)


def _done(request: PartyRequest, invitation_id: int, act: Callable[..., object], said: str) -> HttpResponseBase:
    """Do ``act`` with an invitation, and say so or why not; back to the people."""
    found = get_object_or_404(Invitation, pk=invitation_id)
    try:
        act(actor=request.actor, invitation_id=found.pk)
    except PeopleRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, said % {"name": found.name})
    return redirect("people:people")


@require_http_methods(["GET", "POST"])
@never_cache
def accept_invitation(request: HttpRequest, text: str) -> HttpResponseBase:
    """Accept an invitation: a new person chooses a password, a known one has signed in."""
    try:
        offer = offered(text)
        return _known(request, text, offer) if offer.person else _new(request, text, offer)
    except NothingThereError:
        return render(request, "people/nothing_there.html", status=404)


def _new(request: HttpRequest, text: str, offer: Offered) -> HttpResponseBase:
    if request.user.is_authenticated:
        return _answer(request, offer, state="another")
    form = AcceptForm(request.POST or None, offer=offer)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        language = get_language() or "nl"
        accept(text=text, name=asked["name"], password=asked["password"], language=language)
        messages.success(request, _("Your access is ready. Sign in with your e-mail address and your password."))
        return redirect("network:sign-in")
    return _answer(request, offer, state="new", form=form)


def _known(request: HttpRequest, text: str, offer: Offered) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return _answer(request, offer, state="sign-in")
    if request.user.pk != offer.person:
        return _answer(request, offer, state="another")
    if request.method == "POST":
        accept(text=text, person=request.user.pk)
        messages.success(request, _("You now act for %(party)s too.") % {"party": Party.objects.get(pk=offer.party)})
        return redirect("people:mine")
    return _answer(request, offer, state="known")


def _answer(request: HttpRequest, offer: Offered, *, state: str, form: AcceptForm | None = None) -> HttpResponseBase:
    context = {
        "offer": offer,
        "at": Party.objects.get(pk=offer.party),
        "roles": ", ".join(str(Role(role).label) for role in offer.roles),
        "state": state,
        "form": form,
    }
    return render(request, "people/accept.html", context, status=422 if form is not None and form.errors else 200)
