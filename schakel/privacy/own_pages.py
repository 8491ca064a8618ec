"""The pages about one's own account: what is held, correcting it, and taking it along."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schakel.network.models import Person
from schakel.network.signing.sessions import device
from schakel.privacy import actions
from schakel.privacy.accounts import held_about
from schakel.privacy.exporting import of_account
from schakel.privacy.forms import OwnForm
from schakel.privacy.models import Asks
from schakel.privacy.pages import as_zip
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note


@require_http_methods(["GET", "POST"])
@for_parties(administration=True)
def mine(request: PartyRequest) -> HttpResponseBase:
    """What is held about one's own account, and the form that corrects it."""
    person = Person.objects.get(pk=request.role_held.person_id)
    form = OwnForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        Person.objects.filter(pk=person.pk).update(**form.cleaned_data)
        note(actor=request.actor, verb="corrected", kind="person", objects=[person.pk], fields=form.changed_data)
        messages.success(request, _("Your details were changed."))
        return redirect("privacy:mine")
    context = {"form": form, "held": held_about(Person.objects.get(pk=person.pk)), "sessions": _sessions(person.pk)}
    return render(request, "privacy/mine.html", context, status=422 if form.errors else 200)


def _sessions(person: int) -> list[dict[str, object]]:
    """Where one is or was signed in, the last first; the whole line of each browser is in what is taken along."""
    known = UserSession.objects.filter(user_id=person).order_by("-last_seen_at")
    return [{"browser": device(one.user_agent), "address": one.ip, "seen": one.last_seen_at} for one in known]


@require_GET
@for_parties(administration=True)
def take_along(request: PartyRequest) -> HttpResponseBase:
    """One's own data as a file."""
    note(actor=request.actor, verb="exported", kind="person", objects=[request.role_held.person_id])
    return as_zip(of_account(Person.objects.get(pk=request.role_held.person_id)), "mijn-gegevens.zip")


@require_POST
@for_parties(administration=True)
def ask_erasure(request: PartyRequest) -> HttpResponseBase:
    """Ask the administrator of one's organisation to be erased; who asks is known, as they are signed in."""
    person = Person.objects.get(pk=request.role_held.person_id)
    (made,) = actions.receive(
        actor=request.actor,
        asks=Asks.ERASURE,
        asked_by=person.name,
        asked_on=timezone.localdate(),
        marks=[],
        email=person.email,
    )
    actions.identify(actor=request.actor, request_id=made.pk, how=_("signed in themselves"))
    messages.success(
        request, _("Your request is with the administrator of your organisation; an answer comes within a month.")
    )
    return redirect("privacy:mine")
