"""A person is found however the words are written, by digests alone."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schakel.privacy.actions import month_after
from schakel.privacy.marks import STANDS_FOR, Finder, normal, too_common

_WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyzéüß", min_size=2, max_size=9), min_size=2, max_size=4)
_BETWEEN = st.sampled_from([" ", ", ", ".", "-", "  ", "\n"])


@given(name=_WORDS, before=_WORDS, after=_WORDS, between=_BETWEEN, upper=st.booleans())
def test_a_name_goes_and_nothing_else(name, before, after, between, upper):
    assume(not set(normal(" ".join(name))) & set(normal(" ".join([*before, *after]))))
    said = between.join(name)
    text = f"{' '.join(before)} {said.upper() if upper and 'ß' not in said else said} {' '.join(after)}"
    finder = Finder.of("bom", [" ".join(name)])
    done = finder.without(text)
    assert not finder.finds(done)
    assert done.startswith(" ".join(before) + " " + STANDS_FOR)
    assert done.endswith(" " + " ".join(after))
    assert finder.without(done) == done


@given(_WORDS)
def test_it_holds_no_name_and_another_party_finds_nobody_by_it(name):
    finder = Finder.of("bom", [" ".join(name)])
    assert not any(word in str(finder.known) for word in name if len(word) > 3 and not set(word) <= set("abcdef"))
    assert not Finder("nom", finder.known).finds(" ".join(name))


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("jan.jansen@nom.nl", "Mail naar Jan.Jansen@NOM.nl graag"),
        ("4818 CL", "op 4818CL"),
        ("4818cl", "op 4818 CL"),
        ("José de la Peña", "JOSE DE LA PENA"),
    ],
)
def test_ways_of_writing(mark, text):
    assert Finder.of("bom", [mark]).finds(text)


def test_what_would_find_others():
    assert all(too_common(mark) for mark in ("Jan", "", " . ", "Wal"))
    assert not any(too_common(mark) for mark in ("Jan Jansen", "Jansen", "87654321", "a@b.nl"))


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (dt.date(2026, 1, 31), dt.date(2026, 2, 28)),
        (dt.date(2026, 3, 15), dt.date(2026, 4, 15)),
        (dt.date(2026, 11, 30), dt.date(2026, 12, 30)),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 31)),
    ],
)
def test_an_answer_is_due_a_month_later(day, due):
    assert month_after(day) == due
