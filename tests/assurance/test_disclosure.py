"""The attack on what is withheld, many times over: every list, readers of each kind, small worlds and larger ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.attacking import Attack
from tests.figures.networks import networks
from tests.figures.test_disclosure_attack import PHASES

LISTS = ("project", "project_company", "investment", "position", "foreign_case", "outcome", "outcome_turnover")


@pytest.mark.parametrize("reader", ["", "bom", "nom"])
@pytest.mark.parametrize("fact", LISTS)
@settings(max_examples=4, phases=PHASES)
@given(data=st.data())
def test_what_is_withheld_is_not_known_nor_nearly(fact: str, reader: str, data: st.DataObject) -> None:
    assert list(Attack(data.draw(networks(fact, most=300)), fact, reader).failures(most=300)) == []
