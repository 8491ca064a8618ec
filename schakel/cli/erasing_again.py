"""Who was erased does not come back: after a restore, and with a database that was put back by hand."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import psycopg

from schakel.cli.command import Installation
from schakel.cli.connections import connect
from schakel.cli.database import Behind, reachable_database
from schakel.cli.django_process import run_in_process
from schakel.cli.refusals import Refused
from schakel.cli.tables import migrate

VARIABLE = "SCHAKEL_ERASURES"
_IS_KEPT = "SELECT to_regclass('public.privacy_erasure') IS NOT NULL"
_DONE = "SELECT mark::text FROM privacy_erasure"
_PARTIES = "SELECT slug FROM network_party"


def erase_again(installation: Installation) -> None:
    """Erase whom the list beside the backups names, after a restore. Raises Refused."""
    if not _lines(installation):
        return
    # A restored database, which nobody uses yet; the backup that it came from is there.
    with reachable_database(installation, behind=Behind.MIGRATE) as server:
        if server is None:
            migrate(var=installation.var, environ=installation.environ)
        _erase(installation)


def erase_who_came_back(installation: Installation) -> None:
    """Erase again where the database that answers is behind the list, so that nobody opens it as it is. Raises Refused.

    The database is one with tables of this version.
    """
    if not _lines(installation):
        return
    with connect("owner", installation) as connection:
        count = not_erased(installation, connection)
    if count:
        sys.stdout.write(f"{told(count)} They are erased again now.\n")
        sys.stdout.flush()
        _erase(installation)


def not_erased(installation: Installation, connection: psycopg.Connection[tuple[object, ...]]) -> int:
    """Return how many lines of the list this database does not know as erased, read as its owner. Raises Refused."""
    lines = _lines(installation)
    if not lines or connection.execute(_IS_KEPT).fetchone() != (True,):
        return 0
    parties = {slug for (slug,) in connection.execute(_PARTIES).fetchall()}
    done = {mark for (mark,) in connection.execute(_DONE).fetchall()}
    return sum(line["party"] in parties and line["mark"] not in done for line in lines)


def told(count: int) -> str:
    """Say that people came back."""
    return f"{count} erasures of the list of erased people are not in this database: it was restored from before them."


def place_of_list(installation: Installation) -> Path:
    """Return where the list of who was erased stands, if there is one."""
    return Path(installation.environ.get(VARIABLE, installation.var / "erasures" / "list.ndjson"))


def _lines(installation: Installation) -> list[dict[str, str]]:
    """Return the lines of the list, none where there is no list. Raises Refused where it cannot be read."""
    place = place_of_list(installation)
    try:
        lines = [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]
        return [{"party": str(line["party"]), "mark": str(line["mark"])} for line in lines]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(
            f"{place}, the list of who was erased, cannot be read ({error}). Without it they may be back in this "
            "database: put it back, or run this as an account that may read it."
        ) from error


def _erase(installation: Installation) -> None:
    done = run_in_process("erase_again", role="owner", var=installation.var, environ=installation.environ)
    if done.returncode != 0:
        back = "who was erased is back in this database. Do not open it before `schakel erase-again` is done"
        raise Refused(f"{back}:\n{done.stderr.strip()}")
    sys.stdout.write(done.stdout)
    sys.stdout.flush()
