"""What follows from an acceptance: rooms above queue their work in the acceptance's own transaction.

So no crash can part the two: either the records are there and the work is queued, or neither is.
"""

from __future__ import annotations

from collections.abc import Callable

Follower = Callable[[], object]
_followers: list[Follower] = []


def follow_acceptance(follower: Follower) -> None:
    """Have ``follower`` called at the end of each acceptance, inside its transaction."""
    if follower not in _followers:
        _followers.append(follower)


def call_followers() -> None:
    """Call all followers; one that fails undoes the acceptance."""
    for follower in _followers:
        follower()
