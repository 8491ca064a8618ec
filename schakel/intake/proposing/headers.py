"""What a header says: its words, split out of compounds and abbreviations, and the concepts they mean.

Invariant: nothing here knows a sender; a header is read with the vocabulary of the field alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from schakel.intake.proposing.folding import fold, near
from schakel.intake.proposing.vocabulary import STOP_WORDS, UNIT_WORDS, WEIGHTS, words

LINKS = ("", "s", "en", "e", "n")  # what Dutch puts between the parts of a compound
LONGEST_PHRASE = 4
UNKNOWN_WEIGHT = 0.7
_YEARS = re.compile(r"\b\d+ ?(jaar|jr|years?|yrs?|y)\b")  # "komende 3 jaar" says how long, not which year


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a header: its text, what it may mean, and how far that is sure (1: as written)."""

    text: str
    concepts: frozenset[str] = frozenset()
    surety: float = 1.0

    weight: float = field(init=False, compare=False)  # how much it tells; words such as "number" tell less

    def __post_init__(self) -> None:
        told = [WEIGHTS.get(concept, 1.0) for concept in self.concepts]
        object.__setattr__(self, "weight", max(told, default=UNKNOWN_WEIGHT))


@lru_cache(maxsize=65536)
def read(header: str) -> tuple[Word, ...]:
    """The words of ``header`` that carry meaning: no units, no small words (unless there is nothing else)."""
    parts = _YEARS.sub(" ", fold(header)).split()
    found = _phrases(tuple(parts))
    last = len(found) - 1  # "Datum van", "Stand per": a small word that ends a header tells
    telling = tuple(w for at, w in enumerate(found) if not _small(w.text) or (at == last and w.text in words()))
    return telling or found


def _small(text: str) -> bool:
    return text in STOP_WORDS or text in UNIT_WORDS or text.isdigit()


def _phrases(parts: tuple[str, ...]) -> tuple[Word, ...]:
    known = words()
    found: list[Word] = []
    at = 0
    while at < len(parts):
        for length in range(min(LONGEST_PHRASE, len(parts) - at), 0, -1):
            phrase = " ".join(parts[at : at + length])
            if phrase in known:
                found.append(Word(phrase, known[phrase]))
                break
        else:
            length = 1
            found.extend(_apart(parts[at]))
        at += length
    return tuple(found)


@lru_cache(maxsize=65536)
def _apart(token: str) -> tuple[Word, ...]:
    if token in STOP_WORDS:
        return (Word(token),)
    return _compound(token) or _ending(token) or _resembling(token) or (Word(token),)


def _ending(token: str) -> tuple[Word, ...]:
    """A shortened word before a known ending ("relnr", "omschrdatum")."""
    for end in _ENDINGS:
        rest = token.removesuffix(end)
        if rest != token and len(rest) >= 3 and (begun := _resembling(rest)):
            return (*begun, Word(end, _parts()[end]))
    return ()


def _compound(token: str) -> tuple[Word, ...]:
    """``token`` as known words put together, the fewest possible; empty if it is none."""
    best: dict[int, tuple[Word, ...]] = {0: ()}
    for end in range(2, len(token) + 1):
        for start in range(end - 1):
            if start in best:
                piece = _piece(token[start:end], last=end == len(token))
                if piece and (end not in best or len(best[start]) + 1 < len(best[end])):
                    best[end] = (*best[start], piece)
    return best.get(len(token), ())


def _piece(text: str, *, last: bool) -> Word | None:
    for link in LINKS:
        stem = text.removesuffix(link) if link else text
        if link and (last or not text.endswith(link)):
            continue
        if stem in _parts() and (len(stem) > 3 or (last and stem in {"nr", "id", "no"}) or stem in _SHORT_PARTS):
            return Word(stem, _parts()[stem])
    return None


_ENDINGS = ("nummer", "datum", "bedrag", "naam", "code", "nr", "id")
_SHORT_PARTS = frozenset({"kvk", "btw", "vat", "fte", "eu", "eind", "web", "rom", "fdi", "jaar", "land", "deal", "coc"})


@cache
def _parts() -> dict[str, frozenset[str]]:
    return {word: concepts for word, concepts in words().items() if " " not in word}


def _resembling(token: str) -> tuple[Word, ...]:
    """A word that ``token`` shortens ("omschr") or misspells; empty if none or too many."""
    if len(token) < 3:
        return ()
    whole = _begun_with(token)
    concepts = frozenset.intersection(*(_parts()[word] for word in whole)) if whole else frozenset()
    if concepts:
        return (Word(min(whole, key=lambda word: (len(word), word)), concepts, surety=0.85),)
    if len(token) >= 5:
        near = process.extract(token, _long_parts(), scorer=Levenshtein.distance, score_cutoff=1, limit=None)
        if near:
            word = min(found[0] for found in near)
            return (Word(word, _parts()[word], surety=0.85),)
    return _beginning(token)


@cache
def _sorted_parts() -> list[str]:
    return sorted(_parts())


@cache
def _long_parts() -> list[str]:
    return [word for word in _sorted_parts() if len(word) >= 5]


def _begun_with(token: str) -> list[str]:
    parts = _sorted_parts()
    start = bisect_left(parts, token)
    return parts[start : bisect_left(parts, token + "\uffff", lo=start)]


def _beginning(token: str) -> tuple[Word, ...]:
    """A known word with an unknown rest ("projectxyz")."""
    for end in range(len(token) - 1, 3, -1):
        if token[:end] in _parts():
            return Word(token[:end], _parts()[token[:end]], surety=0.9), Word(token[end:])
    return ()


def likeness(header: tuple[Word, ...], meant: tuple[Word, ...], implied: frozenset[str]) -> float:
    """How far ``header`` says what ``meant`` says, 0 to 1; concepts that are ``implied`` go without saying."""
    if not header or not meant:
        return 0.0
    shared = 0.0
    left = list(meant)
    for word in header:
        best = max(left, key=lambda other: _same(word, other), default=None)
        strength = _same(word, best) if best else 0.0
        if best and strength > 0:
            left.remove(best)
            shared += strength * (_weight(word, implied) + _weight(best, implied)) / 2
    total = sum(_weight(word, implied) for word in header) + sum(_weight(word, implied) for word in meant)
    return min(1.0, 2 * shared / total) if total else 0.0


def _weight(word: Word, implied: frozenset[str]) -> float:
    return 0.2 if word.concepts and word.concepts <= implied else word.weight


def _same(left: Word, right: Word) -> float:
    if left.text == right.text:
        return left.surety * right.surety
    both = left.concepts & right.concepts
    if both:
        either = left.concepts | right.concepts
        return (0.75 + 0.2 * len(both) / len(either)) * left.surety * right.surety
    if len(left.text) >= 5 and len(right.text) >= 5 and near(left.text, right.text):
        return 0.8
    return 0.0


@lru_cache(maxsize=1 << 18)
def alike(header: str, name: str, implied: frozenset[str] = frozenset()) -> float:
    """The `likeness` of two texts."""
    return likeness(read(header), read(name), implied)


def familiar(text: str) -> bool:
    """Whether most words of ``text`` stand in the vocabulary, without guessing at any."""
    parts = fold(text).split()
    known = sum(part in words() or part in UNIT_WORDS or bool(_compound(part)) for part in parts)
    return bool(parts) and known >= 0.6 * len(parts)


def understood(header: tuple[Word, ...]) -> bool:
    """Whether the vocabulary knows most of the header's words."""
    known = sum(word.weight for word in header if word.concepts)
    return bool(header) and known >= 0.6 * sum(word.weight for word in header)
