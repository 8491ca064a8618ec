"""Verifying in a fresh process, which is told where the files are and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import schakel
from schakel.figures.closing.manifest import ClosingError
from schakel.figures.closing.verifying import Report

_LET_THROUGH = ("PATH", "LANG", "TMPDIR", "HOME")
_PACKAGE = Path(schakel.__file__).parent.parent


def verified_afresh(folder: Path, digest: str = "") -> Report:
    """What a process without database, settings or environment finds of the closing in ``folder``.

    Raises ClosingError where it cannot say.
    """
    environ = {name: os.environ[name] for name in _LET_THROUGH if name in os.environ} | {"PYTHONPATH": str(_PACKAGE)}
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "schakel.figures.closing", str(folder.resolve()), *([digest] if digest else [])],
        capture_output=True,
        text=True,
        env=environ,
        cwd=folder,
        check=False,
    )
    if done.returncode not in {0, 1} or not done.stdout:
        raise ClosingError(f"{folder.name} could not be verified: {done.stderr.strip()[-500:]}")
    return _report(json.loads(done.stdout))


def _report(said: dict[str, Any]) -> Report:
    differences, notes = tuple(said.pop("differences")), tuple(said.pop("notes"))
    return Report(**said, differences=differences, notes=notes)
