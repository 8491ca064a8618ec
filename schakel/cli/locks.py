"""Locks between processes on files; the kernel lets go of them when a process dies, however it dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Let one process at a time through; the others wait."""
    with path.open("a", encoding="ascii") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


class SharedUse:
    """Who uses a thing that the last to leave puts away."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: IO[str] | None = None

    @property
    def joined(self) -> bool:
        """Whether we are counted among the users."""
        return self._held is not None

    def join(self) -> None:
        """Be counted among the users; more than once is the same as once."""
        if self._held is None:
            self._held = self._path.open("a", encoding="ascii")
            fcntl.flock(self._held, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Stop being counted, and say whether nobody is left."""
        if self._held is None:
            return False
        with self._held as held:
            self._held = None
            fcntl.flock(held, fcntl.LOCK_UN)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True
