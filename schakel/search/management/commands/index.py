"""Make the search index anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.network.models import Party
from schakel.search.actions import index_all
from schakel.sharing.roles import WORKER, database_role


class Command(BaseCommand):
    """``schakel index [PARTY]``."""

    help = "Bring the search index up to date with all records, of one party or of all."
    group = "administration"

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("party", nargs="?", help="slug of the party, such as impuls-zeeland; all if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Index with the worker's rights, party by party, and say what changed."""
        chosen = Party.objects.filter(slug=options["party"]) if options["party"] else Party.objects.all()
        if not chosen:
            known = ", ".join(Party.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no party called {options['party']}; known are: {known}.", returncode=2)
        with database_role(WORKER):
            for party, done in index_all(process="command line", parties=chosen):
                self.stderr.write(f"{party.name}: {done.written} entries written, {done.dropped} taken out")
        self.stdout.write("The search index is up to date.")
