"""Let somebody sign in and act for a party."""

from __future__ import annotations

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.network.actions import give_role
from schakel.network.models import Party, Role
from schakel.trail.actors import Actor


class Command(BaseCommand):
    """``schakel give_role EMAIL NAME PARTY ROLE``."""

    help = "Let somebody sign in by password and act for a party in a role."
    group = "administration"

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, for whom, as what."""
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("party", help="slug of the party, such as impuls-zeeland")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--password", help="asked for where it is left out, so that no history keeps it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Give the role, and say so."""
        party = Party.objects.filter(slug=options["party"]).first()
        if party is None:
            known = ", ".join(Party.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no party called {options['party']}; known are: {known}.", returncode=2)
        held = give_role(
            actor=Actor(party=None, process="command line"),
            email=options["email"],
            name=options["name"],
            party=party,
            role=options["role"],
            password=options["password"] or getpass.getpass("Password: "),
        )
        self.stdout.write(f"{held.person.email} is {held.role} at {party.name}")
