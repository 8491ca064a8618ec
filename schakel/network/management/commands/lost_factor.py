"""Let somebody who lost their second factor set up another."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.network.models import Person
from schakel.network.signing.losing import forget_factors
from schakel.trail.actors import Actor


class Command(BaseCommand):
    """``schakel lost_factor EMAIL``."""

    help = "Take away a person's second factors and sessions, after you made sure that it is they who ask."
    group = "administration"

    def add_arguments(self, parser: CommandParser) -> None:
        """Who."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take them away, and say how many there were."""
        person = Person.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError(f"Nobody signs in with {options['email']}.", returncode=2)
        factors = forget_factors(person, actor=Actor(party=None, process="command line"))
        self.stdout.write(f"{person.email} had {factors} and signs in by password alone, to set up another at once")
