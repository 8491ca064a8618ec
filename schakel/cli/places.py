"""Where this installation keeps its things."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def var_directory(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the directory of everything that is written: ``SCHAKEL_VAR``, or ``var`` in the working copy."""
    return Path(environ.get("SCHAKEL_VAR") or ROOT / "var").absolute()
