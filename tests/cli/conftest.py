"""A throw-away embedded server, shared by the tests of one worker, and its files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from schakel.cli.postgres import Server

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
