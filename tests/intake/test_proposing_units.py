"""In which unit amounts are taken to be where no header says it: what is written to the cent is in euros."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schakel.intake.kinds import Field, kind
from schakel.intake.proposing.columns import Column
from schakel.intake.proposing.meanings import Meaning
from schakel.intake.proposing.numbers import to_the_cent
from schakel.intake.proposing.sources import units
from schakel.words import Words

AMOUNT = Field("amount", "money", Words("bedrag", "amount"))


def unit(*texts: str, header: str = "Bedrag") -> str:
    """The unit that is proposed for a column of these cells."""
    nothing: frozenset[str] = frozenset()
    meaning = Meaning(kind("investment"), AMOUNT, (), nothing, nothing, {})
    column = Column("blad", "A", header, texts, ("text",) * len(texts), len(texts))
    return units([(meaning, column)], {})[column]


def dutch(cents: int) -> str:
    """As it is written here: 1.234,56."""
    whole = f"{abs(cents) // 100:,}".replace(",", ".")
    return f"{'-' if cents < 0 else ''}{whole},{abs(cents) % 100:02}"


def english(cents: int) -> str:
    """As it is written elsewhere: 1,234.56."""
    return f"{cents / 100:,.2f}"


def test_a_small_amount_to_the_cent_and_one_below_nought_are_euros():
    assert unit("1.000,00", "-5") == "EUR"
    assert unit("1,000.00", "-5") == "EUR"


def test_what_the_header_says_goes_first():
    assert unit("1.000,00", "-5", header="Bedrag (x 1.000)") == "EUR thousand"


def test_small_amounts_without_cents_are_still_told_by_their_sizes():
    assert unit("250", "54", "310") == "EUR thousand"
    assert unit("0,32", "40,4", "0,5") == "EUR million"


@given(
    cents=st.integers(100_000, 999_999_999),
    others=st.lists(st.integers(-999_999, 999_999), max_size=8),
    bare=st.lists(st.integers(-99, 99), max_size=8),
    written=st.sampled_from([dutch, english]),
    sign=st.sampled_from([1, -1]),
    data=st.data(),
)
def test_whatever_stands_beside_it_an_amount_of_thousands_to_the_cent_says_euros(
    cents, others, bare, written, sign, data
):
    texts = [written(sign * cents), *map(written, others), *map(str, bare)]
    assert unit(*data.draw(st.permutations(texts))) == "EUR"


@given(st.lists(st.decimals(0, 99999, places=1).map(str) | st.integers(-99999, 99999).map(str)))
def test_plain_numbers_are_never_taken_to_be_written_to_the_cent(texts):
    assert not to_the_cent(texts)
