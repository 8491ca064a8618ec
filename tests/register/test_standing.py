"""Standing identities: a round of joining gives birth, links and merges; it never renumbers or parts."""

from __future__ import annotations

from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.register.standing import Decision, Standing, decide

SCHEMA = {
    "record_kind": pl.String,
    "record": pl.Int64,
    "cluster": pl.Int64,
    "rule": pl.String,
    "evidence": pl.String,
}
Grouping = dict[int, int]
groupings = st.dictionaries(st.integers(1, 14), st.integers(1, 5), max_size=14)
rounds = st.lists(groupings, min_size=1, max_size=5)


def frame(grouping: Grouping) -> pl.DataFrame:
    rows = [("organisation", record, cluster, "kvk", str(cluster)) for record, cluster in grouping.items()]
    return pl.DataFrame(rows, SCHEMA, orient="row")


def lived(history: list[Grouping]) -> Standing:
    standing = Standing()
    for grouping in history:
        standing = standing.after(decide(frame(grouping), standing))
    return standing


def home(standing: Standing, record: int) -> int:
    return standing.resolve(standing.members["organisation", record])


def test_first_round_gives_birth_by_lowest_record() -> None:
    assert decide(frame({3: 8, 1: 9, 2: 8}), Standing()) == [
        Decision("born", 1),
        Decision("linked", 1, ("organisation", 1), rule="kvk", evidence="9"),
        Decision("born", 2),
        Decision("linked", 2, ("organisation", 2), rule="kvk", evidence="8"),
        Decision("linked", 2, ("organisation", 3), rule="kvk", evidence="8"),
    ]


def test_new_record_is_linked_to_the_identity_of_its_cluster() -> None:
    standing = lived([{1: 1, 2: 2}])
    assert decide(frame({1: 1, 2: 2, 3: 2}), standing) == [
        Decision("linked", 2, ("organisation", 3), rule="kvk", evidence="2")
    ]


def test_two_identities_in_one_cluster_merge_into_the_elder() -> None:
    standing = lived([{1: 1, 2: 2}])
    decisions = decide(frame({1: 7, 2: 7}), standing)
    assert decisions == [Decision("merged", 1, other=2, rule="kvk", evidence="7")]
    assert home(standing.after(decisions), 2) == 1


def test_redirects_are_followed_to_their_end() -> None:
    standing = lived([{1: 1, 2: 2, 3: 3}, {2: 1, 3: 1}, {1: 1, 2: 1}])
    assert standing.redirects == {3: 2, 2: 1}
    assert {home(standing, record) for record in (1, 2, 3)} == {1}


def test_a_rerun_never_parts_what_stands() -> None:
    standing = lived([{1: 1, 2: 1}])
    assert decide(frame({1: 1, 2: 2}), standing) == []


def test_a_number_is_not_used_again_when_its_records_are_gone() -> None:
    gone = Standing(members={}, redirects={}, last=41)
    assert decide(frame({1: 1}), gone)[0] == Decision("born", 42)


@settings(deadline=None)
@given(rounds)
def test_a_second_run_decides_nothing(history: list[Grouping]) -> None:
    assert decide(frame(history[-1]), lived(history)) == []


@settings(deadline=None)
@given(rounds, groupings, st.randoms())
def test_order_of_rows_and_numbers_of_clusters_mean_nothing(
    history: list[Grouping], grouping: Grouping, random: Random
) -> None:
    shuffled = list(grouping.items())
    random.shuffle(shuffled)
    said = frame(grouping).with_columns(evidence=pl.lit(""))
    other = frame({record: 90 - cluster for record, cluster in shuffled}).with_columns(evidence=pl.lit(""))
    assert decide(said, lived(history)) == decide(other, lived(history))


@settings(deadline=None)
@given(rounds, groupings)
def test_numbers_are_new_at_birth_and_keep_their_records(history: list[Grouping], grouping: Grouping) -> None:
    before = lived(history)
    decisions = decide(frame(grouping), before)
    after = before.after(decisions)
    born = [d.identity for d in decisions if d.verb == "born"]
    assert born == list(range(before.last + 1, before.last + 1 + len(born)))
    assert all(after.members[record] == identity for record, identity in before.members.items())


@settings(deadline=None)
@given(rounds, groupings)
def test_the_elder_stays_and_redirects_end(history: list[Grouping], grouping: Grouping) -> None:
    before = lived(history)
    after = before.after(decide(frame(grouping), before))
    assert all(younger > elder for younger, elder in after.redirects.items())
    assert all(after.redirects[younger] == elder for younger, elder in before.redirects.items())


@settings(deadline=None)
@given(rounds)
def test_records_of_one_cluster_are_of_one_identity(history: list[Grouping]) -> None:
    after = lived(history)
    for cluster in set(history[-1].values()):
        members = [record for record, its in history[-1].items() if its == cluster]
        assert len({home(after, record) for record in members}) == 1
