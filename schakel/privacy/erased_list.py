"""The list of who was erased, beside the backups: what a restore must erase again.

Invariant: it holds no name, only keyed digests, ids of accounts and when; without the key in `var/secrets` it tells
nothing. It is only added to, and is no part of a backup, which would bring back an older one.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.conf import settings

from schakel.privacy.marks import Finder


@dataclass(frozen=True, slots=True)
class Listed:
    """A line: of which party (its slug), digests by number of words, and the account that was emptied."""

    mark: str
    party: str
    at: str
    digests: dict[str, list[str]]
    account: int | None = None

    @property
    def finder(self) -> Finder:
        """What finds the person again."""
        return Finder(self.party, {int(length): frozenset(found) for length, found in self.digests.items()})


def listed() -> Iterator[Listed]:
    """All lines, the oldest first. Raises ValueError for a file that is not such a list."""
    if not settings.ERASURES.exists():
        return
    with settings.ERASURES.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield Listed(**json.loads(line))
            except (ValueError, TypeError) as error:
                raise ValueError(f"{settings.ERASURES}, line {number}: {error}") from error


def add(line: Listed) -> None:
    """Add a line, on disk before this returns. Raises OSError.

    The group reads it where the folder was made for one: migrations and checks hold the database to it.
    """
    place = settings.ERASURES
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    with os.fdopen(descriptor, "a", encoding="utf-8") as lines:
        lines.write(json.dumps(asdict(line), sort_keys=True) + "\n")
        lines.flush()
        os.fsync(lines.fileno())


def line_of(finder: Finder, *, at: str, account: int | None) -> Listed:
    """The line of an erasure."""
    digests = {str(length): sorted(found) for length, found in finder.known.items()}
    return Listed(str(uuid.uuid4()), finder.party, at, digests, account)
