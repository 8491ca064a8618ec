"""Letters about signing in. They are sent and not kept: the link of one opens an account."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from schakel.network.models import Person
from schakel.network.signing.writing import told


def send_password_letter(number: int) -> bool:
    """Send the person with this number the link, in their language; False where there is none to send.

    The link holds for ``settings.PASSWORD_RESET_TIMEOUT`` seconds, and for one new password. Raises what the mail
    server does.
    """
    person = Person.objects.filter(pk=number, is_active=True).first()
    if person is None or not settings.EMAIL_HOST:
        return False
    path = reverse(
        "network:new-password",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(person.pk)),
            "token": default_token_generator.make_token(person),
        },
    )
    with translation.override(person.language):
        known = {"name": person.name, "url": f"{settings.SITE_URL}{path}", "hours": _hours()}
        text = render_to_string("network/signing/mail/password.txt", known)
        send_mail(_("A new password for Schakel"), text, None, [person.email])
    told(person, "was sent a link for a password")
    return True


def send_change_letter(number: int) -> bool:
    """Tell the person with this number that how they sign in was changed; False where there is none to tell.

    Whoever did it without them finds out by this. Raises what the mail server does.
    """
    person = Person.objects.filter(pk=number, is_active=True).first()
    if person is None or not settings.EMAIL_HOST:
        return False
    with translation.override(person.language):
        known = {"name": person.name, "url": f"{settings.SITE_URL}{reverse('mfa_index')}"}
        text = render_to_string("network/signing/mail/changed.txt", known)
        send_mail(_("How you sign in to Schakel was changed"), text, None, [person.email])
    return True


def _hours() -> int:
    return settings.PASSWORD_RESET_TIMEOUT // 3600
