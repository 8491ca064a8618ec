"""Two people of different agencies at once on one pool of connections, 10,000 interleaved requests."""

from __future__ import annotations

from pathlib import Path

from tests.sharing.pool.serving import filled, on_one_pool

REQUESTS = 10_000


def test_ten_thousand_requests_tell_nobody_what_is_anothers(tmp_path: Path, django_db_setup: None) -> None:
    made, people = filled(tmp_path, "pool_assured")
    with on_one_pool(made.var, people) as both:
        told = both.run(REQUESTS, seed=2024)
    assert told.asked == REQUESTS
    assert min(told.ways.values()) > 100, told.ways
    assert not told.wrong, "\n".join(told.wrong[:20])
