"""`schakel demo`: the demonstration network, loaded once, and the site on it."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace

from schakel.cli.command import Command, Exit, Installation
from schakel.cli.commands.up import configure, keep_running
from schakel.cli.connections import connect
from schakel.cli.database import Behind, reachable_database
from schakel.cli.django_process import run_in_process
from schakel.cli.locks import only_one
from schakel.cli.postgres import keep_secret
from schakel.cli.refusals import Refused

_SECOND_FACTOR = "SCHAKEL_SECOND_FACTOR"


def run(words: Namespace, installation: Installation) -> int:
    """Load the demonstration network where it is not there yet, then do as `schakel up`.

    What is in it is invented, and its passwords are printed: so nobody needs a second factor, unless it is asked for.
    """
    asked = installation.environ.get(_SECOND_FACTOR, "0")
    installation = replace(installation, environ={**installation.environ, _SECOND_FACTOR: asked})
    with reachable_database(installation, behind=Behind.MIGRATE) as server:
        sign_ins = _loaded(installation)
        keep_running(words, installation, server, greeting=lambda: f"\n{sign_ins}\n{_told(asked)}")
    return Exit.DONE


def _told(asked: str) -> str:
    """Say that the demonstration asks less than an installation does."""
    if asked != "0":
        return ""
    return (
        f"Here a password is enough. Elsewhere a second step is asked for; {_SECOND_FACTOR}=1 asks for it here too.\n"
    )


def _loaded(installation: Installation) -> str:
    """Load the network once for each database, and keep its sign-ins; a second start only reads them.

    Started twice at once, the second waits for what the first loads.
    """
    note = installation.var / "demonstration.json"
    with only_one(installation.var / "demonstration.lock"):
        database = _database(installation)
        known = json.loads(note.read_text(encoding="utf-8")) if note.exists() else {}
        if known.get("database") != database:
            known = {"database": database, "sign_ins": _load(installation)}
            keep_secret(note, json.dumps(known))
    return str(known["sign_ins"])


def _database(installation: Installation) -> str:
    """Return what tells this database from every other, also from one of the same name that was made anew."""
    query = "SELECT oid::text || ' ' || (SELECT system_identifier FROM pg_control_system()) FROM pg_database"
    with connect("owner", installation) as connection:
        row = connection.execute(f"{query} WHERE datname = current_database()").fetchone()
    return str(row[0]) if row else ""


def _load(installation: Installation) -> str:
    """Load the network, its progress on standard error; return what it prints: the sign-ins."""
    environ = {"SCHAKEL_LOG_LEVEL": "WARNING", **installation.environ}
    done = run_in_process("load_demo", role="owner", var=installation.var, environ=environ, tells=True)
    if done.returncode < 0:
        raise KeyboardInterrupt
    if done.returncode != 0:
        raise Refused("the demonstration network could not be loaded; the lines above say why.")
    return done.stdout.strip()


COMMAND = Command(
    "demo", "starting", "Start the demonstration network: nine invented agencies, four years", run, configure
)
