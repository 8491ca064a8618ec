"""Two people of different agencies on one pool of connections, some hundreds of requests; and what would go wrong.

`tests/assurance/test_one_pool.py` asks ten thousand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.site import Site

from .pool.people import Somebody
from .pool.serving import filled, on_one_pool


@pytest.fixture(scope="module")
def site(tmp_path_factory, worker_id, django_db_setup) -> tuple[Site, list[Somebody]]:
    return filled(Path(tmp_path_factory.mktemp("pool")), f"pool_{worker_id}")


def test_some_hundreds_of_requests_tell_nobody_what_is_anothers(site):
    with on_one_pool(site[0].var, site[1]) as both:
        told = both.run(200, seed=2023)
    assert not told.wrong, "\n".join(told.wrong[:20])
    assert len(told.ways) == 12


@pytest.mark.parametrize("forgets", ["session", "remembered"])
def test_a_party_that_is_set_for_longer_than_a_transaction_is_noticed(site, forgets):
    with on_one_pool(site[0].var, site[1], forgets=forgets) as both:
        told = both.run(40, seed=2023)
    assert any("tells" in line or "sees" in line for line in told.wrong)
