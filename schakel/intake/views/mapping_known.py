"""What was worked out for the mapping page, so that a steward's next request does not work it out again.

Invariant: what is remembered is found only under the id of a table that this very request may read, with all that it
was made of; so nobody is shown what they may not see, nor what an edit or another choice has overtaken.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """The last ``most`` answers; asking is safe from several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def __call__(self, key: Hashable, made: Callable[[], T]) -> T:
        """The answer under ``key``; ``made`` makes it where it is not known (any more)."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = made()
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer
