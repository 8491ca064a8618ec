"""An installation apart from the one in use, for a copy of what that holds.

Invariant: nothing in its environment leads back to the installation that was copied: no database, no password of it, no
mail server, no archive. Keys that what was copied was written with are there, as files that go with the folder.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from schakel.cli.command import Installation

# Keys by which values were written, and what differs between machines; all else of Schakel's stays behind.
_TAKEN = {
    *(f"SCHAKEL_{key}{end}" for key in ("SECRET_KEY", "ERASURE_KEY", "FACTOR_KEY") for end in ("", "_FILE")),
    *("SCHAKEL_POSTGRES_BIN", "SCHAKEL_FOUR_EYES", "SCHAKEL_MATCHING", "SCHAKEL_SPARK_MASTER"),
}
_LEFT = {"DATABASE_URL", "PYTHONPATH", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE"}
_KEYS = ("django", "erasures")  # under secrets/


def installation_apart(folder: Path, installation: Installation, *, temporary: bool = False) -> Installation:
    """Make an empty installation in ``folder``, with the keys of ``installation``; ``temporary`` as there."""
    (folder / "secrets").mkdir(parents=True, mode=0o700)
    for key in _KEYS:
        if (installation.var / "secrets" / key).exists():
            shutil.copy2(installation.var / "secrets" / key, folder / "secrets" / key)
    taken = {
        name: value
        for name, value in installation.environ.items()
        if name in _TAKEN or not (name.startswith("SCHAKEL_") or name in _LEFT)
    }
    environ = {**taken, "SCHAKEL_VAR": str(folder), "SCHAKEL_LOG_LEVEL": "ERROR"}
    return Installation(folder, environ, temporary=temporary)
