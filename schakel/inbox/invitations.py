"""Sending invitations: each with a fresh link, which is written in the mail and nowhere else.

An invitation is held while it is sent, and its link counts from the same transaction. Where the worker dies between the
server's yes and that commit, the mail that went out opens nothing, and another follows.
"""

from __future__ import annotations

import smtplib
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from schakel.inbox.letters import address_of
from schakel.inbox.sending import PAUSES, answer_of, can_send, is_permanent
from schakel.network.models import Role
from schakel.sharing.acting import acting
from schakel.sharing.models import Invitation
from schakel.sharing.people.inviting import next_to_send, with_link
from schakel.trail.actors import Actor

_ERROR_LENGTH = 500
_TRIED = ("digest", "sent_at", "attempts", "next_try_at", "last_error")


def send_invitations(party: int) -> int:
    """Send the invitations of a party that are due; returns how many went out."""
    sent = 0
    while can_send() and (invitation := _send_next(party)) is not None:
        sent += invitation.sent_at is not None
    return sent


def _send_next(party: int) -> Invitation | None:
    """Try the invitation that is due longest; None where there is none."""
    with acting(Actor(party=party, process="worker")):
        invitation = next_to_send()
        if invitation is not None:
            _try(invitation)
            invitation.save(update_fields=_TRIED)
        return invitation


def _try(invitation: Invitation) -> None:
    before = invitation.digest
    message = _message(invitation, address_of(with_link(invitation)))
    try:
        message.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
        code, said = answer_of(error)
        _put_off(invitation, said, for_good=is_permanent(code))
        invitation.digest = before
    except (OSError, smtplib.SMTPException, ValueError) as error:
        _put_off(invitation, str(error), for_good=isinstance(error, ValueError))
        invitation.digest = before
    else:
        invitation.sent_at, invitation.next_try_at, invitation.last_error = timezone.now(), None, ""


def _put_off(invitation: Invitation, said: str, *, for_good: bool) -> None:
    """Try later, each time after a longer pause; what is refused for good waits for the administrator."""
    invitation.attempts += 1
    invitation.last_error = said[:_ERROR_LENGTH]
    given_up = for_good or invitation.attempts > len(PAUSES)
    invitation.next_try_at = None if given_up else timezone.now() + PAUSES[invitation.attempts - 1]


def _message(invitation: Invitation, link: str) -> EmailMultiAlternatives:
    with translation.override(invitation.language):
        context = {
            "language": invitation.language,
            "invitation": invitation,
            "roles": ", ".join(str(Role(role).label) for role in invitation.roles),
            "link": link,
            "site": settings.SITE_URL,
        }
        message = EmailMultiAlternatives(
            subject=_("%(party)s invites you to Schakel") % {"party": invitation.party},
            body=render_to_string("inbox/mail/invitation.txt", context),
            to=[formataddr((invitation.name, invitation.email))],
            headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: no automatic answers, please
            connection=get_connection(),
        )
        message.attach_alternative(render_to_string("inbox/mail/invitation.html", context), "text/html")
    return message
