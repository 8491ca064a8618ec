"""Keeping the processes of Schakel running: start, watch, restart, stop.

Invariants: a process that dies is started again, sooner the first time than the tenth; what it started itself is
cleared away first; everything that runs under the supervisor stops with it, however the supervisor ends.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from schakel.cli.environments import process_environment
from schakel.cli.places import ROOT
from schakel.cli.processes import Process

_GRACE = 25.0  # seconds from asking to stop until killing; a worker finishes the job at hand within 20
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 30.0
_SETTLED = 60.0  # seconds after which a process counts as running well again
_LOOK_EVERY = 0.1

Say = Callable[[str, str], None]


@dataclass
class _Child:
    process: Process
    running: subprocess.Popen[str] | None = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0
    reader: threading.Thread | None = field(default=None, repr=False)


class Supervisor:
    """Runs a list of processes until asked to stop.

    ``say`` gets every line of every process with the process's name. ``look_after`` is called at every look round, for
    what else must be kept alive (the embedded server); it must not raise. ``apart``: seconds between the first starts,
    so that the first process, which people wait for, does not share the processor with all others.
    """

    def __init__(
        self,
        processes: Sequence[Process],
        *,
        var: Path,
        say: Say,
        environ: Mapping[str, str] = os.environ,
        look_after: Callable[[], None] = lambda: None,
        apart: float = 0.0,
    ) -> None:
        now = time.monotonic()
        self._children = [_Child(process, due=now + apart * place) for place, process in enumerate(processes)]
        self._var = var
        self._environ = environ
        self._say = say
        self._look_after = look_after
        self._asked = 0

    def run(self, *, ready: Callable[[], None] = lambda: None) -> None:
        """Run until a SIGINT, SIGTERM or SIGHUP; a second one kills what still runs. ``ready`` is called once."""
        before = {number: signal.signal(number, self._ask) for number in _STOPPING}
        try:
            while not self._asked:
                self._look_round()
                ready()
                ready = _nothing
                time.sleep(_LOOK_EVERY)
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked += 1

    def _look_round(self) -> None:
        self._look_after()
        now = time.monotonic()
        for child in self._children:
            if child.running is None:
                if now >= child.due:
                    self._start(child, now)
            elif (code := child.running.poll()) is not None:
                self._mourn(child, child.running, code, now)

    def _start(self, child: _Child, now: float) -> None:
        child.running = subprocess.Popen(  # noqa: S603 - our own list of processes
            [sys.executable, "-m", "schakel.cli.leash", str(os.getpid()), *child.process.command],
            cwd=ROOT,
            env=process_environment(child.process.role, environ=self._environ, var=self._var),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            bufsize=1,
            start_new_session=True,  # a group of its own: Ctrl-C reaches only us, and we reach all of it
        )
        child.started = now
        child.reader = threading.Thread(
            target=self._pass_on, args=(child.process.name, child.running.stdout), daemon=True
        )
        child.reader.start()

    def _pass_on(self, name: str, lines: IO[str]) -> None:
        with lines:
            for line in lines:
                self._say(name, line.rstrip("\n"))

    def _mourn(self, child: _Child, dead: subprocess.Popen[str], code: int, now: float) -> None:
        _signal_group(dead, signal.SIGKILL)  # what it started itself may hold its port or its locks
        child.failures = 0 if now - child.started > _SETTLED else child.failures + 1
        pause = _pause(child.failures)
        child.due, child.running = now + pause, None
        self._say(child.process.name, f"ended ({_ending(code)}); starts again in {pause:.1f} s")

    def _stop(self) -> None:
        for child in self._children:
            if child.running is not None and child.running.poll() is None:
                child.running.terminate()
        patience = time.monotonic() + _GRACE
        while any(child.running is not None and child.running.poll() is None for child in self._children):
            if time.monotonic() > patience or self._asked > 1:
                break
            time.sleep(_LOOK_EVERY / 2)
        for child in self._children:
            self._clear_away(child)

    def _clear_away(self, child: _Child) -> None:
        if child.running is None:
            return
        if child.running.poll() is None:
            self._say(child.process.name, "did not stop when asked, and is killed")
        _signal_group(child.running, signal.SIGKILL)
        child.running.wait()
        if child.reader is not None:
            child.reader.join(timeout=1)


_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _nothing() -> None:
    """Do nothing."""


def _pause(failures: int) -> float:
    """Return how long to wait before starting again; chance keeps processes that died together apart."""
    longest = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** max(0, failures - 1))
    return longest * random.uniform(0.8, 1.0)  # noqa: S311 - no secret


def _signal_group(process: subprocess.Popen[str], number: int) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def _ending(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
