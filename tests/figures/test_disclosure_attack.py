"""Nobody can compute what is withheld: not by asking everything there is to ask, and solving for the rest."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from schakel.figures import deciding
from schakel.sharing.disclosure import too_much

from .attacking import Attack
from .drawing import MEASURES, fact
from .networks import network, networks

LISTS = ("project", "investment", "foreign_case")
READERS = ("", "nom")
MOST = 40
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # a smaller world is no clearer here


@pytest.mark.parametrize("reader", READERS, ids=["who has no column", "an agency that knows its own"])
@pytest.mark.parametrize("name", LISTS)
@settings(max_examples=2, phases=PHASES)
@given(data=st.data())
def test_what_is_withheld_is_not_known_nor_nearly(name: str, reader: str, data: st.DataObject) -> None:
    assert list(Attack(data.draw(networks(name)), name, reader).failures(MOST)) == []


@pytest.mark.parametrize("name", LISTS)
def test_figures_are_shown_too(name: str) -> None:
    attack = Attack(network(1, fact=name, records=400, organisations=200), name)
    by_province = [cells for said in attack.said.values() for by, cells in said.items() if by == ("province",)]
    assert all(value is not None for value in by_province[0].values())
    assert list(attack.failures(MOST)) == []


def test_the_attack_finds_what_small_cells_alone_would_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    places = ["NB"] * 9 + ["GR"] * 5 + ["abroad"]
    rows = [fact(n, "bom", n, province=place, volume=100, status="running") for n, place in enumerate(places, start=1)]
    facts = {name: rows if name == "project" else [] for name in MEASURES}
    assert list(Attack(facts, "project").failures(MOST)) == []
    monkeypatch.setattr(deciding, "withhold", lambda layers, forced: set(forced) | too_much(layers))
    assert any(
        "('province',) ('abroad',) is 1 of 1, at most 1" in each for each in Attack(facts, "project").failures(MOST)
    )
