"""Sending letters over SMTP, each once as far as SMTP allows.

A letter is locked while it is sent and says so in the same transaction. Only where the worker dies between the
server's yes and that commit does it go out again, with the same Message-ID, by which mail programs know it.

What the server says of a letter (a recipient it does not know) is the letter's; what it says of us (it is away, it
refuses our password or sender) is not: then the round ends, and no letter is given up for it before its last pause.
"""

from __future__ import annotations

import datetime as dt
import smtplib
from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import reverse
from django.utils import timezone

from schakel.inbox.letters import address_of
from schakel.inbox.models import Letter, LetterState
from schakel.network.queries import working_at
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor

# Growing pauses up to a day, for nearly five days in all, as RFC 5321 (4.5.4.1) asks of who sends mail.
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440, 1440, 1440))
_PERMANENT = 500
_ERROR_LENGTH = 500


def can_send() -> bool:
    """Whether the administrator has said where mail goes out."""
    return bool(settings.EMAIL_HOST)


class Round:
    """Sends what is due, party by party, over one connection; ``away`` where the server could not be used."""

    def __init__(self) -> None:
        self._server = get_connection()
        self.away = False

    def send(self, party: int) -> int:
        """Send the letters of a party that are due; returns how many went out."""
        sent = 0
        while can_send() and not self.away and (letter := self._send_next(party)) is not None:
            sent += letter.state == LetterState.SENT
        return sent

    def close(self) -> None:
        """Let go of the server."""
        try:
            self._server.close()
        except (OSError, smtplib.SMTPException):
            self.away = True  # it left before us; nothing was lost by that

    def _send_next(self, party: int) -> Letter | None:
        """Try the letter that is due longest; None where there is none."""
        with acting(Actor(party=party, process="worker")):
            letter = _next_due(party)
            if letter is not None:
                self._try(letter)
                letter.save()
            return letter

    def _try(self, letter: Letter) -> None:
        if _is_needless(letter):
            letter.state = LetterState.NEEDLESS
            return
        try:
            self._server.open()
        except (OSError, smtplib.SMTPException) as error:
            self._put_off_for_the_server(letter, error)
            return
        try:
            self._server.send_messages([_message(letter)])
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            _refused(letter, error)
        except (smtplib.SMTPNotSupportedError, ValueError) as error:  # an address or title that no mail can hold
            _give_up(letter, str(error))
        except (OSError, smtplib.SMTPException) as error:
            self._put_off_for_the_server(letter, error)
        else:
            letter.state, letter.sent_at, letter.last_error = LetterState.SENT, timezone.now(), ""

    def _put_off_for_the_server(self, letter: Letter, error: Exception) -> None:
        self.close()
        self.away = True
        _put_off(letter, str(error))


def _next_due(party: int) -> Letter | None:
    due = Letter.objects.filter(owner_id=party, state=LetterState.WAITING, next_try_at__lte=timezone.now())
    due = due.select_related("content", "item", "person").order_by("next_try_at", "pk")
    return due.select_for_update(skip_locked=True, of=("self",)).first()


def _is_needless(letter: Letter) -> bool:
    """Whether what it tells of is done, or its reader no longer works for whom it tells of."""
    if letter.item and letter.item.done_at:
        return True
    return not working_at(letter.owner_id).filter(person_id=letter.person_id).exists()


def _message(letter: Letter) -> EmailMultiAlternatives:
    """The mail as it goes out; the same each time it is tried."""
    message = EmailMultiAlternatives(
        subject=letter.content.subject,
        body=letter.content.text,
        to=[formataddr((letter.person.name, letter.address))],
        headers={
            "Message-ID": letter.message_id,
            "Date": format_datetime(letter.made_at),
            "Auto-Submitted": "auto-generated",  # RFC 3834: no automatic answers, please
            "List-Unsubscribe": f"<{address_of(reverse('inbox-preferences'))}>",  # RFC 2369
        },
    )
    message.attach_alternative(letter.content.html, "text/html")
    return message


def _refused(letter: Letter, error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> None:
    """The server would not have this letter: for good (5xx), or for now (4xx)."""
    code, said = answer_of(error)
    if is_permanent(code):
        _give_up(letter, said)
    else:
        _put_off(letter, said)


def _give_up(letter: Letter, said: str) -> None:
    """It waits for a person from now on."""
    letter.attempts += 1
    letter.state, letter.last_error = LetterState.FAILED, said[:_ERROR_LENGTH]


def is_permanent(code: int) -> bool:
    """Whether a mail server refuses for good, and not only for now."""
    return code >= _PERMANENT


def answer_of(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> tuple[int, str]:
    """The code with which a mail server refused a message, and what it said."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answer: tuple[int, bytes | str] = next(iter(error.recipients.values()))
    else:
        answer = (error.smtp_code, error.smtp_error)
    code, said = answer
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return code, f"{code} {words}"[:_ERROR_LENGTH]


def _put_off(letter: Letter, said: str) -> None:
    """Try later, each time after a longer pause; after the last pause give up."""
    letter.last_error = said[:_ERROR_LENGTH]
    letter.attempts += 1
    if letter.attempts > len(PAUSES):
        letter.state = LetterState.FAILED
    else:
        letter.next_try_at = timezone.now() + PAUSES[letter.attempts - 1]
