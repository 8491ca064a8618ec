"""The pages of a party's people and their roles, and of one's own roles."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schakel.network.models import Party, Person, Role, RoleHeld
from schakel.network.queries import roles_of
from schakel.sharing.models import Invitation
from schakel.sharing.people.forms import RoleForm
from schakel.sharing.people.gates import for_administrators
from schakel.sharing.people.giving import PeopleRefused, administered, give, held_at, take
from schakel.sharing.people.history import person_history
from schakel.sharing.people.inviting import standing_invitations
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web.formats import moment_long
from schakel.web.tables import Badge, Column, Link, Table


@require_GET
@for_administrators
def people(request: PartyRequest) -> HttpResponseBase:
    """Who works for the party, in which roles."""
    own = request.role_held.party
    context = {
        "parts": [{"at": at, "table": _people(at)} for at in administered(own)],
        "invitations": [_invited(invitation) for invitation in standing_invitations()],
        "can_send": bool(settings.EMAIL_HOST),
    }
    return render(request, "people/people.html", context)


@require_http_methods(["GET", "POST"])
@for_administrators
def person(request: PartyRequest, party: str, person_id: int) -> HttpResponseBase:
    """The roles of one person at a party, and the form to give another."""
    at, known, held = _found(request, party, person_id)
    form = RoleForm(request.POST if request.method == "POST" else None, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            given = give(actor=request.actor, person=known.pk, at=at, **form.cleaned_data)
        except PeopleRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = _("%(person)s now has the role %(role)s.")
            messages.success(request, said % {"person": known, "role": given.get_role_display()})
            return redirect("people:person", at.slug, known.pk)
    context = {"at": at, "known": known, "held": held, "form": form, "own": at == request.role_held.party}
    context["history"] = person_history(request, at, known)
    return render(request, "people/person.html", context, status=422 if form.errors else 200)


@require_POST
@for_administrators
def take_role(request: PartyRequest, party: str, person_id: int, held_id: int) -> HttpResponseBase:
    """Take one role of a person."""
    at, known, held = _found(request, party, person_id)
    taken = next((one for one in held if one.pk == held_id), None)
    if taken is not None:  # else it was taken before: then all is well
        try:
            take(actor=request.actor, held=taken)
        except PeopleRefused as refused:
            messages.error(request, str(refused))
            return redirect("people:person", at.slug, known.pk)
        said = _("%(person)s no longer has the role %(role)s.")
        messages.success(request, said % {"person": known, "role": taken.get_role_display()})
    if taken == request.role_held:
        return redirect("/")
    left = RoleHeld.objects.filter(person=known, party=at).exists()
    return redirect("people:person", at.slug, known.pk) if left else redirect("people:people")


@require_GET
@for_parties(administration=True)
def mine(request: PartyRequest) -> HttpResponseBase:
    """One's own roles, to choose in which one acts."""
    context = {"held": roles_of(request.role_held.person_id), "current": request.role_held}
    return render(request, "people/mine.html", context)


def _invited(invitation: Invitation) -> dict[str, Any]:
    """An invitation with its roles and how it stands."""
    roles = ", ".join(str(Role(role).label) for role in invitation.roles)
    return {"invitation": invitation, "roles": roles, "state": _state(invitation)}


def _state(invitation: Invitation) -> Badge:
    if not invitation.is_open(timezone.now()):
        return Badge("neutral", _("expired"))
    if invitation.sent_at is not None:
        return Badge("info", _("sent"))
    if invitation.next_try_at is None:
        return Badge("error", _("could not be sent"))
    return Badge("warning" if invitation.attempts else "info", _("waits to be sent"))


def _found(request: PartyRequest, party: str, person_id: int) -> tuple[Party, Person, list[RoleHeld]]:
    """A person of a party that the visitor administers, and their roles there; raises Http404 for any other."""
    at = get_object_or_404(Party, slug=party, pk__in=[one.pk for one in administered(request.role_held.party)])
    held = list(held_at([at]).filter(person_id=person_id))
    if not held:
        raise Http404
    return at, held[0].person, held


def _people(at: Party) -> Table:
    by_person = groupby(held_at([at]), key=lambda held: held.person)
    return Table(
        caption=_("People of %(party)s") % {"party": at},
        columns=[
            Column("name", _("Name"), heading=True),
            Column("email", _("E-mail address")),
            Column("roles", _("Roles")),
            Column("given", _("Given")),
        ],
        rows=[_row(at, known, list(held)) for known, held in by_person],
        empty=_("Nobody has a role here yet."),
        empty_how=_("Invite somebody by mail; who accepts is here with the roles that you give."),
    )


def _row(at: Party, known: Person, held: list[RoleHeld]) -> dict[str, Any]:
    return {
        "name": Link(known.name, reverse("people:person", args=[at.slug, known.pk])),
        "email": known.email,
        "roles": "; ".join(_role(one) for one in held),
        "given": "; ".join(_given(one) for one in held),
    }


def _role(held: RoleHeld) -> str:
    if held.until is None:
        return str(held.get_role_display())
    return _("%(role)s, until %(moment)s") % {"role": held.get_role_display(), "moment": moment_long(held.until)}


def _given(held: RoleHeld) -> str:
    if held.given_by is None:
        return _("%(moment)s, by the installation") % {"moment": moment_long(held.since)}
    return _("%(moment)s, by %(person)s") % {"moment": moment_long(held.since), "person": held.given_by}
