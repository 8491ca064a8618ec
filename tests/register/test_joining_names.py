"""Names and titles: how they agree, and that agreeing is symmetric."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.register.joining.agreement import Agreement
from schakel.register.joining.names import agreement, forms_clash, parse
from schakel.register.matching.normalising import plain


def spelled(text: str) -> str:
    return str(pl.select(plain(pl.lit(text))).item())


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Bakker Groep B.V.", "Bakker Group", Agreement.SAME),
        ("Ziijlstra Techniek", "Zijlstra Techniek", Agreement.NEAR),
        ("Techniek Zijlstra", "Zijlstra Techniek", Agreement.NEAR),
        ("Noalto Sol. Vastgoed", "Noalto Solutions Vastgoed B.V.", Agreement.SAME),
        ("Noalto Sportm. Vastgoed", "Noalto Sportmaterialen Vastgoed B.V.", Agreement.NEAR),
        ("Nieuwe Vloeren Systemen", "NVS", Agreement.LIKE),
        ("Bakker", "Bakker Bouw", Agreement.LIKE),
        ("Bakker Holding", "Bakker", Agreement.SISTERS),
        ("Bakker Holdng", "Bakker", Agreement.SISTERS),
        ("Huisman IT Services", "Huisman IT Services Services", Agreement.SISTERS),
        ("Tora", "Toro", Agreement.UNLIKE),
        ("Bakker Bouw", "Slager Vlees", Agreement.UNLIKE),
    ],
)
def test_agreement(a: str, b: str, expected: Agreement) -> None:
    assert agreement(spelled(a), spelled(b)) == expected


words = st.sampled_from(
    ["bakker", "bouw", "holding", "beheer", "bv", "stichting", "nederland", "lodka", "loduka", "de"]
)
some_names = st.lists(words, min_size=1, max_size=4).map(" ".join)


@settings(deadline=None)
@given(some_names, some_names)
def test_agreement_is_symmetric(a: str, b: str) -> None:
    assert agreement(a, b) == agreement(b, a)
    assert forms_clash(a, b) == forms_clash(b, a)


@settings(deadline=None)
@given(some_names)
def test_a_name_is_itself(name: str) -> None:
    assert agreement(name, name) == Agreement.SAME


def test_a_name_of_nothing_but_a_legal_form_stays_a_name() -> None:
    assert parse("coop").words == ("coop",)
