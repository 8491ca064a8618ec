"""The engine of identity: stories about who is one and who is not, and who must hold it so."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.register.matching import Model, explain, match, score_few

Said = dict[str, Any]
PLACE = {"postcode": "6545DF", "city": "Nijmegen"}


def records(*said: Said) -> pl.DataFrame:
    rows = [{"record": n, "owner": f"agency {n}", "number": f"R{n}"} | one for n, one in enumerate(said, start=1)]
    return pl.DataFrame(rows, infer_schema_length=None)


def register(*said: Said) -> pl.DataFrame:
    rows = [{"entry": n} | one for n, one in enumerate(said, start=11)]
    return pl.DataFrame(rows, infer_schema_length=None) if rows else pl.DataFrame(schema={"entry": pl.Int64})


def clusters(said: pl.DataFrame, listed: pl.DataFrame | None = None, **more: Any) -> list[int]:
    return match(said, register() if listed is None else listed, **more).answers["cluster"].to_list()


def test_a_pair_that_a_person_parted_stays_apart_by_every_road() -> None:
    said = records({"name": "Loduka"} | PLACE, {"name": "Loduka B.V."} | PLACE, {"name": "LODUKA BV"} | PLACE)
    assert clusters(said) == [1, 1, 1]
    judged = pl.DataFrame({"a": [1], "b": [3], "same": [False]})
    found = clusters(said, judged=judged)
    assert found[0] != found[2]


def test_a_pair_that_a_person_joined_is_one_whatever_the_numbers_say() -> None:
    said = records({"name": "Loduka", "kvk": "04517396"}, {"name": "Ypma", "kvk": "12817306"})
    assert clusters(said) == [1, 2]
    found = match(said, register(), judged=pl.DataFrame({"a": [1], "b": [2], "same": [True]}))
    assert found.answers["cluster"].to_list() == [1, 1]
    assert found.answers["decided"].to_list() == ["person", "person"]


def test_a_person_may_say_that_a_record_is_an_entry_or_is_not() -> None:
    listed = register({"name": "Loduka B.V.", "kvk": "04517396"} | PLACE, {"name": "Ypma B.V.", "kvk": "12817306"})
    said = records({"name": "Loduka", "kvk": "04517396"} | PLACE)
    yes = pl.DataFrame({"a": [1], "entry": [12], "same": [True]})
    no = pl.DataFrame({"a": [1], "entry": [11], "same": [False]})
    assert match(said, listed).answers["entry"].to_list() == [11]
    assert match(said, listed, judged=yes).answers["entry"].to_list() == [12]
    assert match(said, listed, judged=no).answers["entry"].to_list() == [None]


def test_standing_identities_stay_and_a_merge_of_two_is_only_proposed() -> None:
    said = records(*({"name": name, "kvk": "04517396"} | PLACE for name in ("Loduka", "Loduka B.V.", "LODUKA")))
    standing = pl.DataFrame({"record": [1, 2], "identity": [70, 80]})
    found = match(said, register(), standing=standing)
    assert found.answers["cluster"].to_list() == [1, 2, 1]
    assert found.merges.select("identity_a", "identity_b").rows() == [(70, 80)]


def test_a_sisters_number_is_doubted_in_those_words() -> None:
    listed = register({"name": "Loduka Holding B.V.", "kvk": "12817306"} | PLACE)
    found = match(records({"name": "Loduka B.V.", "kvk": "12817306"} | PLACE), listed)
    assert found.doubtful["reasons"].to_list() == [["sister-number"]]


def test_sisters_are_a_family_and_two_organisations() -> None:
    found = match(records({"name": "Loduka B.V."} | PLACE, {"name": "Loduka Holding B.V."} | PLACE), register())
    assert found.answers["cluster"].to_list() == [1, 2]
    assert found.families.select("a", "b").rows() == [(1, 2)]


def test_few_candidates_are_scored_as_in_bulk_and_explained_field_by_field() -> None:
    record = {"name": "Bakker Composites", "kvk": "4517396", "city": "Ede"}
    known = {"name": "Bakker Composites B.V.", "kvk": "04517396", "city": "Ede"}
    candidates = pl.DataFrame([{"id": 5, "name": "Bakker Vloeren", "city": "Ede"}, {"id": 7} | known])
    assert score_few(record, candidates)["id"].to_list() == [7, 5]
    told = {field.field: field for field in explain(record, known)}
    assert told["number"].said is not None
    assert told["number"].said.nl == "hetzelfde"
    assert (told["number"].one, told["number"].other) == ("4517396", "04517396")
    assert told["name"].weight > 0
    assert told["form"].said is None


def test_a_model_is_kept_as_text_and_is_the_same_again() -> None:
    assert Model.from_json(Model().to_json()) == Model()


said_by_chance = st.fixed_dictionaries(
    {
        "owner": st.sampled_from(["nom", "bom"]),
        "number": st.sampled_from(["", "R1", "R2"]),
        "name": st.sampled_from(["Loduka", "Loduka B.V.", "Lodkua", "Loduka Holding", "Ypma", "Stichting Ypma"]),
        "kvk": st.sampled_from([None, None, "04517396", "12817306", "88029339"]),
        "postcode": st.sampled_from([None, "6545DF", "8605GE"]),
    }
)
some_pairs = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8), st.booleans()), max_size=5)
LISTED = register({"kvk": "04517396", "name": "Loduka B.V."} | PLACE, {"kvk": "88029339", "name": "Ypma B.V."})


@settings(max_examples=15, deadline=None)
@given(st.lists(said_by_chance, min_size=8, max_size=8), some_pairs, st.booleans())
def test_whatever_people_decided_holds(
    said: list[Said], pairs: list[tuple[int, int, bool]], with_register: bool
) -> None:
    decided = {(min(a, b), max(a, b)): same for a, b, same in pairs if a != b}
    together, apart = ([pair for pair, same in decided.items() if same is which] for which in (True, False))
    judged = pl.DataFrame(
        [(a, b, True) for a, b in together] + [(a, b, False) for a, b in apart],
        schema={"a": pl.Int64, "b": pl.Int64, "same": pl.Boolean},
        orient="row",
    )
    found = match(records(*said), LISTED if with_register else register(), judged=judged)
    cluster = dict(found.answers.select("record", "cluster").rows())
    assert all(cluster[a] != cluster[b] for a, b in apart)
    for a, b in together:
        assert cluster[a] == cluster[b] or any(cluster[a] == cluster[x] or cluster[b] == cluster[x] for x, _ in apart)
    entries = found.answers.drop_nulls("entry").group_by("cluster").agg(pl.col("entry").n_unique())["entry"]
    assert entries.is_empty() or entries.max() == 1
