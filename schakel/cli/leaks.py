"""`schakel check --leaks`: the leak test on a copy of this network, in a server of its own that is thrown away after.

The network itself is read once, for the backup that the copy is made from, and never written.
"""

from __future__ import annotations

import csv
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import django

from schakel.cli.apart import installation_apart
from schakel.cli.command import Exit, Installation
from schakel.cli.commands import backup, restore
from schakel.cli.database import reachable_database
from schakel.cli.environments import process_environment
from schakel.cli.erasing_again import VARIABLE, place_of_list

if TYPE_CHECKING:
    from schakel.leaking.checking import Looked

_SHOWN = 200  # findings; the file of --asked has them all


def configure(parser: ArgumentParser) -> None:
    """Declare the words of the look."""
    group = parser.add_argument_group("with --leaks")
    group.add_argument("--backup", type=Path, help="look in this backup, not in one that is made now")
    group.add_argument("--asked", type=Path, metavar="CSV", help="write every address that was asked as whom there")
    group.add_argument("--addresses", type=int, default=1, help="so many addresses of each route as each person (1)")


def look_for_leaks(words: Namespace, installation: Installation) -> int:
    """Copy the network, look in the copy, and say what is wrong; exit code 1 where anything is. Raises Refused."""
    with TemporaryDirectory(prefix="schakel-leaks-") as folder:
        archive = words.backup or Path(folder) / "copy.tar"
        if words.backup is None:
            backup.run(Namespace(file=archive, base=False), installation)
        copy = _copy(Path(folder) / "var", installation)
        restore.run(Namespace(file=archive, replace=False, archive=None, until=None), copy)
        with reachable_database(copy):
            looked = _looked(words, copy)
    return _told(looked, words.asked)


def _copy(var: Path, installation: Installation) -> Installation:
    """An installation with a server of its own; who was erased is erased in it too."""
    copy = installation_apart(var, installation, temporary=True)
    return replace(copy, environ={**copy.environ, VARIABLE: str(place_of_list(installation))})


@contextmanager
def _as_process(copy: Installation) -> Iterator[None]:
    """This process as one of the copy, that signs in as the owner of its tables."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(process_environment("owner", environ=copy.environ, var=copy.var))
    os.environ["SCHAKEL_LOG_LEVEL"] = "CRITICAL"  # thousands are refused here
    try:
        django.setup()
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _looked(words: Namespace, copy: Installation) -> Looked:
    with _as_process(copy):
        from django.db import connections  # noqa: PLC0415 - Django is set up by now, and not before

        from schakel.leaking.checking import Sizes, look  # noqa: PLC0415

        try:
            return look(Sizes(addresses=words.addresses), say=lambda text: sys.stderr.write(f"{text}\n"))
        finally:
            connections.close_all()


def _told(looked: Looked, asked: Path | None) -> int:
    """Say how much was asked as whom, and every finding."""
    for viewer, number in sorted(looked.by_viewer().items()):
        answered = sum(one.viewer == viewer and one.status == 200 for one in looked.asked)
        sys.stdout.write(f"{viewer}: {number} addresses, {answered} shown\n")
    for finding in looked.findings[:_SHOWN]:
        sys.stdout.write(f"- {finding}\n")
    if len(looked.findings) > _SHOWN:
        sys.stdout.write(f"- and {len(looked.findings) - _SHOWN} more\n")
    if asked is not None:
        _written(looked, asked)
    leaks = len(looked.findings) - len(looked.refused)
    sys.stdout.write(
        f"{len(looked.asked)} addresses as {len(looked.by_viewer())} kinds of people, {looked.marks} marks: "
        f"{leaks} leaks or faults, {len(looked.refused)} wrongful refusals.\n"
    )
    return Exit.FINDINGS if looked.findings else Exit.DONE


def _written(looked: Looked, asked: Path) -> None:
    with asked.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("as", "route", "address", "status"))
        lines.writerows((one.viewer, one.route, one.address, one.status) for one in looked.asked)
