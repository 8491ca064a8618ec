"""Choosing for whom one acts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from schakel.network.models import Person, RoleHeld
from schakel.network.queries import SESSION_KEY, roles_of
from schakel.trail.actions import note
from schakel.trail.actors import Actor


@require_POST
def act_as(request: HttpRequest) -> HttpResponseBase:
    """Act in another role that the person holds, and go back to the page they came from."""
    person = request.user
    if isinstance(person, Person):
        asked = request.POST.get("role", "")
        held: RoleHeld | None = next((role for role in roles_of(person.pk) if str(role.pk) == asked), None)
        if held is not None:
            request.session[SESSION_KEY] = held.pk
            actor, chosen = Actor(party=None, person=person.pk), held.party_id
            note(actor=actor, verb="acts as", kind="party", objects=[chosen], concerns=chosen, role=held.role)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe and back.startswith("/") else "/")
