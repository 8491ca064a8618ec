"""Taking away what is past its period, or only saying what is: ``schakel retention``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.privacy.processing_register import period
from schakel.privacy.retaining import past_their_period, retain_all
from schakel.privacy.retention import RetentionError
from schakel.sharing.roles import WORKER, database_role


class Command(BaseCommand):
    """``schakel retention [--dry-run]``: what the nightly round does, now."""

    help = "Take away what is kept no longer than its period; with --dry-run only say what that is."
    group = "administration"

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether anything is taken away."""
        parser.add_argument("--dry-run", action="store_true", help="only say what is past its period")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say of each kind and party what was done; exit code 2 for periods that cannot be read."""
        try:
            with database_role(WORKER):
                told = past_their_period if options["dry_run"] else retain_all
                found = list(told(process="command line"))
        except RetentionError as error:
            raise CommandError(str(error), returncode=2) from error
        for due in found:
            done = "is past it" if due.gone is None else "taken away"
            count = len(due.ids) if due.gone is None else due.gone
            self.stdout.write(f"{due.party.slug}: {due.kept.title.en}, kept {period(due.days)}: {count} {done}")
        self.stdout.write(f"{len(found)} kinds past their period." if found else "Nothing is past its period.")
