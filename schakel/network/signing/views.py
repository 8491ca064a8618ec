"""The pages of signing in: address and password, then the second factor, or a passkey alone."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.views import ReauthenticateView
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django import forms
from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from schakel.network.forms import SignInForm
from schakel.network.models import Person
from schakel.network.signing.browsers import counters_for
from schakel.network.signing.codes import CodeAgainForm, CodeForm, PasswordAgainForm, was_stopped
from schakel.network.signing.counters import Stopped, Taken, count
from schakel.network.signing.middleware import ENDED
from schakel.network.signing.providers import known
from schakel.network.signing.writing import told
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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's own
        """With the organisations that sign in their own people, and why somebody was signed out."""
        ended = self.request.GET.get(ENDED) or getattr(self.request.session, "ended", "")
        limits = {"idle_minutes": settings.SESSION_IDLE // 60, "most_hours": settings.SESSION_COOKIE_AGE // 3600}
        return super().get_context_data(**kwargs) | {"providers": known(), "ended": ended} | limits

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
        """Go on to the second factor, or sign in where the person has none."""
        self.taken.was_right()
        login = Login(user=form.get_user(), redirect_url=self.get_success_url())
        response: HttpResponse = perform_password_login(self.request, {}, login)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show what is wrong, and write down that somebody tried; not whom they tried to be."""
        note(actor=Actor(party=None), verb="failed to sign in", kind="person")
        return super().form_invalid(form)

    def _stopped(self, outcome: Stopped) -> HttpResponse:
        form = self.authentication_form(self.request, initial={"username": self.request.POST.get("username", "")})
        said = {"form": form, "stopped": outcome, "minutes": -(-outcome.seconds // 60)}
        response = render(self.request, self.template_name, self.get_context_data(**said), status=TOO_MANY)
        response.headers["Retry-After"] = str(outcome.seconds)
        return response


class SignOut(auth_views.LogoutView):
    """Sign out; only by POST."""

    def post(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        """Sign out, and write it down."""
        if isinstance(request.user, Person):
            told(request.user, "signed out")
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


class SecondFactor(mfa.AuthenticateView):
    """The second step: a code of the app, a recovery code, or a passkey."""

    template_name = "network/signing/second_factor.html"
    form_class = CodeForm

    @transaction.atomic
    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Sign in."""
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show what is wrong."""
        return told_apart(form, super().form_invalid(form))


class PasskeySignIn(webauthn.LoginWebAuthnView):
    """Signing in by passkey alone: it asks for a finger, a face or a PIN, and so is two factors itself."""

    @transaction.atomic
    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Sign in."""
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Back to the page of signing in."""
        note(actor=Actor(party=None), verb="failed to sign in", kind="person", by="webauthn")
        response: HttpResponse = super().form_invalid(form)
        return response


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class PasswordAgain(ReauthenticateView):
    """The password once more, before something that matters."""

    template_name = "network/signing/again.html"
    form_class = PasswordAgainForm

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show what is wrong."""
        return told_apart(form, super().form_invalid(form))


class CodeAgain(mfa.ReauthenticateView):
    """A code once more, before something that matters."""

    template_name = "network/signing/again.html"
    form_class = CodeAgainForm

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show what is wrong."""
        return told_apart(form, super().form_invalid(form))


class PasskeyAgain(webauthn.ReauthenticateWebAuthnView):
    """A passkey once more, before something that matters."""

    template_name = "network/signing/again.html"


def told_apart(form: forms.Form, response: HttpResponse) -> HttpResponse:
    """The response, which says too where the form was not looked at after too many tries."""
    if was_stopped(form):
        response.status_code = TOO_MANY
    return response
