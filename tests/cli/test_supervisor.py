"""The supervisor keeps processes running, and leaves nothing behind when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_SUPERVISE = """
import sys
from pathlib import Path
from schakel.cli.processes import Process
from schakel.cli.supervisor import Supervisor

def say(name, line):
    print(name, line, flush=True)

var = Path(sys.argv[1])
children = [Process(name, role, (sys.executable, "-c", source)) for name, role, source in eval(sys.argv[2])]
Supervisor(children, var=var, say=say).run(ready=lambda: say("supervisor", "ready"))
say("supervisor", "ended")
"""

# Says who it is and waits; a grandchild waits beside it.
_STEADY = """
import os, subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("pids", os.getpid(), grandchild.pid, os.environ["SCHAKEL_DATABASE_ROLE"], flush=True)
time.sleep(600)
"""
_DEAF = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("pids", os.getpid(), os.getpid(), "deaf", flush=True)
time.sleep(600)
"""


class Supervised:
    """A supervisor in a process of its own, and what it says."""

    def __init__(self, var: Path, children: list[tuple[str, str, str]]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _SUPERVISE, str(var), repr(children)], stdout=subprocess.PIPE, text=True
        )
        self.said: list[str] = []

    def until(self, wanted: str) -> str:
        """Read on until a line begins with ``wanted``."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if line.startswith(wanted):
                return line.rstrip()
        raise AssertionError(f"never said {wanted!r}: {self.said}")

    def pids(self, name: str = "one") -> list[int]:
        return [int(word) for word in self.until(f"{name} pids").split()[2:4]]

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        self.until("supervisor ended")
        return self.process.wait()


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[..., Supervised]]:
    made: list[Supervised] = []

    def start(*children: tuple[str, str, str]) -> Supervised:
        made.append(Supervised(tmp_path, list(children)))
        return made[-1]

    yield start
    for supervised in made:
        supervised.process.kill()
        supervised.process.wait()


def lives(pid: int) -> bool:
    """Whether the process runs; a dead one that nobody took leave of does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def wait_until_gone(*pids: int) -> None:
    while any(lives(pid) for pid in pids):
        time.sleep(0.01)


def test_it_starts_each_with_its_role_and_stops_all_when_asked(supervise: Callable[..., Supervised]) -> None:
    supervised = supervise(("one", "web", _STEADY))
    line = supervised.until("one pids")
    assert line.endswith(" web")
    pids = [int(word) for word in line.split()[2:4]]
    assert supervised.stop() == 0
    wait_until_gone(*pids)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_way_of_asking_stops_it(supervise: Callable[..., Supervised], number: int) -> None:
    supervised = supervise(("one", "web", _STEADY))
    pids = supervised.pids()
    assert supervised.stop(number) == 0
    wait_until_gone(*pids)


def test_one_that_is_killed_is_started_again_and_what_it_started_is_cleared_away(
    supervise: Callable[..., Supervised],
) -> None:
    supervised = supervise(("one", "web", _STEADY))
    first, grandchild = supervised.pids()
    os.kill(first, signal.SIGKILL)
    assert "killed by SIGKILL" in supervised.until("one ended")
    second, _ = supervised.pids()
    assert second != first
    wait_until_gone(first, grandchild)


def test_one_that_keeps_failing_waits_longer_each_time(supervise: Callable[..., Supervised]) -> None:
    supervised = supervise(("one", "web", "raise SystemExit(3)"))
    pauses = [float(supervised.until("one ended (exit code 3)").split()[-2]) for _ in range(4)]
    assert pauses == sorted(pauses)
    assert pauses[-1] > 2 * pauses[0]


def test_the_others_run_on_when_one_fails(supervise: Callable[..., Supervised]) -> None:
    supervised = supervise(("one", "web", _STEADY), ("two", "worker", "raise SystemExit(3)"))
    pids = supervised.pids()
    supervised.until("two ended")
    supervised.until("two ended")
    assert all(lives(pid) for pid in pids)


def test_one_that_does_not_listen_is_killed_when_asked_twice(supervise: Callable[..., Supervised]) -> None:
    supervised = supervise(("one", "web", _DEAF))
    pid, _ = supervised.pids()
    supervised.process.send_signal(signal.SIGINT)
    supervised.process.send_signal(signal.SIGTERM)
    assert "is killed" in supervised.until("one did not stop")
    supervised.until("supervisor ended")
    wait_until_gone(pid)


def test_a_killed_supervisor_leaves_nobody(supervise: Callable[..., Supervised]) -> None:
    supervised = supervise(
        ("one", "web", "import os, time; print('pids', os.getpid(), 0, flush=True); time.sleep(600)")
    )
    pid, _ = supervised.pids()
    supervised.process.kill()
    wait_until_gone(pid)
