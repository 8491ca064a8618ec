"""The pages of signing in."""

from __future__ import annotations

from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from schakel.network.forms import SignInForm
from schakel.network.signing.browsers import counters_for, remember
from schakel.network.signing.counters import Stopped, Taken, count
from schakel.trail.actions import note
from schakel.trail.actors import Actor

TOO_MANY = 429


@method_decorator([sensitive_post_parameters("password"), never_cache], name="dispatch")
class SignIn(auth_views.LoginView):
    """The sign-in page. A try is counted before it is looked at, and taken back where it was right."""

    template_name = "network/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    taken: Taken

    def post(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        """Look at the address and the password, unless there were too many tries."""
        outcome = count(counters_for(request, request.POST.get("username", "")))
        if isinstance(outcome, Stopped):
            return self._stopped(outcome)
        self.taken = outcome
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    @transaction.atomic
    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, and write it down."""
        self.taken.was_right()
        response = super().form_valid(form)
        person = form.get_user()
        remember(self.request, response, person.email)
        note(actor=Actor(party=None, person=person.pk), verb="signed in", kind="person", objects=[person.pk])
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show what is wrong, and write down that somebody tried; not whom they tried to be."""
        note(actor=Actor(party=None), verb="failed to sign in", kind="person")
        return super().form_invalid(form)

    def _stopped(self, outcome: Stopped) -> HttpResponse:
        form = self.authentication_form(self.request, initial={"username": self.request.POST.get("username", "")})
        return stopped_page(self.request, self.template_name, outcome, self.get_context_data(form=form))


class SignOut(auth_views.LogoutView):
    """Sign out; only by POST."""


def stopped_page(request: HttpRequest, template: str, outcome: Stopped, context: dict[str, object]) -> HttpResponse:
    """A page with its form, saying how long to wait and what else can be done."""
    minutes = -(-outcome.seconds // 60)
    response = render(request, template, context | {"stopped": outcome, "minutes": minutes}, status=TOO_MANY)
    response.headers["Retry-After"] = str(outcome.seconds)
    return response
