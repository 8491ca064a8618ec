"""After a restore: who was erased since the backup does not come back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from schakel.cli.command import Installation
from schakel.cli.database import migrate, reachable_database
from schakel.cli.environments import process_environment
from schakel.cli.places import ROOT
from schakel.cli.refusals import Refused


def erase_again(installation: Installation) -> None:
    """Erase whom the list beside the backups names. Raises Refused."""
    usual = installation.var / "erasures" / "list.ndjson"
    if not Path(installation.environ.get("SCHAKEL_ERASURES", usual)).exists():
        return
    with reachable_database(
        var=installation.var, environ=installation.environ, settings=installation.server_settings
    ) as server:
        if server is None:
            migrate(var=installation.var, environ=installation.environ)
        done = subprocess.run(
            [sys.executable, "-m", "django", "erase_again"],
            check=False,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=process_environment("owner", environ=installation.environ, var=installation.var),
        )
    if done.returncode != 0:
        back = "who was erased is back in this database. Do not open it before `schakel erase-again` is done"
        raise Refused(f"{back}:\n{done.stderr.strip()}")
    sys.stdout.write(done.stdout)
