"""Drawing a sample again, from a closing alone: ``schakel sample``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.figures.auditing.drawing import Draw, DrawError, Unit, digest_of, monetary, simple
from schakel.figures.auditing.population import frame_of
from schakel.figures.closing import ClosingError
from schakel.figures.closing.carrying import as_folder, read_folder
from schakel.figures.closing.kept import open_closing
from schakel.figures.closing.opening import Closed, opened
from schakel.figures.counting import CutError
from schakel.figures.models import Closing, ClosingState
from schakel.sharing.roles import COUNTER, database_role

_CUTS = ("province", "theme")


class Command(BaseCommand):
    """``schakel sample YEAR INDICATOR --seed WORD --size N``; with ``--from PATH`` of a closing without database."""

    help = "Draw a sample of the records behind a figure of a closing, by its seed; as an auditor's page does."
    group = "counting"
    of_files = "--from"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which figure of which closing, and how to draw."""
        parser.add_argument("year", type=int, help="the year of the closing; its newest version, unless said otherwise")
        parser.add_argument("indicator", help="as in the catalogue: invested_eur")
        parser.add_argument("--seed", required=True, help="any word or number")
        parser.add_argument("--size", type=int, required=True, help="how many records, or euros with --monetary")
        parser.add_argument("--monetary", action="store_true", help="give each euro an equal chance, not each record")
        parser.add_argument("--agency", action="append", help="the agencies under mandate (all); may be repeated")
        parser.add_argument("--column", help="the figure of this agency's column, not of the network")
        for name in _CUTS:
            parser.add_argument(f"--{name}", action="append", help=f"only this {name}; may be repeated")
        parser.add_argument("--number", type=int, help="which closing of the year (the newest)")
        parser.add_argument("--from", dest="path", type=Path, help="a closing as a folder or zip file; no database")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the sample as csv; exit code 2 for wrong use."""
        try:
            with _closing(options) as closed:
                frame = list(_frame(closed, options))
            drawn = (monetary if options["monetary"] else simple)(options["seed"], frame, options["size"])
        except (ClosingError, CutError, DrawError, OSError, KeyError) as error:
            raise CommandError(str(error), returncode=2) from error
        self._write(drawn)
        about = f"{len(drawn.items)} drawn from {len(frame)} records, SHA-256 {digest_of(frame)}"
        self.stderr.write(about if drawn.interval is None else f"{about}, interval {drawn.interval}")

    def _write(self, drawn: Draw) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(("position", "kind", "record", "agency", "amount", "hits"))
        for position, item in enumerate(drawn.items, start=1):
            unit = item.unit
            writer.writerow((position, unit.kind, unit.id, unit.agency, unit.amount, item.hits))


@contextmanager
def _closing(options: dict[str, Any]) -> Iterator[Closed]:
    if options["path"] is not None:
        with as_folder(options["path"]) as folder:
            yield opened(read_folder(folder))
        return
    with database_role(COUNTER):
        found = Closing.objects.filter(state=ClosingState.MADE, period=options["year"]).order_by("-version")
        if options["number"] is not None:
            found = found.filter(version=options["number"])
        closing = found.first()
        if closing is None:
            raise ClosingError(f"there is no such closing of {options['year']}")
        yield open_closing(closing.pk)


def _frame(closed: Closed, options: dict[str, Any]) -> Iterator[Unit]:
    """What stands behind the figure, of the agencies under mandate. Raises KeyError, CutError."""
    if options["indicator"] not in closed.indicators:
        raise KeyError(f"this closing has no indicator {options['indicator']}")
    filters: dict[str, list[str | int]] = {"year": [options["year"]]}
    filters |= {name: options[name] for name in _CUTS if options[name]}
    filters |= {"agency": [options["column"]]} if options["column"] else {}
    for kind, pk, amount, agency in dict.fromkeys(
        frame_of(closed.indicators[options["indicator"]], closed.extract, filters)
    ):
        if options["agency"] is None or agency in options["agency"]:
            yield Unit(kind, pk, amount, agency)
