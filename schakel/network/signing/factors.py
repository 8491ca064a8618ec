"""A person's own ways to sign in: the app with codes, passkeys, recovery codes.

Invariant: whoever adds or takes away a factor ends all other sessions of theirs, and gets a letter about it.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from schakel.network.signing.changing import changed
from schakel.network.signing.codes import ActivateForm, AddKeyForm, was_stopped
from schakel.network.signing.roles import must_add_factor
from schakel.network.signing.views import TOO_MANY
from schakel.network.signing.writing import signed_in, told


class OwnAccess(mfa.IndexView):
    """What a person signs in with."""

    template_name = "network/signing/access.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's own
        """The factors, and whether one must be added before anything else opens."""
        known: dict[str, Any] = super().get_context_data(**kwargs)
        factors = known["authenticators"]
        return known | {
            "must_add": must_add_factor(signed_in(self.request)),
            "app": factors.get(Authenticator.Type.TOTP),
            "keys": factors.get(Authenticator.Type.WEBAUTHN, []),
            "recovery": factors.get(Authenticator.Type.RECOVERY_CODES),
        }


@method_decorator(never_cache, name="dispatch")
class AddApp(totp.ActivateTOTPView):
    """Let an app on a telephone make codes."""

    template_name = "network/signing/add_app.html"
    form_class = ActivateForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keep the secret, and say so."""
        response: HttpResponse = super().form_valid(form)
        told(signed_in(self.request), "added a factor", factor="totp")
        changed(self.request)
        messages.success(self.request, _("The app is set up. From now on it gives the code with which you sign in."))
        return response

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show what is wrong."""
        response: HttpResponse = super().form_invalid(form)
        if was_stopped(form):
            response.status_code = TOO_MANY
        return response


class RemoveApp(totp.DeactivateTOTPView):
    """Take the app away."""

    template_name = "network/signing/remove.html"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Take it away, and say so."""
        response: HttpResponse = super().form_valid(form)
        told(signed_in(self.request), "removed a factor", factor="totp")
        changed(self.request)
        messages.success(self.request, _("The app is taken away. Its codes no longer sign you in."))
        return response


class AddKey(webauthn.AddWebAuthnView):
    """Add a passkey: of a telephone, a computer or a security key."""

    template_name = "network/signing/add_key.html"
    form_class = AddKeyForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keep its public half, and say so."""
        response: HttpResponse = super().form_valid(form)
        told(signed_in(self.request), "added a factor", factor="webauthn")
        changed(self.request)
        messages.success(self.request, _("The passkey is added. You can sign in with it from now on."))
        return response


class RemoveKey(LoginRequiredMixin, webauthn.RemoveWebAuthnView):
    """Take a passkey away."""

    template_name = "network/signing/remove.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Take it away, and say so."""
        response: HttpResponse = super().form_valid(form)
        told(signed_in(self.request), "removed a factor", factor="webauthn")
        changed(self.request)
        messages.success(self.request, _("The passkey is taken away. It no longer signs you in."))
        return response


@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(recovery.ViewRecoveryCodesView):
    """The codes for who lost the rest, each good once."""

    template_name = "network/signing/recovery_codes.html"


class NewRecoveryCodes(recovery.GenerateRecoveryCodesView):
    """Other recovery codes, in the place of those that there were."""

    template_name = "network/signing/new_recovery_codes.html"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Make them, and say so."""
        response: HttpResponse = super().form_valid(form)
        told(signed_in(self.request), "made recovery codes")
        changed(self.request)
        return response
