"""Closing a year, verifying closings and carrying them elsewhere: ``schakel close``."""

from __future__ import annotations

from argparse import SUPPRESS
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.figures.actions.closing import ClosingRefused, begin_closing, closing_failed, closing_made
from schakel.figures.closing import ClosingError
from schakel.figures.closing.carrying import as_folder, write_out, written
from schakel.figures.closing.fresh import verified_afresh
from schakel.figures.closing.kept import files_of
from schakel.figures.closing.making import close_year
from schakel.figures.closing.verifying import Report
from schakel.figures.models import Closing, ClosingState
from schakel.network.queries import secretariat
from schakel.register.actions import link_if_needed
from schakel.sharing.roles import COUNTER, LINKER, WORKER, database_role
from schakel.trail.actors import Actor

_USE = "use: schakel close YEAR [--reason WHY] | --verify [YEAR|PATH|all] | YEAR --export PATH"


class Command(BaseCommand):
    """``schakel close YEAR``, ``schakel close --verify WHAT``, ``schakel close YEAR --export PATH``."""

    help = "Close a year for good (YEAR), verify closings (--verify), or carry one elsewhere (--export)."
    group = "counting"
    of_files = "--verify"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which year, and what is to be done with it."""
        parser.add_argument("what", nargs="?", default="", metavar="YEAR", help="the year; or what is to be verified")
        parser.add_argument("path", nargs="?", type=Path, help=SUPPRESS)
        parser.add_argument("--reason", default="", help="why a year that was closed before is corrected")
        parser.add_argument(
            "--verify",
            action="store_true",
            help="verify the closings of a YEAR, a folder or zip file, or `all`, each in a process of its own",
        )
        parser.add_argument("--digest", default="", help="with --verify: the digest as it was made known")
        parser.add_argument("--export", action="store_true", help="write the closing of YEAR to PATH, a folder or .zip")
        parser.add_argument("--number", type=int, help="which closing of the year: 1 for the first (the newest)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is asked; exit code 1 where verifying finds differences, 2 for wrong use or a refusal."""
        try:
            if options["verify"]:
                self._verify(options)
            elif options["export"]:
                self._export(options)
            else:
                self._close(_year(options["what"]), options["reason"])
        except (ClosingError, ClosingRefused, OSError) as error:
            raise CommandError(str(error), returncode=2) from error

    def _close(self, year: int, reason: str) -> None:
        actor = Actor(party=secretariat().pk, process="command line")
        with database_role(WORKER):
            closing = begin_closing(actor=actor, period=year, reason=reason)
        try:
            with database_role(LINKER):
                link_if_needed()
            with database_role(COUNTER):
                made = close_year(closing.pk)
        except BaseException as error:
            with database_role(WORKER):
                closing_failed(actor=actor, closing_id=closing.pk, failure=str(error) or "broken off")
            raise
        with database_role(WORKER):
            closing_made(actor=actor, closing_id=closing.pk, digest=made.digest, manifest=made.manifest)
        self.stdout.write(f"Closed {year}, version {closing.version}: {made.digest}")

    def _export(self, options: dict[str, Any]) -> None:
        if options["path"] is None:
            raise CommandError(_USE, returncode=2)
        with database_role(COUNTER):
            closing = _closings(options["what"], options["number"])[-1]
            target = write_out(files_of(closing.pk), options["path"])
        self.stdout.write(f"Wrote closing {closing.version} of {closing.period} to {target}: {closing.digest}")

    def _verify(self, options: dict[str, Any]) -> None:
        checked = 0
        different = 0
        for name, said in _all_said(options):
            checked += 1
            different += bool(said.differences)
            self._say(name, said)
        self.stdout.write(f"{checked} closings verified, {different} not as they were closed.")
        if different:
            raise SystemExit(1)

    def _say(self, name: str, said: Report) -> None:
        self.stdout.write(f"{name}: {'differs' if said.differences else 'as it was closed'} ({said.digest})")
        for line in said.differences:
            self.stdout.write(f"  - {line}")
        for line in said.notes:
            self.stdout.write(f"  note: {line}")


def _all_said(options: dict[str, Any]) -> Iterator[tuple[str, Report]]:
    """What a fresh process says of each closing that is asked about."""
    what = options["what"] or "all"
    if not what.isdigit() and what != "all":
        with as_folder(Path(what)) as folder:
            yield what, verified_afresh(folder, options["digest"])
        return
    with database_role(COUNTER):
        for closing in _closings(what, options["number"]):
            with written(files_of(closing.pk)) as folder:
                yield f"{closing.period}, version {closing.version}", verified_afresh(folder, closing.digest)


def _closings(what: str, version: int | None) -> list[Closing]:
    """The closings of a year (or "all") that were made, the oldest first. Raises ClosingError where there are none."""
    found = Closing.objects.filter(state=ClosingState.MADE).order_by("period", "version")
    if what != "all":
        found = found.filter(period=_year(what))
    if version is not None:
        found = found.filter(version=version)
    if not found:
        raise ClosingError(f"there is no closing of {what}" if what != "all" else "no year was closed yet")
    return list(found)


def _year(what: str) -> int:
    if not what.isdigit():
        raise ClosingError(_USE)
    return int(what)
