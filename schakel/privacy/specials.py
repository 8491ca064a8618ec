"""What cannot be rewritten value by value: rooms above declare how it is searched and rewritten, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from schakel.privacy.marks import Finder
from schakel.trail.actors import Actor


class Rewrite(Protocol):
    """Rewrites those of ``ids`` in which the person is, in the running transaction; returns how many."""

    def __call__(self, *, actor: Actor, finder: Finder, ids: Sequence[int]) -> int:
        """Rewrite them."""


@dataclass(frozen=True, slots=True)
class Special:
    """A table that is searched and rewritten in a way of its own: ``found`` gives the ids in which the person is."""

    table: str
    column: str
    found: Callable[[int, Finder], list[int]]
    rewrite: Rewrite


_specials: dict[str, Special] = {}
_afterwards: list[Callable[[Actor], None]] = []


def register(special: Special) -> None:
    """Declare one. Raises ValueError where its table has another."""
    if _specials.setdefault(special.table, special) != special:
        raise ValueError(f"{special.table} is rewritten in two ways")


def afterwards(do: Callable[[Actor], None]) -> None:
    """Have something that is made from records made anew after an erasure, for the party that acts."""
    if do not in _afterwards:
        _afterwards.append(do)


def specials() -> list[Special]:
    """All of them, by table."""
    return [_specials[table] for table in sorted(_specials)]


def make_anew(actor: Actor) -> None:
    """Make anew what is made from records."""
    for do in _afterwards:
        do(actor)
