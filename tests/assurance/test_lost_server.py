"""A server is lost while agencies deliver and accept; what was accepted comes back from a backup, and from an archive.

The commands are those of docs/administrators/recovery.md, run as an administrator runs them.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from schakel.cli.environments import process_environment
from schakel.databases import connection_settings
from tests.assurance.writing import AGENCIES, ROWS, Writer
from tests.conftest import ROOT
from tests.e2e.site import Site, free_port, wait_until_ready

PAGE = (ROOT / "docs" / "administrators" / "recovery.md").read_text(encoding="utf-8")
LOST_AT_MOST = 60.0  # seconds
WRITING = 45.0  # seconds of deliveries after the base, for a piece of the log to be put away by time
STANDS = "SELECT DISTINCT p.slug, amount::int - 1000 FROM invest_investment i JOIN network_party p ON p.id = i.owner_id"
CHAIN = "SELECT id, encode(digest, 'hex') FROM trail_seal ORDER BY id"


class Installation:
    """A whole Schakel on one folder, and how its administrator calls it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.var = folder / name
        self.archive = folder / "safe"
        self.port = free_port()
        self.up: subprocess.Popen[bytes] | None = None

    def schakel(self, command: str, *files: Path | str, code: int = 0) -> str:
        """Run a command of the page, with these files in the places that it names; returns what it printed."""
        assert f"schakel {command}" in PAGE, f"docs/administrators/recovery.md does not say: schakel {command}"
        words = iter(files)
        asked = [str(next(words)) if "/" in word or ":" in word else word for word in command.split()]
        environ = os.environ | self._environ()
        done = subprocess.run(
            [sys.executable, "-m", "schakel.cli", *asked],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=environ,
            check=False,
        )
        assert done.returncode == code, f"{asked}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def _environ(self) -> dict[str, str]:
        return {"SCHAKEL_VAR": str(self.var), "SCHAKEL_ARCHIVE": str(self.archive), "SCHAKEL_LOG_LEVEL": "ERROR"}

    def start(self) -> None:
        """`schakel up`, as in life."""
        log = (self.var / "processes.log").open("wb")
        command = [sys.executable, "-m", "schakel.cli", "up", "--port", str(self.port), "--workers", "1"]
        self.up = subprocess.Popen(command, cwd=ROOT, env=os.environ | self._environ(), stdout=log, stderr=log)
        wait_until_ready(Site(f"http://127.0.0.1:{self.port}", self.var), 300)

    def destroy(self) -> None:
        """PostgreSQL is killed without warning, all else with it, and the disk of the database is gone."""
        os.kill(int((self.var / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        self.stop(signal.SIGKILL)
        until = time.monotonic() + 30
        while (self.var / "postgres").exists() and time.monotonic() < until:  # its children go a moment after it
            shutil.rmtree(self.var / "postgres", ignore_errors=True)
        assert not (self.var / "postgres").exists()

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End `schakel up`."""
        if self.up is not None and self.up.poll() is None:
            self.up.send_signal(how)
            self.up.wait(60)

    def keys(self) -> dict[str, str]:
        """A key for each agency's system."""
        environ = process_environment("owner", environ=os.environ | self._environ(), var=self.var)
        command = [sys.executable, "-m", "tests.assurance.writing"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environ, check=True)
        return dict(json.loads(done.stdout))

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """What the database holds, read by its owner while it runs."""
        entry = connection_settings("owner", environ={}, var=self.var)
        names = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER", "password": "PASSWORD"}
        with psycopg.connect(**{name: entry[key] for name, key in names.items()}) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def folder() -> Iterator[Path]:
    """Outside pytest's folders, which a second pytest would close to the account of the database."""
    with tempfile.TemporaryDirectory(prefix="schakel-lost-", ignore_cleanup_errors=True) as made:
        yield Path(made)


@pytest.fixture
def lost(folder: Path) -> Iterator[Installation]:
    """The installation that will be lost."""
    made = Installation(folder, "lost")
    made.var.mkdir()
    made.start()
    yield made
    made.stop(signal.SIGKILL)


def test_what_was_accepted_comes_back(lost: Installation, folder: Path) -> None:
    writers = {slug: Writer(f"http://127.0.0.1:{lost.port}", key) for slug, key in lost.keys().items()}
    for writer in writers.values():
        writer.start()
    while not all(writer.told for writer in writers.values()):
        assert not any(writer.ended for writer in writers.values()), [writer.ended for writer in writers.values()]
        time.sleep(0.1)

    began = time.time()
    lost.schakel("backup /mnt/safe/today.tar", folder / "today.tar")
    told = lost.schakel("backup --base")
    ended = dt.datetime.fromisoformat(told.split(" before ")[1].split(" is in")[0]).timestamp()
    assert time.time() - ended < LOST_AT_MOST
    base_done = time.time()
    time.sleep(WRITING)
    chain = lost.ask(CHAIN)
    assert not any(writer.ended for writer in writers.values()), [writer.ended for writer in writers.values()]
    killed = time.time()
    lost.destroy()
    for writer in writers.values():
        writer.stop()
    assert all(writer.accepted_before(killed) > writer.accepted_before(base_done) for writer in writers.values())

    whole = _restored(lost, folder, "whole", "restore /mnt/safe/today.tar", folder / "today.tar")
    _holds(whole, writers, chain, accepted_before=began)
    anew = _restored(lost, folder, "anew", "restore --archive /mnt/safe/schakel", lost.archive)
    _holds(anew, writers, chain, accepted_before=ended)
    _holds(anew, writers, chain, accepted_before=killed - LOST_AT_MOST)
    assert _numbers(anew) != _numbers(whole), "the archive added nothing to the base"
    until = "restore --archive /mnt/safe/schakel --until 2026-11-23T20:15:00Z"
    middle = min(writer.told[len(writer.told) // 2][0] for writer in writers.values())
    moment = dt.datetime.fromtimestamp(max(middle, ended + 1), tz=dt.UTC)
    back = _restored(lost, folder, "back", until, lost.archive, moment.isoformat())
    assert all(writers[slug].accepted_before(ended) <= number for slug, number in _numbers(back).items())
    assert sum(_numbers(back).values()) < sum(_numbers(anew).values())


def _restored(lost: Installation, folder: Path, name: str, command: str, *files: Path | str) -> Installation:
    """Another machine, on which nothing is but the secrets that were kept apart."""
    made = Installation(folder, name)
    made.archive = folder / f"safe-{name}"
    shutil.copytree(lost.var / "secrets", made.var / "secrets")
    made.schakel(command, *files)
    made.schakel("sealer --once")
    assert "All is as it should be" in made.schakel("check --audit")
    return made


def _holds(made: Installation, writers: dict[str, Writer], chain: list[tuple[object, ...]], **told: float) -> None:
    """Each agency's newest delivery is there whole, none that was told is lost, and the figures are those of it."""
    numbers = _numbers(made)
    for slug, writer in writers.items():
        assert writer.accepted_before(told["accepted_before"]) <= numbers[slug] <= writer.sent, (slug, numbers)
    out = made.var / "figures.json"
    made.schakel("figures 2023 --out /tmp/after.json", out)
    figures = json.loads(out.read_text(encoding="utf-8"))["figures"]
    invested = next(one for one in figures if one["indicator"] == "invested_eur" and one["column"] == "network")
    assert invested["value"] == sum(ROWS * (1000 + number) for number in numbers.values())
    kept = _asked(made, CHAIN)
    shared = [pair for pair in chain if pair in set(kept)]
    # The same chain: link by link that of the lost server as far as it reaches; only its last lines are sealed anew.
    assert shared == chain[: len(shared)] == kept[: len(shared)]
    assert len(shared) >= len(kept) - 50


def _numbers(made: Installation) -> dict[str, int]:
    """Which delivery stands of each agency; all its rows are of that one."""
    stands = _asked(made, STANDS)
    assert len(stands) == len(AGENCIES), f"a mixture of deliveries stands: {stands}"
    return {str(slug): int(str(number)) for slug, number in stands}


def _asked(made: Installation, sql: str) -> list[tuple[object, ...]]:
    from schakel.cli.command import Installation as Served
    from schakel.cli.database import reachable_database

    with reachable_database(Served(made.var, {})):
        return made.ask(sql)
