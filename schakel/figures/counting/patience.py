"""Breaking off what takes too long: one thread watches over all queries of a process.

A timer for each query would be a thread for each, which the query waits for until it has begun: of a short one that
was a tenth of the time. Invariant: what has ended is never broken off.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Condition, Thread


class Watch:
    """Watches over what runs, each with the moment after which it is broken off."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._running: dict[int, tuple[float, Callable[[], None]]] = {}
        self._numbers = count()
        self._looks_at = float("inf")  # when the thread looks next; it may look too early, never too late
        self._thread: Thread | None = None

    @contextmanager
    def over(self, seconds: float, break_off: Callable[[], None]) -> Iterator[None]:
        """Call ``break_off``, from another thread, once the block has taken so many seconds."""
        number, until = next(self._numbers), time.monotonic() + seconds
        with self._changed:
            self._running[number] = (until, break_off)
            self._see_to(until)
        try:
            yield
        finally:
            with self._changed:
                self._running.pop(number, None)

    def _see_to(self, until: float) -> None:
        """See that the thread, which a process that was split off has not, looks no later than ``until``."""
        if self._thread is None or not self._thread.is_alive():
            self._looks_at = until
            self._thread = Thread(target=self._look, name="patience", daemon=True)
            self._thread.start()
        elif until < self._looks_at:
            self._looks_at = until
            self._changed.notify()

    def _look(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                late = [number for number, (until, _) in self._running.items() if until <= now]
                for number in late:
                    self._running.pop(number)[1]()
                self._looks_at = min((until for until, _ in self._running.values()), default=float("inf"))
                waits = None if self._looks_at == float("inf") else max(0.0, self._looks_at - now)
                self._changed.wait(waits)
