"""Taking the trail along and checking it: ``schakel trail``."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from schakel.trail.exporting import as_csv, as_ndjson, sealed_lines, verify

_USE = "use: schakel trail export PATH [--since DAY] [--until DAY] | schakel trail verify PATH"


class Command(BaseCommand):
    """``schakel trail export PATH`` writes all sealed lines, ``schakel trail verify PATH`` checks such a file."""

    help = "Write the trail with its seals to a file (export PATH), or check such a file (verify PATH)."
    group = "administration"
    of_files = "verify"

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, with which file."""
        parser.add_argument("what", choices=("export", "verify"))
        parser.add_argument("path", type=Path, metavar="PATH", help="a file that ends in .ndjson, or .csv to write")
        parser.add_argument("--since", type=_day, help="from this day on (2024-01-31)")
        parser.add_argument("--until", type=_day, help="up to and with this day")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is asked; exit code 1 where a seal does not follow, 2 for a file that cannot be read or written."""
        try:
            if options["what"] == "export":
                self._export(options["path"], options["since"], options["until"])
            else:
                self._verify(options["path"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{options['path']}: {error}", returncode=2) from error

    def _export(self, path: Path, since: dt.date | None, until: dt.date | None) -> None:
        after = None if until is None else until + dt.timedelta(days=1)
        lines = sealed_lines(transaction.atomic, since=_moment(since), until=_moment(after))
        write = as_csv if path.suffix == ".csv" else as_ndjson
        count = -1 if path.suffix == ".csv" else 0
        with path.open("w", encoding="utf-8", newline="") as file:
            for text in write(lines):
                file.write(text)
                count += 1
        self.stdout.write(f"Wrote {count} sealed lines to {path}.")

    def _verify(self, path: Path) -> None:
        found = verify(_read(path))
        if found.broken is not None:
            self.stdout.write(f"Seal {found.broken} does not follow from its line: line {found.lines} of {path}.")
            raise SystemExit(1)
        self.stdout.write(f"{found.lines} lines, each with the seal that follows from it; {found.gaps} gaps.")


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _moment(day: dt.date | None) -> dt.datetime | None:
    return None if day is None else timezone.make_aware(dt.datetime.combine(day, dt.time()))
