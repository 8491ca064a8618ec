"""The keyed filter of a name: two names alike have filters alike, and no name stands in it.

A Bloom filter of the pairs of letters of a name, after Schnell, Bachteler and Reiher, "Privacy-preserving
record linkage using Bloom filters" (BMC Medical Informatics and Decision Making 9:41, 2009): 1024 bits, 20 for each
pair. Theirs takes the 20 places from two hashes (double hashing); the few patterns which that can make
were used to read filters back (Niedermeyer, Steinmetzer, Kroll and Schnell, 2014). So here each of the 20 places
is cut from one HMAC-SHA256 of the pair of letters under the filter's own key: 200 of its 256 bits, 10 a place.
Order of words does not count. Noise in each record, or a salt, would make filters safer and less alike;
neither is used, so how often a pattern occurs stays visible.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

FILTER_BYTES = 128
BITS = 8 * FILTER_BYTES
PLACES = 20  # for each pair of letters
_PLACE_BITS = 10  # as 2 ** 10 = BITS
Bits = npt.NDArray[np.uint8]


def grams(words: Iterable[str]) -> set[str]:
    """The pairs of letters of ``words``, the ends of each word as a space."""
    return {f" {word} "[at : at + 2] for word in words for at in range(len(word) + 1)}


class NameFilter:
    """Makes filters under one key; remembers the places of each pair of letters, of which there are some 1,400."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._mask: dict[str, int] = {}

    def of(self, words: Iterable[str]) -> bytes:
        """The filter of a name, `FILTER_BYTES` long."""
        all_ = 0
        for gram in grams(words):
            all_ |= self._mask.get(gram) or self._made(gram)
        return all_.to_bytes(FILTER_BYTES, "big")

    def _made(self, gram: str) -> int:
        digest = int.from_bytes(hmac.digest(self._key, gram.encode(), "sha256"), "big")
        mask = 0
        for place in range(PLACES):
            mask |= 1 << (digest >> place * _PLACE_BITS & BITS - 1)
        self._mask[gram] = mask
        return mask


def stacked(filters: Iterable[bytes]) -> Bits:
    """Filters as rows of bytes, so that many are compared at once."""
    return np.frombuffer(b"".join(filters), dtype=np.uint8).reshape(-1, FILTER_BYTES)


def contained(left: Bits, right: Bits) -> npt.NDArray[np.bool_]:
    """Whether, row by row, the one name has all pairs of letters of the other."""
    shared = left & right
    inside: npt.NDArray[np.bool_] = (shared == left).all(axis=1) | (shared == right).all(axis=1)
    return inside


def likeness(left: Bits, right: Bits) -> npt.NDArray[np.int64]:
    """How alike filters are, row by row: the Dice coefficient in whole thousandths, 1000 for equal ones."""
    shared = np.bitwise_count(left & right).sum(axis=1, dtype=np.int64)
    both = np.bitwise_count(left).sum(axis=1, dtype=np.int64) + np.bitwise_count(right).sum(axis=1, dtype=np.int64)
    alike: npt.NDArray[np.int64] = 2000 * shared // np.maximum(both, 1)
    return alike
