"""A whole Schakel for browser tests: its own database, and web and counting process as they run in life."""

from __future__ import annotations

import json
import os
import shutil
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
from schakel.cli.locks import only_one
from schakel.cli.processes import Process, processes
from tests.conftest import PARTIES, ROOT, make_database
from tests.e2e.commands import Commands

_COMMANDS = Commands()


@dataclass(frozen=True)
class Site:
    """A running site: its address, and the var directory that its commands work with."""

    url: str
    var: Path

    def django(self, *words: str, role: str = "owner") -> subprocess.CompletedProcess[str]:
        """Run a management command on this site's database."""
        environ = process_environment(role, environ=_environ(), var=self.var)
        return _COMMANDS.run(("django", *words), var=self.var, environ=environ)

    def leave(self) -> None:
        """Have nothing left that works in this site's database for us."""
        _COMMANDS.leave(self.var)


def fill(site: Site, what: str) -> str:
    """Fill a part of the site's database; returns what that printed."""
    return run_module(site, "tests.e2e.filling", what)


def run_module(site: Site, *words: str) -> str:
    """Run a module of the tests on the site's database; returns what it printed."""
    environ = process_environment("owner", environ=_environ(), var=site.var)
    done = _COMMANDS.run(words, var=site.var, environ=environ)
    assert done.returncode == 0, f"{words}: {done.stderr}"
    return done.stdout


def _environ() -> dict[str, str]:
    """A password is enough there, but where a test says otherwise; it works with as many threads as in life."""
    kept = {name: value for name, value in os.environ.items() if name != "POLARS_MAX_THREADS"}
    return {"SCHAKEL_SECOND_FACTOR": "0", **kept, "SCHAKEL_LOG_LEVEL": "WARNING"}


def new_var(folder: Path, database: str, *, like: Site | None = None) -> Path:
    """A var directory of its own on the run's server, with a database that knows the network's parties.

    ``like``: with all that is in that site, whose processes do not run.
    """
    var, of_run = folder / "var", Path(os.environ["SCHAKEL_VAR"])
    if like is None:
        var.mkdir(parents=True)
        (var / "static").symlink_to(_collected(of_run))
        template = PARTIES
    else:
        shutil.copytree(like.var, var, symlinks=True)
        template = json.loads((var / "database.json").read_text())["name"]
    make_database(database, template)
    (var / "run").mkdir(exist_ok=True)
    known = json.loads((of_run / "database.json").read_text())
    (var / "database.json").write_text(json.dumps(known | {"name": database}))
    return var


def _collected(of_run: Path) -> Path:
    """The static files, collected once for all sites of the run."""
    var = of_run / "collected"
    with only_one(of_run / "collected.lock"):
        if not (var / "static" / "staticfiles.json").exists():
            environ = process_environment("owner", environ=_environ(), var=var)
            command = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"]
            subprocess.run(command, check=True, cwd=ROOT, env=environ)
    return var / "static"


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
        site.leave()


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
