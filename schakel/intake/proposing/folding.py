"""Texts made alike before they are compared: case, accents, punctuation and camel case away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z][a-z])")
_APOSTROPHE = re.compile(r"['’`´]")
_OTHER = re.compile(r"[^0-9a-z€#]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """``text`` in small letters without accents and punctuation, words apart by one space.

    >>> fold("Co-investeerders"), fold("amount_eur"), fold("ThemaNaam")
    ('co investeerders', 'amount eur', 'thema naam')
    """
    parted = _CAMEL.sub(" ", _APOSTROPHE.sub("", text))
    plain = parted if parted.isascii() else _strip(parted)
    return _OTHER.sub(" ", plain.lower()).strip()


def _strip(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def near(left: str, right: str) -> bool:
    """Whether the two differ by one keystroke at most."""
    return int(Levenshtein.distance(left, right, score_cutoff=1)) <= 1
