"""Load a trade register from a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from schakel.register.actions import load_register
from schakel.register.facts.reading import FileRefused
from schakel.register.jobs import queue_linking
from schakel.trail.actors import Actor


class Command(BaseCommand):
    """``schakel register FILE --source NAME [--date DAY] [--changes] [--may-shrink]``."""

    help = "Load a trade register from a csv or parquet file; names that change are kept as former names."
    group = "administration"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, whose, of when, and whether it is all there is."""
        parser.add_argument("file", type=Path, help="a .csv or .parquet file with a header")
        parser.add_argument("--source", required=True, help="who published it, such as “KvK open data”")
        parser.add_argument("--date", type=dt.date.fromisoformat, help="the day it is of, as 2024-01-31; today")
        parser.add_argument("--changes", action="store_true", help="it holds changes only: what it lacks stays")
        parser.add_argument("--may-shrink", action="store_true", help="it may lack more than a tenth of what is known")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load in one transaction with the owner's rights, showing how far it is; Ctrl-C leaves all as it was."""
        progress = Progress(
            TextColumn("loading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        try:
            with progress, transaction.atomic():
                task = progress.add_task("loading", total=None)
                load = load_register(
                    actor=Actor(party=None, process="command line"),
                    path=options["file"],
                    source=options["source"],
                    reference_date=options["date"] or dt.date.today(),
                    whole=not options["changes"],
                    may_shrink=options["may_shrink"],
                    on_rows=lambda done, all_rows: progress.update(task, completed=done, total=all_rows),
                )
                if load is not None:
                    queue_linking()
        except (FileRefused, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        if load is None:
            self.stdout.write(f"{options['file'].name} was the last register to be loaded; nothing changed.")
            return
        self.stdout.write(
            f"{load.file}, {load.reference_date}: read {load.rows} rows; {load.added} new, {load.changed} changed, "
            f"{load.vanished} missing, {load.refused} refused."
        )
