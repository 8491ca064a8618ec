"""Make anew what is found while somebody types an organisation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from schakel.network.models import Party
from schakel.register.actions import know
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.actors import Actor


class Command(BaseCommand):
    """``schakel known``."""

    help = "Bring up to date which organisations are pointed out while somebody types one."
    group = "administration"

    def handle(self, *args: Any, **options: Any) -> None:
        """Party by party, with the worker's rights."""
        made = 0
        with database_role(WORKER):
            for party in Party.objects.all():
                made += know(actor=Actor(party=party.pk, process="command line"))
        self.stdout.write(f"Organisations that are found while typing are up to date; {made} were new or changed.")
