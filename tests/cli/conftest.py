"""A throw-away embedded server, shared by the tests of one worker, and its files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from schakel.cli.postgres import Server

QUICK = {"fsync": "off", "shared_buffers": "32MB", "max_connections": "30"}


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory in which the embedded server of these tests keeps everything."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    """A server that may be started, stopped and killed; stopped after the test."""
    made = Server(home / "postgres", settings=QUICK)
    yield made
    made.stop()
