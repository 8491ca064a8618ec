"""Show whether mail goes out and what could not be sent; try it again."""

from __future__ import annotations

import json
import smtplib
import sys
from argparse import ArgumentParser
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from schakel.inbox.actions import retry_letters
from schakel.inbox.models import Letter, LetterState
from schakel.inbox.queries import failed_letters
from schakel.inbox.sending import can_send
from schakel.trail.actors import Actor

_NO_SERVER = "No mail server is set (SCHAKEL_SMTP_HOST): letters are kept and not sent."


@dataclass(frozen=True, slots=True)
class FailedLetter:
    """A letter that could not be sent; never what it says."""

    number: int
    party: str
    address: str
    attempts: int
    error: str
    made: str


class Command(BaseCommand):
    """``schakel mail``: what waits and what failed; ``--retry 12 13`` or ``--retry all``; ``--try ADDRESS``."""

    group = "administration"
    help = "Show mail that waits or could not be sent; try it again"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's words."""
        parser.add_argument("--retry", nargs="+", metavar="NUMBER", help="try these failed letters again, or `all`")
        parser.add_argument("--try", dest="address", metavar="ADDRESS", help="send a message to this address now")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: object, **options: object) -> None:
        """Exit code 1 where letters wait for a person, 2 where a number is none or a message cannot be sent."""
        if options["address"]:
            self.stdout.write(_tried(str(options["address"])))
            return
        failed = _failed()
        wanted = options["retry"]
        if isinstance(wanted, list):
            count = retry_letters(actor=Actor(party=None, process="command line"), letters=_chosen(wanted, failed))
            self.stdout.write(f"{count} letters will be tried again.")
            return
        self.stdout.write(_as_json(failed) if options["json"] else _as_text(failed))
        if failed:
            sys.exit(1)


def _tried(address: str) -> str:
    """Send a message at once, past the queue. Raises CommandError with what the server said."""
    if not can_send():
        raise CommandError(_NO_SERVER, returncode=2)
    try:
        send_mail("Schakel", f"Mail of {settings.SITE_URL} arrives here.", None, [address])
    except (OSError, smtplib.SMTPException) as error:
        where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        raise CommandError(f"{where} did not take the message: {error}", returncode=2) from error
    return f"{settings.EMAIL_HOST} took a message for {address}."


def _failed() -> list[FailedLetter]:
    return [
        FailedLetter(
            letter.pk, letter.owner.slug, letter.address, letter.attempts, letter.last_error, letter.made_at.isoformat()
        )
        for letter in failed_letters()
    ]


def _chosen(words: list[str], failed: list[FailedLetter]) -> list[int]:
    known = {letter.number for letter in failed}
    if words == ["all"]:
        return sorted(known)
    strange = [word for word in words if not word.isdecimal() or int(word) not in known]
    if strange:
        said = f"No failed letter has the number {', '.join(strange)}. `schakel mail` shows them."
        raise CommandError(said, returncode=2)
    return [int(word) for word in words]


def _counts() -> dict[str, int]:
    by_state = dict(Letter.objects.values_list("state").annotate(count=Count("pk")).order_by("state"))
    return {state.value: by_state.get(state.value, 0) for state in LetterState}


def _as_json(failed: list[FailedLetter]) -> str:
    lines = [asdict(letter) for letter in failed]
    return json.dumps({"server": settings.EMAIL_HOST, "letters": _counts(), "failed": lines}, indent=2)


def _as_text(failed: list[FailedLetter]) -> str:
    server = f"Mail goes out through {settings.EMAIL_HOST}:{settings.EMAIL_PORT}." if can_send() else _NO_SERVER
    counts = [f"{state:<10} {number:>8}" for state, number in _counts().items()]
    lines = [
        f"failed {one.number} to {one.address} ({one.party}), {one.attempts} attempts: {one.error}" for one in failed
    ]
    remedy = ["", "Try them again: schakel mail --retry NUMBER ... (or `all`)"] if failed else []
    return "\n".join([server, *counts, *([""] if lines else []), *lines, *remedy])
