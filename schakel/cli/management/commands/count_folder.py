"""Count a folder of deliveries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.cli.counting_folder import FolderError, count_folder
from schakel.figures.exporting import write_figures
from schakel.intake.actions import DeliveryRefused
from schakel.intake.delivering import Delivered
from schakel.intake.mapping import MappingError
from schakel.intake.saying import say
from schakel.network.models import Party


class Command(BaseCommand):
    """``schakel count_folder DATA --year YEAR --out FILE``."""

    help = "Deliver a folder of deliveries, join them, and write the year's figures; meant for a throw-away database."
    group = "counting"

    def add_arguments(self, parser: CommandParser) -> None:
        """What to count, and where to."""
        parser.add_argument("data", type=Path, help="folder with deliveries/<agency>/, market.csv and register.csv")
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--out", type=Path, default=Path("figures.csv"))
        parser.add_argument("--mappings", type=Path, default=Path("tests/mappings"), help="folder with <agency>.toml")
        parser.add_argument("--language", choices=["nl", "en"], default="en", help="language of the findings")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count; findings go to standard error, the figures to the file."""
        self.language = options["language"]
        try:
            extract = count_folder(options["data"], year=options["year"], mappings=options["mappings"], tell=self._tell)
            write_figures(extract, year=options["year"], path=options["out"])
        except (FolderError, DeliveryRefused, MappingError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"Wrote {options['out']}.")

    def _tell(self, party: Party, done: Delivered) -> None:
        rows = sum(w.new + w.changed + w.unchanged for w in done.written)
        refused = sum(w.refused for w in done.written)
        self.stderr.write(f"{party.name}: {rows} rows accepted, {refused} refused")
        if done.examination is None:
            return
        if done.examination.proposed:
            self.stderr.write(f"  read by a proposal, to be confirmed: {', '.join(done.examination.proposed)}")
        for line in say(done.examination.findings, self.language):
            self.stderr.write(f"  {line}")
