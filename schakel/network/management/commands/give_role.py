"""Let somebody sign in and act for a party."""

from __future__ import annotations

import datetime as dt
import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.network.actions import give_role
from schakel.network.models import Party, PartyKind, Role
from schakel.network.queries import end_of
from schakel.network.roles import ROLES_AT, can_be_held
from schakel.trail.actors import Actor


class Command(BaseCommand):
    """``schakel give_role EMAIL NAME PARTY ROLE [--until DAY]``."""

    help = "Let somebody sign in by password and act for a party in a role."
    group = "administration"

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, for whom, as what."""
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("party", help="slug of the party, such as impuls-zeeland")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--until", type=dt.date.fromisoformat, help="last day, as 2027-06-30; an auditor needs one")
        parser.add_argument("--password", help="asked for where it is left out, so that no history keeps it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Give the role, and say so."""
        party = Party.objects.filter(slug=options["party"]).first()
        if party is None:
            known = ", ".join(Party.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no party called {options['party']}; known are: {known}.", returncode=2)
        self._must_fit(party, options["role"], options["until"])
        held = give_role(
            actor=Actor(party=None, process="command line"),
            email=options["email"],
            name=options["name"],
            party=party,
            role=options["role"],
            password=options["password"] or getpass.getpass("Password: "),
            until=end_of(options["until"]) if options["until"] else None,
        )
        self.stdout.write(f"{held.person.email} is {held.role} at {party.name}")

    def _must_fit(self, party: Party, role: str, until: dt.date | None) -> None:
        """Raises CommandError for a role that cannot be held at a party, or not without an end."""
        if not can_be_held(role, party.kind):
            fitting = ", ".join(sorted(ROLES_AT[PartyKind(party.kind)]))
            raise CommandError(f"{role} cannot be held at {party.name}; what can is: {fitting}.", returncode=2)
        if role == Role.AUDITOR and until is None:
            raise CommandError("An auditor has the role for a time; say the last day with --until.", returncode=2)
