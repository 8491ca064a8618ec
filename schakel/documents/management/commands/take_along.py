"""Write all that a party has to a file, however large."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from schakel.documents.taking_along import write
from schakel.network.models import Party
from schakel.sharing.acting import acting
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.actions import note
from schakel.trail.actors import Actor


class Command(BaseCommand):
    """``schakel take_along PARTY FILE``."""

    help = "Write all that a party has, in an open form, to a zip."
    group = "administration"

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and where to."""
        parser.add_argument("party", help="as in addresses: bom, oost-nl, ...")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, as the party itself could, and say so in the trail."""
        party, path = Party.objects.filter(slug=options["party"]).first(), options["file"]
        if party is None:
            raise CommandError(f"There is no party called {options['party']}.", returncode=2)
        if path.exists():
            raise CommandError(f"{path} is there already; nothing was written.", returncode=2)
        actor = Actor(party=party.pk, process="command line")
        try:
            with database_role(WORKER):
                write(party, path, actor=actor, moment=timezone.localtime().isoformat(timespec="seconds"))
                with acting(actor):
                    note(actor=actor, verb="exported", kind="package", objects=[], size=path.stat().st_size)
        except OSError as fault:
            raise CommandError(f"{path} cannot be written: {fault.strerror}.", returncode=1) from fault
        self.stdout.write(f"{party.name}: {path}, {path.stat().st_size / 1e6:.1f} MB")
