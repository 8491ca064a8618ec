"""Titles of projects and activities: when two agencies write the same one differently."""

from __future__ import annotations

from functools import lru_cache

import polars as pl
from rapidfuzz.distance import OSA

from schakel.register.joining.agreement import Agreement
from schakel.register.matching.normalising import plain

# Words that only say that it is done together, or in which language the title stands.
IDLE = ("samenwerking", "gezamenlijk", "joint", "project", "nl", "en", "the", "de", "het")
_IDLE_PATTERN = r"\b(?:" + "|".join(IDLE) + r")\b"


def title(column: str) -> pl.Expr:
    """The title in ``column`` plainly spelled, without words that say nothing of the contents; null if none."""
    bare = plain(pl.col(column))
    own = bare.str.replace_all(_IDLE_PATTERN, " ").str.replace_all(r" +", " ").str.strip_chars()
    return pl.when(own != "").then(own).when(bare != "").then(bare)


@lru_cache(maxsize=100_000)
def titles_agree(one: str, other: str) -> Agreement:
    """How two titles from `title` stand to each other.

    NEAR: but for slips of the finger (one in ten letters), or one is cut off. LIKE: all words of
    one stand in the other.
    """
    a, b = sorted((one.replace(" ", ""), other.replace(" ", "")), key=lambda text: (len(text), text))
    if not a:
        return Agreement.UNLIKE
    if a == b:
        return Agreement.SAME
    slips = max(1, len(b) // 10)
    if OSA.distance(a, b, score_cutoff=slips) <= slips or (len(a) >= 10 and b.startswith(a)):
        return Agreement.NEAR
    words = sorted((set(one.split()), set(other.split())), key=len)
    return Agreement.LIKE if len(words[0]) > 1 and words[0] <= words[1] else Agreement.UNLIKE
