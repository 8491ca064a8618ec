"""How long what is kept: each room declares its kinds, with the usual period; the installation's file says otherwise.

The file (`SCHAKEL_RETENTION`, usually `var/retention.toml`) holds lines such as ``originals = 2555``, in days; 0 keeps
for ever.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from schakel.words import Words

Find = Callable[[int | None, dt.datetime], list[int]]
"""The ids of what is older than a moment, of a party (None: of no party); by who acts for it."""
Remove = Callable[[int | None, list[int]], int]
"""Takes these away, in the running transaction; returns how many went."""


class RetentionError(ValueError):
    """The file of periods cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of what is kept: for ``days`` unless the installation says otherwise, ``since`` in words, and why so long.

    ``of_parties``: whether each party has its own; else it is the network's. ``remove`` is None where a person decides
    what happens after the period (an archivist), and the round only says how many there are.
    """

    name: str
    title: Words
    since: Words
    why: Words
    days: int
    find: Find
    remove: Remove | None
    of_parties: bool = True


_kinds: dict[str, Kept] = {}


def register(kept: Kept) -> None:
    """Declare a kind. Raises ValueError for another of its name."""
    if _kinds.setdefault(kept.name, kept) != kept:
        raise ValueError(f"{kept.name} is kept in two ways")


def kinds() -> list[Kept]:
    """All kinds, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def periods() -> dict[str, int]:
    """Kind to days, as this installation has them. Raises RetentionError."""
    usual = {kept.name: kept.days for kept in kinds()}
    if not settings.RETENTION.exists():
        return usual
    try:
        said = tomllib.loads(settings.RETENTION.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RetentionError(f"{settings.RETENTION}: {error}") from error
    for name, days in said.items():
        if name not in usual:
            raise RetentionError(f"{settings.RETENTION}: {name!r} is no kind; there are: {', '.join(usual)}")
        if not isinstance(days, int) or isinstance(days, bool) or days < 0:
            raise RetentionError(f"{settings.RETENTION}: {name} is a number of days, or 0 to keep for ever")
    return usual | said
