"""What follows from a round of joining: rooms above queue their work once a round, and what it proposes, is known."""

from __future__ import annotations

from collections.abc import Callable

Follower = Callable[[], object]
_followers: list[Follower] = []


def follow_rounds(follower: Follower) -> None:
    """Have ``follower`` called after each round, with the linker's rights."""
    if follower not in _followers:
        _followers.append(follower)


def call_followers() -> None:
    """Call all followers."""
    for follower in _followers:
        follower()
