"""Forms of signing in."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """E-mail address and password."""

    def __init__(self, request: HttpRequest | None = None, **kwargs: object) -> None:
        super().__init__(request, **kwargs)
        self.fields["username"].label = _("E-mail address")
