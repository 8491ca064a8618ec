"""How two names of organisations, or two titles, stand to each other."""

from __future__ import annotations

from enum import IntEnum


class Agreement(IntEnum):
    """The better the higher. Only SAME and NEAR are the same."""

    SISTERS = -1  # names of one group: they differ in a word such as "Holding"; never of titles
    UNLIKE = 0
    LIKE = 1  # one is a shortening of the other
    NEAR = 2  # but for typing errors, word order, or words that are cut off
    SAME = 3
