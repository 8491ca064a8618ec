"""How two titles stand to each other."""

from __future__ import annotations

from enum import IntEnum


class Agreement(IntEnum):
    """The better the higher. Only SAME and NEAR are the same title."""

    UNLIKE = 0
    LIKE = 1  # one is a shortening of the other
    NEAR = 2  # but for typing errors, or one is cut off
    SAME = 3
