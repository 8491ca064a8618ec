"""What lies with a person and must not leave with them: rooms above this one declare what they have of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from schakel.trail.actors import Actor
from schakel.words import Words


class HandOver(Protocol):
    """Gives what lies with ``person`` at the acting party to ``to``, or back to the role where that is None.

    In the running transaction of the acting party's administrator; returns how many there were.
    """

    def __call__(self, *, actor: Actor, person: int, to: int | None) -> int:
        """Hand it over."""


@dataclass(frozen=True, slots=True)
class OpenWork:
    """A kind of open work: what it is called, how much of it lies with a person at a party, and how it is handed over.

    ``count``: of a party and a person, by ids; for who acts for that party.
    """

    name: Words
    count: Callable[[int, int], int]
    hand_over: HandOver


_kinds: dict[str, OpenWork] = {}


def register(work: OpenWork) -> None:
    """Declare a kind of open work. Raises ValueError where another is called the same."""
    if _kinds.setdefault(work.name.en, work) != work:
        raise ValueError(f"two kinds of open work are called {work.name.en}")


def kinds() -> list[OpenWork]:
    """All kinds of open work, in the order in which rooms declared them."""
    return list(_kinds.values())
