"""Agencies join, leave and merge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from schakel.network.actions import MembershipRefused, join, leave
from schakel.network.models import Party, PartyKind
from schakel.sharing.members import close, merge
from schakel.trail.actors import Actor

_PROCESS = "command line"


class Command(BaseCommand):
    """``schakel member joins|leaves|merges|closes AGENCY ...``."""

    help = "Let an agency join the network, leave it or merge with another; what it had before stays as it was."
    group = "administration"

    def add_arguments(self, parser: CommandParser) -> None:
        """What happens, to which agency, from which day."""
        acts = parser.add_subparsers(dest="act", required=True)
        joins = acts.add_parser("joins", help="is a member from a day on")
        joins.add_argument("agency", help="as in addresses; a new one may be chosen")
        joins.add_argument("day", type=dt.date.fromisoformat)
        joins.add_argument("--name", required=True)
        joins.add_argument("--province", action="append", default=[], help="two letters; more than once for several")
        leaves = acts.add_parser("leaves", help="is no member any more from a day on")
        merges = acts.add_parser("merges", help="goes on in another from a day on; its people get their roles there")
        for part in (leaves, merges):
            part.add_argument("agency")
            part.add_argument("day", type=dt.date.fromisoformat)
        merges.add_argument("into")
        closes = acts.add_parser("closes", help="ends agreements, keys, mandates, invitations and roles, now")
        closes.add_argument("agency")
        closes.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what was done."""
        acts: dict[str, Callable[..., str]] = {
            "joins": self._joins,
            "leaves": self._leaves,
            "merges": self._merges,
            "closes": self._closes,
        }
        try:
            with transaction.atomic():
                self.stdout.write(acts[options["act"]](options))
        except MembershipRefused as refused:
            raise CommandError(str(refused), returncode=2) from refused

    def _joins(self, said: dict[str, Any]) -> str:
        made = join(
            actor=Actor(party=None, process=_PROCESS),
            slug=said["agency"],
            name=said["name"],
            provinces=said["province"],
            since=said["day"],
        )
        return f"{made.name} is a member from {said['day']}"

    def _leaves(self, said: dict[str, Any]) -> str:
        agency = _agency(said["agency"])
        leave(actor=Actor(party=None, process=_PROCESS), party=agency, until=said["day"])
        return f"{agency.name} is no member any more from {said['day']}"

    def _merges(self, said: dict[str, Any]) -> str:
        agency, into = _agency(said["agency"]), _agency(said["into"])
        given = merge(agency, into, until=said["day"], process=_PROCESS)
        return f"{agency.name} goes on in {into.name} from {said['day']}; {given} roles given there"

    def _closes(self, said: dict[str, Any]) -> str:
        agency = _agency(said["agency"])
        closed = close(agency, reason=said["reason"], process=_PROCESS)
        return (
            f"{agency.name} ended {closed.agreements} agreements, {closed.keys} keys, {closed.mandates} mandates,"
            f" {closed.invitations} invitations and {closed.roles} roles"
        )


def _agency(slug: str) -> Party:
    """Raises CommandError for a slug that is no agency's."""
    found = Party.objects.filter(slug=slug, kind=PartyKind.AGENCY).first()
    if found is None:
        raise CommandError(f"There is no agency called {slug}.", returncode=2)
    return found
