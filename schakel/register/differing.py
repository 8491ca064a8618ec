"""Where two texts differ, letter by letter, for who has to see it at a glance."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Agreement = Literal["same", "alike", "differs", "one-sided", "empty"]

# Shorter runs of equal letters inside differing ones are chance: "Zon" and "Ton" share no "n" worth showing.
_SHORTEST = 2
# Below this share of equal letters nothing is marked: all would be.
_UNLIKE = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and whether the other text has it too."""

    text: str
    same: bool


def compare(one: str, other: str) -> tuple[Agreement, list[Piece], list[Piece]]:
    """How two texts agree, and both in pieces whose texts together are the text itself.

    "same": but for capitals, accents, spaces and full stops. "alike": pieces tell where they differ. "differs": they
    have little in common, and nothing is marked. "one-sided", "empty": one, or neither, says anything.
    """
    if not one.strip() or not other.strip():
        agreed: Agreement = "one-sided" if one.strip() or other.strip() else "empty"
        return agreed, _whole(one), _whole(other)
    if _plain(one) == _plain(other):
        return "same", _whole(one), _whole(other)
    matcher = SequenceMatcher(None, _folded(one), _folded(other), autojunk=False)
    if matcher.ratio() < _UNLIKE:
        return "differs", _whole(one), _whole(other)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= _SHORTEST]
    left = _pieces(one, [(block.a, block.size) for block in blocks])
    return "alike", left, _pieces(other, [(block.b, block.size) for block in blocks])


def _whole(text: str) -> list[Piece]:
    return [Piece(text, same=True)] if text else []


def _pieces(text: str, equal: list[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], 0
    for start, size in equal:
        pieces += [Piece(text[at:start], same=False), Piece(text[start : start + size], same=True)]
        at = start + size
    return [piece for piece in [*pieces, Piece(text[at:], same=False)] if piece.text]


def _folded(text: str) -> str:
    """The text without capitals and accents, letter for letter: each stands where it stood."""
    return "".join((unicodedata.normalize("NFD", letter)[0].lower() or letter)[0] for letter in text)


def _plain(text: str) -> str:
    return re.sub(r"[\s.]+", "", _folded(text))
