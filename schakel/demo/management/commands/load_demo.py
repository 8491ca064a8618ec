"""Load the demonstration network and print its sign-ins."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from schakel.demo.loading import NotEmptyError, load, password, sign_ins


class Command(BaseCommand):
    """``schakel load_demo``: done once; a second time it only prints the sign-ins."""

    help = "Load the demonstration network where it is not there yet, and print its sign-ins."
    group = "administration"

    def handle(self, *args: Any, **options: Any) -> None:
        """Progress on standard error, sign-ins on standard output."""
        try:
            load(self.stderr.write)
        except NotEmptyError as error:
            raise CommandError(str(error), returncode=2) from error
        with override("en"):
            listed = list(sign_ins())
        width = max(len(email) for email, _what in listed)
        self.stdout.write("Sign in with one of these, all with the password " + password())
        for email, what in listed:
            self.stdout.write(f"  {email:<{width}}  {what}")
