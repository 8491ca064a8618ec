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
_PASSED_OVER = re.compile(r"[\s.]")


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
    left, right = _telling(one), _telling(other)
    matcher = SequenceMatcher(None, [letter for letter, _at in left], [letter for letter, _at in right], autojunk=False)
    if matcher.ratio() < _UNLIKE:
        return "differs", _whole(one), _whole(other)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= _SHORTEST]
    ours = {left[block.a + step][1] for block in blocks for step in range(block.size)}
    theirs = {right[block.b + step][1] for block in blocks for step in range(block.size)}
    return (
        "alike",
        _pieces(one, {at for _letter, at in left} - ours),
        _pieces(other, {at for _letter, at in right} - theirs),
    )


def _whole(text: str) -> list[Piece]:
    return [Piece(text, same=True)] if text else []


def _telling(text: str) -> list[tuple[str, int]]:
    """The letters that tell, each with where it stands: no capitals or accents, no spaces and full stops."""
    return [(letter, at) for at, letter in enumerate(_folded(text)) if not _PASSED_OVER.match(letter)]


def _pieces(text: str, differing: set[int]) -> list[Piece]:
    """The text in pieces; a full stop differs as the letter before it, a space where both its neighbours do."""
    pieces: list[Piece] = []
    differs = False
    for at, letter in enumerate(text):
        if not _PASSED_OVER.match(letter):
            differs = at in differing
        elif letter != ".":
            differs = differs and _next_differs(text, at, differing)
        if pieces and pieces[-1].same != differs:
            pieces[-1] = Piece(pieces[-1].text + letter, same=not differs)
        else:
            pieces.append(Piece(letter, same=not differs))
    return pieces


def _next_differs(text: str, at: int, differing: set[int]) -> bool:
    """Whether the next letter that tells differs."""
    return next((after in differing for after in range(at, len(text)) if not _PASSED_OVER.match(text[after])), False)


def _folded(text: str) -> str:
    """The text without capitals and accents, letter for letter: each stands where it stood."""
    return "".join((unicodedata.normalize("NFD", letter)[0].lower() or letter)[0] for letter in text)


def _plain(text: str) -> str:
    return _PASSED_OVER.sub("", _folded(text))
