"""Deliver files for an agency and a year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.intake.actions import DeliveryRefused, confirm_mapping, settle_vanished
from schakel.intake.delivering import Delivered, deliver
from schakel.intake.mapping import MappingError
from schakel.intake.saying import say
from schakel.network.models import Party
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.actors import Actor


class Command(BaseCommand):
    """``schakel deliver AGENCY YEAR PATH...``."""

    help = "Deliver files or a folder for an agency and a year: read, check, accept. Findings go to standard error."
    group = "delivering"

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, for when, what, and how it is to be read."""
        parser.add_argument("agency", help="slug of the agency, such as impuls-zeeland")
        parser.add_argument("year", type=int)
        parser.add_argument("paths", nargs="+", type=Path, metavar="path")
        parser.add_argument("--mapping", type=Path, help="a mapping (TOML) to confirm and read by, now and from now on")
        parser.add_argument("--check-only", action="store_true", help="say what is found and accept nothing")
        parser.add_argument("--withdraw-vanished", metavar="REASON", help="withdraw what is no longer delivered")
        parser.add_argument("--language", choices=["nl", "en"], default="nl", help="language of the findings")

    def handle(self, *args: Any, **options: Any) -> None:
        """Deliver; ends with exit code 1 where findings need a person."""
        try:
            with database_role(WORKER):
                done = self._deliver(options)
        except (DeliveryRefused, MappingError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        self._say(done, options["language"])

    def _deliver(self, options: dict[str, Any]) -> Delivered:
        party = Party.objects.filter(slug=options["agency"]).first()
        if party is None:
            known = ", ".join(Party.objects.values_list("slug", flat=True))
            raise DeliveryRefused(f"There is no party called {options['agency']}; known are: {known}.")
        actor = Actor(party=party.pk, process="command line")
        if options["mapping"]:
            confirm_mapping(actor=actor, text=options["mapping"].read_text(encoding="utf-8"))
        done = deliver(
            actor=actor,
            party=party,
            period=options["year"],
            paths=options["paths"],
            accept=not options["check_only"],
        )
        if reason := options["withdraw_vanished"]:
            count = settle_vanished(actor=actor, period=options["year"], withdraw=True, reason=reason)
            self.stdout.write(f"Withdrew {count} records that are no longer delivered.")
        return done

    def _say(self, done: Delivered, language: str) -> None:
        if done.examination is None:
            self.stdout.write(f"This is delivery {done.delivery.pk}, which stands already: its rows are as they were.")
            return
        findings = done.examination.findings if done.examination else ()
        for line in say(findings, language):
            self.stderr.write(line)
        read = sum(w.new + w.changed + w.unchanged for w in done.written)
        refused = sum(w.refused for w in done.written)
        state = f"accepted {read} rows, refused {refused}" if done.written else "not accepted"
        self.stdout.write(f"Delivery {done.delivery.pk}: {state}, {len(findings)} findings.")
        if any(found.severity == "error" for found in findings):
            raise SystemExit(1)
