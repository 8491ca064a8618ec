"""A web process with its hands full lets go of who asks, so that the next page may come from one that has time.

A browser, or the proxy before us, keeps a connection to the process that accepted it first. Without this six of eight
people may wait for one process while two have the other to themselves.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

Started = Callable[..., Any]
Application = Callable[[dict[str, Any], Started], Iterable[bytes]]


class Door:
    """A WSGI application before another: ``hands`` is how many requests the process answers at one moment.

    When all are taken, the answer ends its connection; who asks again makes a new one, which any process may accept.
    """

    def __init__(self, application: Application, *, hands: int) -> None:
        self._application, self._hands = application, hands
        self._busy, self._lock = 0, threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Started) -> Iterable[bytes]:
        """The answer of the application behind the door."""

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:  # noqa: ANN401 - as WSGI has it
            full = self._busy >= self._hands
            return start_response(status, [*headers, ("Connection", "close")] if full else headers, *rest)

        self._count(1)
        try:
            return self._application(environ, started)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._lock:
            self._busy += more
