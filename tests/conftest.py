"""One real PostgreSQL for the whole run; each worker works in a copy of one migrated database.

Tests act with the rights of the web process unless they say otherwise: the walls stand in every test.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests.e2e.browser import browser, page_at

__all__ = ["browser", "page_at"]  # one browser for a worker's whole run, whichever folders its tests are in

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
_VAR = "SCHAKEL_VAR"
_STATEMENTS = ROOT / "build" / "statements"
_WEEK = 7 * 24 * 3600.0
PARTIES = "schakel_parties"
# What is in this server ends with the run, so it need not outlive a power failure, and nothing copies from its log.
# Its tables are small and their plans cheap; where they look dear, compiling them costs more than it saves.
QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
}

# A busy machine is no fault of what is tested: no property is held to a time.
# The same examples each time, so that red means that something changed; SCHAKEL_OTHER_EXAMPLES=1 looks for new ones.
# Properties that do not say themselves how many examples show them are tried on more of them in `make assure`.
settings.register_profile(
    "schakel",
    deadline=None,
    max_examples=100 if os.environ.get("SCHAKEL_MORE_EXAMPLES") else 50,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not os.environ.get("SCHAKEL_OTHER_EXAMPLES"),
)
settings.load_profile("schakel")
_KEPT = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Say where the run keeps its server and statements, before workers are made; they inherit it."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    var = Path(tempfile.mkdtemp(prefix="schakel-test-"))
    os.environ[_VAR] = str(var)
    os.environ["SCHAKEL_DATABASE_ROLE"] = "owner"
    os.environ["SCHAKEL_STATEMENTS"] = str(_statements())
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # tables are small, and workers have the processors already
    os.environ.pop("DATABASE_URL", None)
    config.stash[_KEPT] = var


def _statements() -> Path:
    """Where statements are kept, for all processes of this run and the runs after it: writing them takes long.

    What is in their names decides what is in them (see ``schakel.figures.counting.statements``). Those of a week ago
    are of code that has changed since, or are soon written again.
    """
    for path in _STATEMENTS.glob("*.sql"):
        with suppress(FileNotFoundError):  # another run takes it away too
            if path.stat().st_mtime < time.time() - _WEEK:
                path.unlink()
    return _STATEMENTS


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this run started, and take away its files."""
    var = config.stash.get(_KEPT, None)
    if var is None:
        return
    from schakel.cli.postgres import Server

    if (var / "postgres").exists():
        server = Server(var / "postgres")
        server.start()
        server.stop()
    shutil.rmtree(var, ignore_errors=True)


def _server_with_template(var: Path) -> None:
    """Start the server with the database that workers copy, in which the network's parties are; others wait for it."""
    from django.db import connections

    from schakel.cli.database import prepare
    from schakel.cli.locks import only_one
    from schakel.cli.postgres import Server
    from schakel.network.actions import load_network
    from schakel.trail.actors import Actor

    with only_one(var / "tests.lock"):
        server = Server(var / "postgres", settings=QUICK)
        prepare(server.start(), var=var)
        with superuser() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [PARTIES]).fetchone():
                return
        begun = f"{PARTIES}_begun"
        make_database(begun, "schakel")
        _work_in(begun, var)
        load_network(actor=Actor(party=None, process="set-up"))
        connections.close_all()
        with superuser() as connection:
            connection.execute(f'ALTER DATABASE "{begun}" RENAME TO "{PARTIES}"')


def _work_in(name: str, var: Path) -> None:
    """From here on this process works in the database called ``name``."""
    from django.conf import settings
    from django.db import connections

    from schakel.databases import connection_settings

    entry = connection_settings("owner", environ=os.environ, var=var) | {"NAME": name}
    connections.close_all()
    settings.DATABASES["default"].update(entry)
    connections.databases["default"].update(entry)
    connections["default"].settings_dict.update(entry)


@pytest.fixture(scope="session", autouse=True)
def _plain_static_files() -> None:
    """Pages name their static files plainly: none were collected for this run."""
    from django.conf import settings as of_django

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    of_django.STORAGES = of_django.STORAGES | {"staticfiles": plain}


def pytest_collection_finish() -> None:
    """Leave what is there before the first test, as a process of ours does, out of every later look for garbage."""
    from schakel.garbage import set_apart

    set_apart()


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    """People of the tests sign in by a hash that takes no time; the real one has a test of its own."""
    from django.conf import settings as of_django

    of_django.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _one_thread_to_count() -> None:
    """Extracts that a test makes are counted by one thread: the workers of the run have the processors already."""
    from schakel.figures.counting import extract_of

    extract_of.__kwdefaults__["threads"] = 1


@pytest.fixture(scope="session", autouse=True)
def _password_alone() -> None:
    """People of the tests act without a second factor; those of signing in ask for it."""
    from django.conf import settings as of_django

    of_django.SECOND_FACTOR = False


@pytest.fixture(scope="session")
def database_name(worker_id: str) -> str:
    """The name of this worker's database."""
    return f"test_{worker_id}"


@contextmanager
def superuser(database: str = "postgres") -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection of the server's superuser, for making databases; never for a test's own work."""
    from schakel.cli.postgres import Server

    server = Server(Path(os.environ[_VAR]) / "postgres")
    with server.start().connect(database) as connection:
        yield connection


@pytest.fixture(scope="session")
def django_db_setup(database_name: str, django_db_blocker: DjangoDbBlocker) -> None:
    """A copy of the migrated database for this worker, with the network's parties in it."""
    var = Path(os.environ[_VAR])
    with django_db_blocker.unblock():
        _server_with_template(var)
        make_database(database_name)
        _work_in(database_name, var)


@pytest.fixture(scope="module")
def around(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around those of a file's tests: what a fixture of the file makes in it, is made for all of them.

    Each test's own transaction lies within it and is rolled back as ever, so none sees what another did. Every test of
    such a file sees what was made, so those that need to begin with nothing belong in another.
    """
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_database(name: str, template: str = PARTIES) -> None:
    """A fresh copy under ``name`` of a database: without saying more, of the migrated one that knows the parties."""
    with superuser() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER schakel_owner')


@pytest.fixture(autouse=True)
def _default_language() -> Iterator[None]:
    """No test hears the language of another's reader: a request leaves its own active in the thread."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _walls(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test of the database works with the rights of the web process."""
    asked = {"db", "transactional_db"} & set(request.fixturenames)
    if not asked and request.node.get_closest_marker("django_db") is None:
        yield
        return
    request.getfixturevalue("db")
    from schakel.sharing.roles import WEB, database_role

    with database_role(WEB):
        yield


def run_django(*words: str, var: Path, role: str = "owner", check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a management command as a process of its own, as it runs in life."""
    environ = os.environ | {_VAR: str(var), "SCHAKEL_DATABASE_ROLE": role, "DJANGO_SETTINGS_MODULE": "schakel.settings"}
    return subprocess.run(
        [sys.executable, "-m", "django", *words], check=check, capture_output=True, text=True, env=environ, cwd=ROOT
    )


def write_json(path: Path, value: object) -> Path:
    """Keep a value for another process."""
    path.write_text(json.dumps(value), encoding="utf-8")
    return path
