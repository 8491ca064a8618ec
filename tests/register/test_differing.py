"""Where two texts differ, letter by letter: nothing is lost, and what does not matter is not marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.register.differing import Piece, compare

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30)
NAMES = st.text("abcdeé .BV-12", max_size=20)


def drawn(pieces: list[Piece]) -> str:
    return "".join(piece.text if piece.same else f"[{piece.text}]" for piece in pieces)


@pytest.mark.parametrize(
    ("one", "other", "agreed", "left", "right"),
    [
        ("Zilte Teelt B.V.", "Zilte Teelten BV", "alike", "Zilte Teelt B.V.", "Zilte Teelt[en] BV"),
        ("Bakkerij De Meeuw", "De Meeuw Beheer B.V.", "alike", "[Bakkerij] De Meeuw", "De Meeuw [Beheer B.V.]"),
        ("87654321", "87654312", "alike", "876543[21]", "876543[12]"),
        ("Café Zon", "cafe zon.", "same", "Café Zon", "cafe zon."),
        ("Goes", "Ritthem", "differs", "Goes", "Ritthem"),
        ("Goes", "", "one-sided", "Goes", ""),
        (" ", "", "empty", " ", ""),
    ],
)
def test_what_differs_is_marked_and_nothing_else(one, other, agreed, left, right):
    agreement, ours, theirs = compare(one, other)
    assert (agreement, drawn(ours), drawn(theirs)) == (agreed, left, right)


@given(TEXTS | NAMES, TEXTS | NAMES)
def test_the_pieces_are_the_text_and_marks_stand_only_where_it_is_alike(one, other):
    agreement, ours, theirs = compare(one, other)
    assert ("".join(p.text for p in ours), "".join(p.text for p in theirs)) == (one, other)
    if agreement != "alike":
        assert all(piece.same for piece in [*ours, *theirs])
    else:
        assert not all(piece.same for piece in [*ours, *theirs])


@given(NAMES, NAMES)
def test_both_ways_round_they_agree_alike(one, other):
    there, back = compare(one, other)[0], compare(other, one)[0]
    assert {there, back} <= {"alike", "differs"} or there == back


@given(NAMES)
def test_a_text_agrees_with_itself(text):
    assert compare(text, text.upper())[0] in {"same", "empty"}
