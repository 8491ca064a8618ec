"""What makes words alike for searching: no capitals, no accents, Dutch and English stems beside the word itself.

Invariant: a text and a question are folded by the same rules, so whoever types a word of a title finds it.
A folded word holds letters and digits only; so it can stand in a search expression and mean nothing there.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

LONGEST = 60  # letters of a word that count
_SHORTEST_STEMMED = 3
_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
# Letters that are no letter with an accent, but are written as one without.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ŋ": "n"})


class _Stemmers(threading.local):
    """A stemmer may be used by one thread at a time."""

    def __init__(self) -> None:
        self.all = (Stemmer.Stemmer("dutch"), Stemmer.Stemmer("english"))


_stemmers = _Stemmers()


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """``text`` without capitals and accents."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).translate(_LETTERS)


def chunks(text: str) -> Iterator[list[str]]:
    """The words of ``text`` as they stand between spaces, each as its folded pieces ("B.V." is b and v)."""
    for word in text.split():
        pieces = [piece[:LONGEST] for piece in _WORD.findall(folded(word))]
        if pieces:
            yield pieces


def joined(pieces: list[str]) -> str:
    """A word of several pieces written as one ("bv")."""
    return "".join(pieces)[:LONGEST]


@lru_cache(maxsize=50_000)
def stems(word: str) -> frozenset[str]:
    """The Dutch and the English stem of a folded word; none of a short word or a number."""
    if len(word) < _SHORTEST_STEMMED or not word.isalpha():
        return frozenset()
    return frozenset(stemmer.stemWord(word) for stemmer in _stemmers.all)


@lru_cache(maxsize=50_000)
def _tokens_of(word: str) -> frozenset[str]:
    found: set[str] = set()
    for pieces in chunks(_HUMP.sub(" ", word)):
        found |= {*pieces, joined(pieces)}
    for pieces in chunks(word):
        found |= {*pieces, joined(pieces)}
    return frozenset(found.union(*map(stems, found)))


def tokens(text: str) -> set[str]:
    """All under which a text is found: its words, their pieces, their stems ("AgroLoop": agroloop, agro, loop)."""
    found: set[str] = set()
    return found.union(*map(_tokens_of, text.split()))


def number_tokens(number: str) -> set[str]:
    """Under which a number is found exactly: whole without punctuation, and without what stands in front.

    "P-2023-014" is p2023014, 2023014 and 014; "NL123456789B01" also 123456789b01.
    """
    pieces = _PIECE.findall(folded(number))
    return {joined(pieces[first:]) for first in range(len(pieces)) if any(map(str.isdigit, pieces[first:]))}


def whole(text: str) -> str:
    """``text`` as one word of letters and digits."""
    return "".join(_WORD.findall(folded(text)))[:LONGEST]


def sort_key(title: str) -> str:
    """The words of a title, folded, with a space between; titles are compared and begun by it."""
    return " ".join(joined(pieces) for pieces in chunks(title))
