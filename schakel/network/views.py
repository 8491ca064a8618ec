"""Signing in by local password, signing out, and choosing for whom one acts."""

from __future__ import annotations

from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from schakel.network.forms import SignInForm
from schakel.network.models import Person, RoleHeld
from schakel.network.queries import SESSION_KEY, roles_of
from schakel.trail.actions import note
from schakel.trail.actors import Actor


class SignIn(auth_views.LoginView):
    """The sign-in page."""

    template_name = "network/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, and write it down."""
        response = super().form_valid(form)
        person = form.get_user()
        note(actor=Actor(party=None, person=person.pk), verb="signed in", kind="person", objects=[person.pk])
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show what is wrong, and write down that somebody tried; not whom they tried to be."""
        note(actor=Actor(party=None), verb="failed to sign in", kind="person")
        return super().form_invalid(form)


class SignOut(auth_views.LogoutView):
    """Sign out; only by POST."""


@require_POST
def act_as(request: HttpRequest) -> HttpResponseBase:
    """Act in another role that the person holds, and go back to the page they came from."""
    person = request.user
    if isinstance(person, Person):
        asked = request.POST.get("role", "")
        held: RoleHeld | None = next((role for role in roles_of(person.pk) if str(role.pk) == asked), None)
        if held is not None:
            request.session[SESSION_KEY] = held.pk
            actor = Actor(party=None, person=person.pk)
            note(actor=actor, verb="acts as", kind="party", objects=[held.party_id], role=held.role)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe and back.startswith("/") else "/")
