"""A whole Schakel for browser tests: its own database, and web and counting process as they run in life."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from schakel.cli.environments import process_environment
from schakel.cli.processes import Process, processes
from tests.conftest import ROOT, make_database


@dataclass(frozen=True)
class Site:
    """A running site: its address, and the var directory that its commands work with."""

    url: str
    var: Path

    def django(self, *words: str, role: str = "owner") -> subprocess.CompletedProcess[str]:
        """Run a management command on this site's database."""
        return subprocess.run(
            [sys.executable, "-m", "django", *words],
            check=False,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=process_environment(role, environ=_environ(), var=self.var),
        )


def fill(site: Site, what: str) -> str:
    """Fill a part of the site's database; returns what that printed. Raises CalledProcessError."""
    return run_module(site, "tests.e2e.filling", what)


def run_module(site: Site, *words: str) -> str:
    """Run a module of the tests on the site's database; returns what it printed. Raises CalledProcessError."""
    environ = process_environment("owner", environ=_environ(), var=site.var)
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, check=True, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True).stdout


def _environ() -> dict[str, str]:
    """A password is enough there, but where a test says otherwise."""
    return {"SCHAKEL_SECOND_FACTOR": "0", **os.environ, "SCHAKEL_LOG_LEVEL": "WARNING"}


def new_var(folder: Path, database: str) -> Path:
    """A var directory of its own on the run's server, with a fresh database."""
    make_database(database)
    var = folder / "var"
    (var / "run").mkdir(parents=True)
    known = json.loads((Path(os.environ["SCHAKEL_VAR"]) / "database.json").read_text())
    (var / "database.json").write_text(json.dumps(known | {"name": database}))
    return var


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(site: Site, port: int, *names: str) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """The processes called ``names`` of this site, until the block ends; it begins when web and counting answer."""
    chosen = [p for p in processes(host="127.0.0.1", port=port) if p.name in names]
    with serving(site, chosen) as started:
        yield started


@contextmanager
def serving(
    site: Site, chosen: list[Process], *, more: dict[str, str] | None = None, ready: str = "ready"
) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """These processes, with ``more`` in their environment; it begins when the site is ``ready``, or live."""
    log = (site.var / "processes.log").open("wb")
    started = {
        p.name: subprocess.Popen(
            p.command,
            cwd=ROOT,
            env=process_environment(p.role, environ=_environ() | (more or {}), var=site.var),
            stdout=log,
            stderr=log,
        )
        for p in chosen
    }
    try:
        wait_until_ready(site, what=ready)
        yield started
    finally:
        for process in started.values():
            process.terminate()
        for process in started.values():
            process.wait(30)
        log.close()


def wait_until_ready(site: Site, seconds: float = 90, *, what: str = "ready") -> None:
    """Wait until the site says that it is ready. Raises AssertionError with its log where it does not."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{site.url}/status/{what}/", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.3)
    raise AssertionError((site.var / "processes.log").read_text())
