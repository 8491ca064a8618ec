"""A throw-away embedded server, shared by the tests of one worker, and its files."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from schakel.cli.database import create_database, migrations_state, note_state, prepare_accounts
from schakel.cli.postgres import Server, ServerInfo
from schakel.databases import DATABASE_NAME

QUICK = {"fsync": "off", "shared_buffers": "32MB", "max_connections": "30"}


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder for a server. Not pytest's own: a second pytest closes that to all accounts but its own."""
    with tempfile.TemporaryDirectory(prefix="schakel-cli-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """The directory in which the embedded server of these tests keeps everything."""
    with own_folder() as folder:
        yield folder


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    """A server that may be started, stopped and killed; stopped after the test."""
    made = Server(home / "postgres", settings=QUICK)
    yield made
    made.stop()


def prepare_like_the_run(info: ServerInfo, *, var: Path) -> None:
    """Make an installation's accounts and tables on its own server: the tables as those of the run's are, which was
    migrated; half a minute of a processor goes into doing that again. Asks for ``django_db_setup``.
    """
    of_run = Server(Path(os.environ["SCHAKEL_VAR"]) / "postgres")
    prepare_accounts(info, var=var)
    with info.connect() as connection:
        create_database(connection, DATABASE_NAME)
        dump = var / "migrated.dump"
        _program(of_run.start(), of_run.programs / "pg_dump", "--format", "custom", "--file", str(dump))
        _program(info, of_run.programs / "pg_restore", "--exit-on-error", "--dbname", DATABASE_NAME, str(dump))
        dump.unlink()
        note_state(connection, migrations_state())


def _program(asked: ServerInfo, program: Path, *words: str) -> None:
    """Run one of PostgreSQL's programs as the superuser of the server that is ``asked``."""
    place = {"PGHOST": asked.host, "PGPORT": str(asked.port), "PGUSER": asked.superuser, "PGPASSWORD": asked.password}
    known = {"PATH": os.environ["PATH"], "PGDATABASE": DATABASE_NAME, **place}
    subprocess.run([str(program), *words], check=True, env=known)
