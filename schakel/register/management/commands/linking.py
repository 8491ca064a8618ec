"""Link a folder of lists to a register and to each other, without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.register.matching.backends import NAMES, BackendError, backend
from schakel.register.matching.files import LinkingError, link_folder


class Command(BaseCommand):
    """``schakel linking --data DIR --out FILE [--on duckdb|spark]``."""

    help = "Link the records in lists.parquet to each other and to register.parquet, and write who is who"
    group = "counting"
    of_files = "--data"

    def add_arguments(self, parser: CommandParser) -> None:
        """What is linked, and where the answers go."""
        parser.add_argument("--data", type=Path, required=True, help="folder with lists.parquet and register.parquet")
        parser.add_argument("--out", type=Path, default=Path("linking.csv"))
        parser.add_argument("--on", choices=NAMES, default=settings.MATCHING, help="where; the answers are the same")

    def handle(self, *args: Any, **options: Any) -> None:
        """Link, write, and say in one line what was done."""
        try:
            rows, found = link_folder(options["data"], backend(options["on"], master=settings.SPARK_MASTER))
        except (LinkingError, BackendError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        rows.write_csv(options["out"])
        anchored, asked = rows["register_kvk"].count(), (rows["decided"] == "person").sum()
        self.stdout.write(
            f"{rows.height} records, {rows['identity'].n_unique()} organisations, {anchored} records in the register, "
            f"{asked} to be asked of a person ({found.doubtful.height} questions). Wrote {options['out']}."
        )
