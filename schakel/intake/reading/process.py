"""Starting, watching and ending the child process that reads files.

Invariant: whatever a file does to the child, the parent gets an answer for each file, and no child
outlives the call.
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from schakel.intake.reading.limits import NO_ROOM, Limits

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[3]
_MODULE = "schakel.intake.reading.child"
_SHOWN = 2_000
_KEPT = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "VIRTUAL_ENV")
_STARTING = 60.0  # seconds that a child may take to begin, on the busiest machine


@dataclass(frozen=True, slots=True)
class _End:
    """How a child ended: the files it finished, the one it was in, and what killed it."""

    done: frozenset[int]
    current: int | None
    check: str
    said: str


def read_files(files: Sequence[Path], limits: Limits, folder: Path) -> list[dict[str, Any]]:
    """What the child read of each file: tables and remarks, as described in `child`.

    ``folder`` is a folder for this call only. A file that kills its child costs the others nothing
    but a new start. Raises RuntimeError if the child cannot even start, OSError where the disk is full.
    """
    results: dict[int, dict[str, Any]] = {}
    waiting = list(range(len(files)))
    while waiting:
        end = _run([(number, str(files[number].resolve())) for number in waiting], limits, folder)
        for number in end.done:
            results[number] = _result(folder, number)
        if end.current is not None:
            results[end.current] = _failed(end.check, limits)
        elif not end.done:
            raise RuntimeError(f"the process that reads files does not start: {end.said}")
        waiting = [number for number in waiting if number not in results]
    return [results[number] for number in range(len(files))]


def _result(folder: Path, number: int) -> dict[str, Any]:
    try:
        result: dict[str, Any] = json.loads((folder / f"{number}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return _failed("file.unreadable", None)
    return result


def _failed(check: str, limits: Limits | None) -> dict[str, Any]:
    limit = ""
    if limits is not None:
        limit = str(limits.memory_bytes // 1_000_000 if check == "file.memory" else limits.cpu_seconds)
    places = {"limit": limit, "detail": "reader stopped"}
    return {"tables": [], "remarks": [{"check": check, "places": places, "table": "", "cell": ""}]}


def _run(files: list[tuple[int, str]], limits: Limits, folder: Path) -> _End:
    (folder / "job.json").write_text(json.dumps({"limits": asdict(limits), "files": files}), encoding="utf-8")
    with (folder / "errors.txt").open("wb") as errors:
        child = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-P", "-m", _MODULE, str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=folder,
            env=_environment(),
        )
    with child:
        try:
            done, current, late = _watch(child, limits)
            if not late:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(timeout=_STARTING)
        finally:
            child.kill()
            code = child.wait()
    if code == NO_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    said = (folder / "errors.txt").read_bytes()[-_SHOWN:].decode("utf-8", errors="replace")
    if current is not None:
        _log.warning("reader ended with %s: %s", code, said)
    return _End(frozenset(done), current, "file.timeout" if late else _reason(code, said), said)


def _environment() -> dict[str, str]:
    """Only what Python needs to start: the child has no business with passwords of the parent."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"}


def _watch(child: subprocess.Popen[bytes], limits: Limits) -> tuple[set[int], int | None, bool]:
    """Listen until the child has ended or a file takes too long: what is done, what is not, and whether it is late."""
    output = 0 if child.stdout is None else child.stdout.fileno()
    done: set[int] = set()
    current: int | None = None
    pending = b""
    deadline = time.monotonic() + limits.wall_seconds + _STARTING
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while selector.select(max(deadline - time.monotonic(), 0)):
            data = os.read(output, 65_536)
            if not data:
                return done, current, False
            *lines, pending = (pending + data).split(b"\n")
            for line in lines:
                word, _, number = line.decode("ascii", errors="replace").partition(" ")
                if word == "begin":
                    current = int(number)
                    deadline = time.monotonic() + limits.wall_seconds
                elif word == "end":
                    done.add(int(number))
                    current = None
    return done, current, True


def _reason(code: int, said: str) -> str:
    if code == -signal.SIGXCPU:
        return "file.timeout"
    if code == -signal.SIGKILL or "MemoryError" in said or "memory allocation" in said:
        return "file.memory"
    return "file.unreadable"
