"""Nobody can compute what is withheld: not by asking everything there is to ask, and solving for the rest."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from schakel.figures import deciding
from schakel.sharing.disclosure import too_much

from .attacking import Attack
from .networks import network, networks

LISTS = ("project", "investment", "position")
READERS = ("", "nom")
MOST = 40
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # a smaller world is no clearer here


@pytest.mark.parametrize("reader", READERS, ids=["who has no column", "an agency that knows its own"])
@pytest.mark.parametrize("fact", LISTS)
@settings(max_examples=2, phases=PHASES)
@given(data=st.data())
def test_what_is_withheld_is_not_known_nor_nearly(fact: str, reader: str, data: st.DataObject) -> None:
    assert list(Attack(data.draw(networks(fact)), fact, reader).failures(MOST)) == []


@pytest.mark.parametrize("fact", LISTS)
def test_figures_are_shown_too(fact: str) -> None:
    attack = Attack(network(1, fact=fact, records=400, organisations=200), fact)
    by_province = [cells for said in attack.said.values() for by, cells in said.items() if by == ("province",)]
    assert all(value is not None for value in by_province[0].values())
    assert list(attack.failures(MOST)) == []


def test_the_attack_finds_what_small_cells_alone_would_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "withhold", lambda layers, forced: set(forced) | too_much(layers))
    found = [
        failure
        for seed in range(4)
        for failure in Attack(network(seed, fact="project", records=90, organisations=60), "project").failures()
    ]
    assert found
