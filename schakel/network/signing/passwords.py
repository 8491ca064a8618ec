"""Passwords: choosing another one, and a letter for who lost theirs.

Invariant: asking for a letter says and costs the same whether or not somebody has the address: the worker finds out,
after the answer was given.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from schakel.network.jobs import write_change_letter, write_password_letter
from schakel.network.models import Person
from schakel.network.signing.browsers import network_of, remember
from schakel.network.signing.changing import changed
from schakel.network.signing.codes import counted, was_stopped
from schakel.network.signing.counters import Counter, Stopped, count, digest, folded
from schakel.network.signing.pauses import LETTERS, NETWORK
from schakel.network.signing.views import TOO_MANY
from schakel.network.signing.writing import told


class ChangePasswordForm(PasswordChangeForm):
    """The old password, and the new one twice."""

    def clean_old_password(self) -> str:
        """The old password, where it is right."""
        return counted(self.user, super().clean_old_password)

    def save(self, commit: bool = True) -> Person:
        """Keep the new one."""
        person: Person = self.user
        get_adapter().set_password(person, self.cleaned_data["new_password1"])
        return person


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """A new password, twice."""

    def save(self, commit: bool = True) -> Person:
        """Keep it."""
        person: Person = self.user
        get_adapter().set_password(person, self.cleaned_data["new_password1"])
        return person


class AddressForm(forms.Form):
    """Where the letter goes."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class ChangePassword(auth_views.PasswordChangeView):
    """Choose another password; all other sessions end."""

    template_name = "network/signing/change_password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Keep it, and go on in this session under another number."""
        changed(self.request)
        before = self.request.session.session_key
        response: HttpResponse = super().form_valid(form)
        UserSession.objects.filter(session_key=before).update(session_key=self.request.session.session_key)
        told(form.user, "changed password")
        messages.success(self.request, _("Your password is changed. You are signed out everywhere else."))
        return response

    def form_invalid(self, form: PasswordChangeForm) -> HttpResponse:
        """Show what is wrong."""
        response = super().form_invalid(form)
        if was_stopped(form):
            response.status_code = TOO_MANY
        return response


@method_decorator(never_cache, name="dispatch")
class AskPassword(FormView):  # type: ignore[type-arg]
    """Ask for a letter with which to choose a new password."""

    template_name = "network/signing/ask_password.html"
    form_class = AddressForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's own
        """Whether letters go out from here at all."""
        return super().get_context_data(**kwargs) | {"can_send": bool(settings.EMAIL_HOST)}

    def form_valid(self, form: AddressForm) -> HttpResponse:
        """Have the letter written, if there is whom to write to; the answer is the same."""
        address = form.cleaned_data["email"]
        outcome = count(
            [
                Counter("letters", digest("letters", folded(address)), LETTERS),
                Counter("network", digest("letters from", network_of(self.request)), NETWORK),
            ]
        )
        if isinstance(outcome, Stopped):
            known = self.get_context_data(form=form, minutes=-(-outcome.seconds // 60), stopped=outcome)
            return self.render_to_response(known, status=TOO_MANY)
        person = Person.objects.filter(email__iexact=address).values_list("pk", flat=True).first()
        write_password_letter.defer(person=person or 0)
        return self.render_to_response(self.get_context_data(form=form, asked=True))


class NewPassword(auth_views.PasswordResetConfirmView):
    """Choose a new password, by the link of a letter. The browser is known from then on."""

    template_name = "network/signing/new_password.html"
    form_class = NewPasswordForm

    @transaction.atomic
    def form_valid(self, form: SetPasswordForm) -> HttpResponse:  # type: ignore[type-arg]
        """Keep it, end all sessions, and go on to signing in."""
        person = form.user
        super().form_valid(form)
        for session in UserSession.objects.filter(user=person):
            session.end()
        told(person, "chose a new password by letter")
        write_change_letter.defer(person=person.pk)
        messages.success(self.request, _("Your new password is kept. Sign in with it."))
        response = HttpResponseRedirect(reverse("network:sign-in"))
        remember(self.request, response, person.email)
        return response

    def get_success_url(self) -> str:
        """Where a new password is first used."""
        return reverse("network:sign-in")
