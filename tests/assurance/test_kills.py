"""Fifty times something is killed in the middle of an acceptance: nothing accepted is lost, nothing is half there.

Web, worker, counting process and PostgreSQL run as they do in life. Each round delivers other amounts for one
agency and year, kills one of them (or the delivering process itself) with SIGKILL at a random moment, starts
it again, and looks.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from schakel.cli.database import prepare
from schakel.cli.environments import process_environment
from schakel.cli.postgres import Server
from schakel.cli.processes import Process, processes
from schakel.databases import connection_settings
from tests.conftest import ROOT
from tests.e2e.site import free_port
from tests.intake.delivering import MAPPING, write

ROUNDS = 50
VICTIMS = ("deliver", "worker", "counter", "web", "postgres")
ROWS = 400  # enough for an acceptance to take a while


class Stack:
    """A whole Schakel of which any part can be killed and started again."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.server = Server(var / "postgres")
        prepare(self.server.start(), var=var)
        self.log = (var / "processes.log").open("wb")
        self.parts = {p.name: p for p in processes(host="127.0.0.1", port=self.port) if p.name in VICTIMS}
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Start every part that does not run."""
        self.server.revive()
        for name, part in self.parts.items():
            if name not in self.running or self.running[name].poll() is not None:
                self.running[name] = self._popen(part)

    def _popen(self, part: Process) -> subprocess.Popen[bytes]:
        environ = process_environment(part.role, environ=_quiet(), var=self.var)
        return subprocess.Popen(
            part.command, cwd=ROOT, env=environ, stdout=self.log, stderr=self.log, start_new_session=True
        )

    def kill(self, victim: str) -> None:
        """SIGKILL the part, with its children."""
        if victim == "postgres":
            pid = int((self.var / "postgres" / "postmaster.pid").read_text().split()[0])
            os.kill(pid, signal.SIGKILL)
        elif victim in self.running:
            os.killpg(self.running[victim].pid, signal.SIGKILL)
            self.running[victim].wait()

    def stop(self) -> None:
        """Stop all of it."""
        for name in list(self.running):
            if self.running[name].poll() is None:
                self.kill(name)
        self.server.stop()
        self.log.close()

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """What the database holds, read by the owner; waits for a server that is just coming back."""
        entry = connection_settings("owner", environ={}, var=self.var)
        until = time.monotonic() + 60
        while True:
            try:
                with psycopg.connect(
                    host=entry["HOST"],
                    port=entry["PORT"],
                    dbname=entry["NAME"],
                    user=entry["USER"],
                    password=entry["PASSWORD"],
                ) as connection:
                    return connection.execute(sql).fetchall()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                self.server.revive()  # as the supervisor does, again and again: just killed, it can still look alive
                time.sleep(0.3)

    def deliver(self, folder: Path, mapping: Path) -> subprocess.Popen[str]:
        """Begin to deliver a folder for BOM and 2023."""
        words = ("deliver", "bom", "2023", str(folder), "--mapping", str(mapping))
        environ = process_environment("worker", environ=_quiet(), var=self.var)
        return subprocess.Popen(
            [sys.executable, "-m", "django", *words],
            cwd=ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )


def _quiet() -> dict[str, str]:
    return {**os.environ, "SCHAKEL_LOG_LEVEL": "ERROR"}


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    var = Path("/tmp") / f"schakel-kills-{os.getpid()}"
    var.mkdir()
    made = Stack(var)
    try:
        environ = process_environment("owner", environ=_quiet(), var=var)
        subprocess.run([sys.executable, "-m", "django", "load_network"], check=True, cwd=ROOT, env=environ)
        made.start()
        yield made
    finally:
        made.stop()
        subprocess.run(["rm", "-rf", str(var)], check=True)


def version(folder: Path, number: int) -> Path:
    """A delivery whose every amount is its number, so that a mixture of two would show."""
    lines = "".join(f"I{i};R{1 + i % 2};15-06-2023;{1000 + number},00;seed\n" for i in range(ROWS))
    return write(folder / f"v{number}", investeringen="Investering;Nr;Datum;Bedrag;Fase\n" + lines)


def test_fifty_kills_lose_nothing_and_leave_nothing_half(stack: Stack, tmp_path: Path) -> None:
    chance = random.Random(2023)
    mapping = tmp_path / "bom.toml"
    mapping.write_text(MAPPING.format(agency="bom"))
    first = stack.deliver(version(tmp_path, 0), mapping)
    begun = time.monotonic()
    assert "accepted" in first.communicate(timeout=120)[0]
    usual = time.monotonic() - begun
    last_told = 0
    for number in range(1, ROUNDS + 1):
        victim = VICTIMS[number % len(VICTIMS)]
        sending = stack.deliver(version(tmp_path, number), mapping)
        time.sleep(chance.uniform(0.3, 1.1) * usual)
        if victim == "deliver":
            os.killpg(sending.pid, signal.SIGKILL)
        else:
            stack.kill(victim)
        told = sending.communicate(timeout=180)[0]
        stack.start()
        if "accepted" in told:
            last_told = number
        check(stack, last_told)
    assert last_told > 0
    settle(stack)


def check(stack: Stack, last_told: int) -> None:
    """What stands is one delivery whole, at least the last that was told to be accepted."""
    amounts = stack.ask("SELECT DISTINCT amount::int - 1000 FROM invest_investment WHERE state = 'stands'")
    assert len(amounts) == 1, f"a mixture of deliveries stands: {amounts}"
    assert amounts[0][0] >= last_told, "an acceptance that was told is lost"
    assert stack.ask("SELECT count(*) FROM invest_investment") == [(ROWS,)]
    half = stack.ask(
        "SELECT d.id FROM intake_delivery d LEFT JOIN intake_deliveredtable t ON t.delivery_id = d.id"
        " GROUP BY d.id, d.state HAVING (d.state = 'accepted') <> (count(t.id) = 4)"
    )
    assert half == [], "a delivery is half there"
    files = stack.ask("SELECT count(*) FROM intake_delivery d WHERE (SELECT count(*) FROM intake_deliveredfile f"
                      " WHERE f.delivery_id = d.id) <> 4")  # fmt: skip
    assert files == [(0,)], "a file is missing"
    acted = stack.ask(
        "SELECT count(*) FROM intake_delivery d WHERE d.state = 'accepted' AND NOT EXISTS (SELECT 1 FROM trail_entry e"
        " WHERE e.verb = 'accepted' AND e.objects_ids = ARRAY[d.id])"
    )
    assert acted == [(0,)], "an acceptance left no line in the trail"


def settle(stack: Stack) -> None:
    """Every accepted delivery gets its receipt, whatever was killed between commit and receipt; the count is right."""
    until = time.monotonic() + 240
    missing = (
        "SELECT count(*) FROM intake_delivery d WHERE d.state = 'accepted'"
        " AND NOT EXISTS (SELECT 1 FROM intake_receipt r WHERE r.delivery_id = d.id)"
    )
    while stack.ask(missing) != [(0,)]:
        stack.start()  # a worker ends by itself when the database was away, and counts on being started again
        assert time.monotonic() < until, stack.ask(
            "SELECT status, task_name, count(*) FROM procrastinate_jobs GROUP BY 1, 2"
        )
        time.sleep(1)
    once = stack.ask("SELECT count(*), count(DISTINCT delivery_id) FROM intake_receipt")
    assert once[0][0] == once[0][1]
    (standing,) = stack.ask("SELECT sum(amount)::bigint FROM invest_investment WHERE state <> 'withdrawn'")
    environ = process_environment("owner", environ=_quiet(), var=stack.var)
    out = stack.var / "figures.json"
    subprocess.run(
        [sys.executable, "-m", "django", "figures", "2023", "--out", str(out)], check=True, cwd=ROOT, env=environ
    )
    figures = json.loads(out.read_text())["figures"]
    invested = next(f for f in figures if f["indicator"] == "invested_eur" and f["column"] == "network")
    assert invested["value"] == standing[0]
