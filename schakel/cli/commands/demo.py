"""`schakel demo`: the demonstration network, loaded once, and the site on it."""

from __future__ import annotations

import subprocess
import sys
from argparse import Namespace

from schakel.cli.command import Command, Exit, Installation
from schakel.cli.commands.up import configure, keep_running
from schakel.cli.database import reachable_database
from schakel.cli.environments import process_environment
from schakel.cli.places import ROOT
from schakel.cli.refusals import Refused


def run(words: Namespace, installation: Installation) -> int:
    """Load the demonstration network where it is not there yet, then do as `schakel up`."""
    with reachable_database(
        var=installation.var, environ=installation.environ, settings=installation.server_settings
    ) as server:
        sign_ins = _load(installation)
        keep_running(words, installation, server, greeting=lambda: f"\n{sign_ins}\n")
    return Exit.DONE


def _load(installation: Installation) -> str:
    """Load the network, its progress on standard error; return what it prints: the sign-ins."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "load_demo"],
        check=False,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"SCHAKEL_LOG_LEVEL": "WARNING"}
        | process_environment("owner", environ=installation.environ, var=installation.var),
    )
    if done.returncode < 0:
        raise KeyboardInterrupt
    if done.returncode != 0:
        raise Refused("the demonstration network could not be loaded; the lines above say why.")
    return done.stdout.strip()


COMMAND = Command(
    "demo", "starting", "Start the demonstration network: nine invented agencies, four years", run, configure
)
