"""The figures of a year as they stand now, for who runs the installation: published or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Extract, extract_of
from schakel.figures.counting.sheet import sheet
from schakel.figures.exporting import FormatError, table, write_figures
from schakel.figures.extracting import read_facts
from schakel.network.queries import agencies
from schakel.sharing.roles import COUNTER, database_role


class Command(BaseCommand):
    """``schakel figures YEAR [--out FILE]``."""

    help = "Count a year as it stands now and show its figures, or write them as csv, json or xlsx."
    group = "counting"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which year, in which language, and where to."""
        parser.add_argument("year", type=int)
        parser.add_argument("--out", type=Path, help="a file ending in .csv, .json or .xlsx; on the screen if left out")
        parser.add_argument("--language", choices=["nl", "en"], default="nl")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count with the counter's rights, from the records as they stand."""
        extract, names = _counted()
        if options["out"] is None:
            counted = sheet(extract, catalogue().values(), options["year"])
            Console().print(table(counted, names, options["language"]))
            return
        try:
            write_figures(extract, year=options["year"], path=options["out"], names=names)
        except (FormatError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"Wrote {options['out']}.")


def _counted() -> tuple[Extract, dict[str, str]]:
    with database_role(COUNTER):
        frames, meta = read_facts()
        return extract_of(frames, meta), {agency.slug: agency.name for agency in agencies()}
