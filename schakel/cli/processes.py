"""The processes of a running Schakel, as data: what `schakel up` starts and keeps running."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

WEB_WORKERS = 2  # each some 220 MB; one interpreter gives one page at a time, so that one person waits for another
WEB_THREADS = 8  # of each at most; each holds one database connection


@dataclass(frozen=True)
class Process:
    """One process: its name in the log, the database role it signs in with, and its command."""

    name: str
    role: str
    command: tuple[str, ...]


def processes(*, host: str, port: int, web_workers: int = WEB_WORKERS) -> list[Process]:
    """Return the processes of an installation whose site is at ``host`` and ``port``, in the order they start."""
    return [
        Process("web", "web", web(host, port, web_workers)),
        Process("worker", "worker", _worker("default")),
        Process("linker", "linker", _worker("link")),
        Process("counter", "counter", _django("counter")),
        Process("sealer", "worker", _django("sealer")),
    ]


def web(host: str, port: int, workers: int = WEB_WORKERS) -> tuple[str, ...]:
    """Return the command of the web server."""
    address = ("--host", host, "--port", str(port))
    threads = min(WEB_THREADS, 2 * (os.cpu_count() or 1) + 1)  # granian warns of more, and more only wait for a core
    size = ("--workers", str(workers), "--blocking-threads", str(threads), "--respawn-failed-workers")
    # Connections are kept by the proxy before us. One kept here stays with the process that accepted it, and six of
    # eight people may wait for one process while two have the other to themselves.
    rest = (
        "--no-http1-keep-alive",
        "--interface",
        "wsgi",
        "--no-ws",
        "--log-level",
        "warning",
        "--workers-kill-timeout",
        "5",
    )
    return (sys.executable, "-m", "granian", *address, *size, *rest, "schakel.wsgi:application")


def _worker(queue: str) -> tuple[str, ...]:
    return _django("work", "--queue", queue, "--alone")


def _django(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "django", *words)
