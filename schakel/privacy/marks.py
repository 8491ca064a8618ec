"""By what a person is found in texts: words, compared without capitals, accents and punctuation, under a keyed digest.

Invariant: a finder holds digests alone, never a name. So what finds a person today finds them again after a restore,
from a list that says nothing to who reads it without the key.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

STANDS_FOR = "gewist-"  # how what was erased begins; goes on with eight signs, the same for the same words of a party
_WORD = re.compile(r"\w+")
_POSTCODE = re.compile(r"([1-9][0-9]{3}) ?([A-Za-z]{2})")
_DIGEST, _SHOWN, _SHORTEST, _LONGEST = 16, 8, 5, 16


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text, from ``start`` up to ``end``, with the digest of the words there."""

    start: int
    end: int
    digest: str


def normal(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    return tuple(_plain(word) for word in _WORD.findall(text))


def digest_of(party: str, words: tuple[str, ...]) -> str:
    """The keyed digest of words as ``party`` (its slug) finds somebody by; another party's is another."""
    key = hashlib.sha256(settings.ERASURE_KEY.encode()).digest()
    said = f"{party}\0{' '.join(words)}".encode()
    return hashlib.blake2b(said, key=key, digest_size=_DIGEST).hexdigest()


def too_common(text: str) -> bool:
    """Whether words would be found where somebody else is meant: one word alone, short and without a number."""
    words = normal(text)
    return not words or (len(words) == 1 and (len(words[0]) < _SHORTEST)) or len(words) > _LONGEST


def ways_of_writing(mark: str) -> Iterator[tuple[str, ...]]:
    """The words of a mark in each way they are written: a postcode with and without its blank."""
    words = normal(mark)
    yield words
    found = _POSTCODE.fullmatch(mark.strip())
    if found:
        digits, letters = found[1], found[2].lower()
        yield from {(digits, letters), (digits + letters,)} - {words}


class Finder:
    """Finds in texts what a party knows a person by. ``known``: number of words to digests of so many."""

    def __init__(self, party: str, known: dict[int, frozenset[str]]) -> None:
        self.party, self.known = party, known

    @classmethod
    def of(cls, party: str, marks: Iterable[str]) -> Finder:
        """A finder of ``marks``, as people wrote them."""
        known: dict[int, set[str]] = {}
        for mark in marks:
            for words in ways_of_writing(mark):
                known.setdefault(len(words), set()).add(digest_of(party, words))
        return cls(party, {length: frozenset(found) for length, found in known.items()})

    def spans(self, text: str) -> list[Span]:
        """Where the person is in ``text``, the longest first where two begin alike; none overlaps another."""
        words = [(found.start(), found.end(), _plain(found[0])) for found in _WORD.finditer(text)]
        spans: list[Span] = []
        at = 0
        while at < len(words):
            found = self._at(words, at)
            if found is None:
                at += 1
                continue
            length, span = found
            spans.append(span)
            at += length
        return spans

    def finds(self, text: str) -> bool:
        """Whether the person is in ``text``."""
        return bool(self.spans(text))

    def without(self, text: str, *, numbers: bool = False) -> str:
        """``text`` with what stands for the person in each place; the same words are always the same.

        ``numbers``: digits alone become as many zeros, for a cell that must stay a number. A postcode keeps its four
        digits, as province and figures follow from them and nobody is known by them.
        """
        parts, last = [], 0
        for span in self.spans(text):
            parts += [text[last : span.start], _instead(text[span.start : span.end], span, numbers=numbers)]
            last = span.end
        return "".join([*parts, text[last:]]) if parts else text

    def _at(self, words: list[tuple[int, int, str]], at: int) -> tuple[int, Span] | None:
        for length in sorted(self.known, reverse=True):
            if at + length <= len(words):
                said = tuple(word for _start, _end, word in words[at : at + length])
                digest = _digest(self.party, said, settings.ERASURE_KEY)
                if digest in self.known[length]:
                    return length, Span(words[at][0], words[at + length - 1][1], digest)
        return None


def _instead(text: str, span: Span, *, numbers: bool) -> str:
    if numbers and text.isdigit():
        return "0" * len(text)
    postcode = _POSTCODE.fullmatch(text)
    return postcode[1] if postcode else f"{STANDS_FOR}{span.digest[:_SHOWN]}"


@lru_cache(maxsize=200_000)
def _digest(party: str, words: tuple[str, ...], _key: str) -> str:
    """As `digest_of`; texts of records are alike, and most windows of words are asked often."""
    return digest_of(party, words)


@lru_cache(maxsize=200_000)
def _plain(word: str) -> str:
    parted = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parted if not unicodedata.combining(sign))
