"""What somebody types, as search expressions of the database.

All words must be found; the last one may still be being typed. Of each word the word itself counts, or its
stem. An expression is put together from folded words alone: nothing that was typed can be an operator.
"""

from __future__ import annotations

from dataclasses import dataclass

from schakel.search.documents import NUMBER, TITLE
from schakel.search.folding import chunks, joined, sort_key, stems, whole

MOST_WORDS, LONGEST_QUESTION = 12, 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: what must be found, what makes it an exact number, and what ranks it by its title.

    ``found``, ``exact`` and ``titled`` are expressions (tsquery); ``begins`` is how a title's sort key begins.
    """

    found: str
    exact: str
    titled: str
    begins: str


def asked(text: str) -> Asked | None:
    """What ``text`` asks for; None where it holds no letter and no digit. What is too long is left out."""
    text = text[:LONGEST_QUESTION]
    words = list(chunks(text))[:MOST_WORDS]
    if not words:
        return None
    number = whole(text)
    numbers = [number] if any(map(str.isdigit, number)) else []
    return Asked(
        found=_either([_all(words, ""), *(f"'{n}':*{NUMBER}" for n in numbers)]),
        exact=f"'{number}':{NUMBER}",
        titled=_all(words, TITLE),
        begins=sort_key(text),
    )


def _all(words: list[list[str]], places: str) -> str:
    last = len(words) - 1
    return " & ".join(_word(pieces, places, typing=n == last) for n, pieces in enumerate(words))


def _word(pieces: list[str], places: str, *, typing: bool) -> str:
    """A word: as one, or all its pieces."""
    ways = [_piece(joined(pieces), places, typing=typing)]
    if len(pieces) > 1:
        parts = [_piece(piece, places, typing=typing and n == len(pieces) - 1) for n, piece in enumerate(pieces)]
        ways.append(f"({' & '.join(parts)})")
    return _either(ways)


def _piece(word: str, places: str, *, typing: bool) -> str:
    begun = f"'{word}':*{places}" if typing else _exactly(word, places)
    return _either([begun, *(_exactly(stem, places) for stem in sorted(stems(word) - {word}))])


def _exactly(word: str, places: str) -> str:
    return f"'{word}':{places}" if places else f"'{word}'"


def _either(ways: list[str]) -> str:
    return ways[0] if len(ways) == 1 else f"({' | '.join(ways)})"
