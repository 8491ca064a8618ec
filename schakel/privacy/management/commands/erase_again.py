"""Erasing again, after a restore, whom the list beside the backups names: ``schakel erase-again``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schakel.privacy.actions import erase_again


class Command(BaseCommand):
    """``schakel erase-again``: `schakel restore` does it; by hand where that was broken off."""

    help = "Erase again whom the list of erasures names and this database does not yet know as erased."
    group = "administration"

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, each person in a transaction of its own; exit code 2 for a list that cannot be read."""
        try:
            done = erase_again(process="command line")
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        rows = sum(count for one in done for count in one.done.values())
        self.stdout.write(f"{len(done)} people erased again, in {rows} rows.")
