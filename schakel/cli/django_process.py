"""Running a command of Django in a process of its own, as one of the database roles."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from schakel.cli.environments import process_environment
from schakel.cli.places import ROOT


def run_in_process(
    *words: str, role: str, var: Path, environ: Mapping[str, str], tells: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run it to its end, whatever code it ends with; what it printed is with the answer.

    ``tells``: what it says on standard error is for whoever waits, and shown as it comes.
    """
    return subprocess.run(  # noqa: S603 - our own arguments
        [sys.executable, "-m", "django", *words],
        check=False,
        stdout=subprocess.PIPE,
        stderr=None if tells else subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=process_environment(role, environ=environ, var=var),
    )
