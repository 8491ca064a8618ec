"""`schakel rehearse OLD`: the upgrade to this version, tried on a copy of the installation in use."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from schakel.cli.command import Command, Exit, Installation
from schakel.cli.places import ROOT
from schakel.cli.rehearsing.copies import Version
from schakel.cli.rehearsing.rehearsal import Rehearsal, rehearse


def configure(parser: ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("old", type=Path, metavar="FOLDER", help="the working copy of the version that is in use")
    parser.add_argument("--folder", type=Path, help="where the copies stand meanwhile (the temporary folder)")
    parser.add_argument("--years", type=int, default=2, help="compare figures of so many of the newest years (2)")


def run(words: Namespace, installation: Installation) -> int:
    """Rehearse, take the copies away, and say whether the upgrade can go on and how long it takes."""
    old, new = Version.at(words.old), Version(ROOT)
    with tempfile.TemporaryDirectory(prefix="schakel-rehearsal-", dir=words.folder) as folder:
        done = rehearse(installation, old, new, Path(folder), years=words.years)
    for line in done.wrong:
        sys.stdout.write(f"- {line}\n")
    sys.stdout.write(f"{_outcome(done)}\n")
    return Exit.FINDINGS if done.wrong else Exit.DONE


def _outcome(done: Rehearsal) -> str:
    if done.wrong:
        return f"The upgrade should not go on: {len(done.wrong)} findings. What is in use is as it was."
    if not done.migrations:
        return "The upgrade can go on: no table changes, so it takes no longer than a start."
    slowest = f" (slowest {done.slowest})" if done.slowest else ""
    return (
        f"The upgrade can go on. Nobody can work for about {done.backing_up + done.migrating:.0f} s: "
        f"{done.backing_up:.0f} s for the backup, {done.migrating:.0f} s for {done.migrations} migrations{slowest}. "
        f"Going back takes about {done.going_back:.0f} s. What is in use is as it was."
    )


COMMAND = Command(
    "rehearse", "administration", "Try the upgrade to this version on a copy of the installation in use", run, configure
)
