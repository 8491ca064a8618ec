"""Joining organisations: stories about who is one and who is not, and what must hold whatever comes in."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.register.matching import RULES, match
from schakel.register.matching.on_duckdb import OnDuckDB

TEXTS = ("name", "kvk", "rsin", "legal_form", "address", "postcode", "city", "country", "kind")
RECORD = {"record": pl.Int64, "owner": pl.String, "year": pl.Int32, "number": pl.String} | dict.fromkeys(
    TEXTS, pl.String
)
ENTRY = {"entry": pl.Int64, "kvk": pl.String, "rsin": pl.String, "name": pl.String, "trade_names": pl.List(pl.String)}
ENTRY |= dict.fromkeys(("legal_form", "street", "house_number", "postcode", "city"), pl.String)
Said = dict[str, Any]


def frame(said: Iterable[Said], schema: dict[str, Any], key: str) -> pl.DataFrame:
    rows = [dict.fromkeys(schema) | {key: place} | one for place, one in enumerate(said, start=1)]
    return pl.DataFrame(rows, schema)


def records(*said: Said) -> pl.DataFrame:
    return frame(
        ({"owner": f"agency {n}", "year": 2023, "number": f"R{n}"} | one for n, one in enumerate(said)),
        RECORD,
        "record",
    )


def register(*said: Said) -> pl.DataFrame:
    return frame(said, ENTRY, "entry")


def clusters(said: pl.DataFrame, listed: pl.DataFrame | None = None) -> list[int]:
    return match(said, register() if listed is None else listed).answers["cluster"].to_list()


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "Bakker Composites B.V.",
            "BAKKER COMPOSITES BV",
            "Bakker Composites",
            "Bakker Composites b.v.",
            "Bakker Composites B. V.",
        ),
        ("Coöperatie Zonnig U.A.", "Cooperatie Zonnig UA", "Zonnig Coöperatie"),
        ("Jansen & Zn. Bouw", "Jansen en Zonen Bouw B.V.", "JANSEN & ZONEN BOUW"),
        ("Café Één V.O.F.", "cafe een vof"),
        ("High-Tech Labs", "High Tech Labs Nederland B.V."),
    ],
)
def test_one_name_in_many_spellings_at_one_postcode(spellings: tuple[str, ...]) -> None:
    said = records(*({"name": name, "postcode": "5612 KV" if n % 2 else "5612kv"} for n, name in enumerate(spellings)))
    assert set(clusters(said)) == {1}


def test_a_place_with_two_names_is_one_place() -> None:
    cities = ("Den Haag", "'s-Gravenhage", "THE HAGUE", "s Gravenhage")
    assert set(clusters(records(*({"name": "Loduka B.V.", "city": city} for city in cities)))) == {1}


def test_a_name_in_another_place_is_another_organisation() -> None:
    said = records({"name": "Jansen Bouw", "city": "Zwolle"}, {"name": "Jansen Bouw", "city": "Breda"})
    assert clusters(said) == [1, 2]


@pytest.mark.parametrize("unit", ["Holding", "Beheer", "Vastgoed", "Productie", "Services", "IP"])
def test_sister_companies_at_one_address_are_different(unit: str) -> None:
    place = {"postcode": "5612KV", "city": "Eindhoven"}
    said = records({"name": "Bakker Composites B.V."} | place, {"name": f"Bakker Composites {unit} B.V."} | place)
    assert clusters(said) == [1, 2]


@pytest.mark.parametrize(("one", "other"), [("I", "II"), ("1", "2"), ("A", "B")])
def test_words_that_number_tell_apart_what_is_named_alike(one: str, other: str) -> None:
    place = {"postcode": "5612KV", "city": "Eindhoven"}
    said = records(*({"name": f"Zonneveld Groeifonds {each} B.V."} | place for each in (one, other)))
    assert clusters(said) == [1, 2]


def test_a_foundation_is_not_the_company_of_its_name() -> None:
    place = {"postcode": "5656AE"}
    assert clusters(records({"name": "Stichting Imec"} | place, {"name": "Imec B.V."} | place)) == [1, 2]


def test_a_kvk_number_joins_whatever_the_spelling_of_the_number() -> None:
    said = records({"name": "Loduka", "kvk": "04517396"}, {"name": "Loduka B.V.", "kvk": "4517396", "city": "Sneek"})
    assert clusters(said) == [1, 1]


def test_an_rsin_joins() -> None:
    said = records({"name": "Loduka", "rsin": "524408580"}, {"name": "LODUKA BV", "rsin": "524408580"})
    assert clusters(said) == [1, 1]


def test_clashing_numbers_never_join() -> None:
    place = {"name": "Loduka", "postcode": "6545DF"}
    assert clusters(records(place | {"kvk": "04517396"}, place | {"kvk": "12817306"})) == [1, 2]


def test_a_third_without_number_is_no_chain_between_two_numbers() -> None:
    place = {"name": "Loduka", "postcode": "6545DF"}
    found = clusters(records(place | {"kvk": "04517396"}, place, place | {"kvk": "12817306"}))
    assert found[0] != found[2]


def test_a_sisters_number_is_doubtful_and_the_name_decides() -> None:
    place = {"postcode": "6545DF", "city": "Nijmegen"}
    listed = register(
        {"kvk": "04517396", "name": "Loduka B.V."} | place, {"kvk": "12817306", "name": "Loduka Holding B.V."} | place
    )
    said = records(
        {"name": "Loduka B.V.", "kvk": "12817306"} | place,
        {"name": "Loduka", "kvk": "04517396"} | place,
        {"name": "Loduka Holding", "kvk": "12817306"} | place,
    )
    assert clusters(said, listed) == [1, 1, 3]


def test_a_sisters_number_joins_nothing_without_a_register_either() -> None:
    said = records({"name": "Loduka", "kvk": "12817306"}, {"name": "Loduka Holding", "kvk": "12817306"})
    assert clusters(said) == [1, 2]


def test_a_mistyped_number_is_set_aside_when_the_register_knows_name_and_place() -> None:
    listed = register({"kvk": "88029339", "name": "de Groot Transport B.V.", "postcode": "8232TV", "city": "Lelystad"})
    said = records(
        {"name": "de Groot Transport", "kvk": "88079339", "city": "Lelystad"},
        {"name": "De Groot Transport BV", "kvk": "88029339", "city": "Lelystad"},
    )
    assert clusters(said, listed) == [1, 1]


def test_a_trade_name_meets_a_kvk_number_through_the_register() -> None:
    listed = register(
        {
            "kvk": "75552651",
            "name": "Ondu Partners B.V.",
            "trade_names": ["Bioexin"],
            "postcode": "3534PT",
            "city": "Utrecht",
        }
    )
    said = records({"name": "Bioexin", "city": "Utrecht"}, {"name": "Ondu Partners", "kvk": "75552651"})
    assert clusters(said, listed) == [1, 1]
    assert clusters(said) == [1, 2]


def test_a_name_the_register_knows_once_needs_no_place_but_one_it_knows_twice_does() -> None:
    once = register({"kvk": "75552651", "name": "Ondu Partners B.V.", "city": "Utrecht"})
    twice = pl.concat([once, register({"kvk": "04517396", "name": "Ondu Partners B.V.", "city": "Sneek"})])
    twice = twice.with_columns(entry=pl.int_range(pl.len()))
    said = records({"name": "Ondu Partners"}, {"name": "Ondu Partners", "kvk": "75552651", "city": "Utrecht"})
    assert clusters(said, once) == [1, 1]
    assert clusters(said, twice) == [1, 2]


def test_a_misspelt_place_is_read_as_the_one_the_register_knows() -> None:
    listed = register(
        {"kvk": "75552651", "name": "Ondu Partners B.V.", "city": "Gouda"}, {"name": "Ondu Partners", "city": "Ede"}
    )
    said = records({"name": "Ondu Partners", "city": "Guda"}, {"name": "Ondu Partners", "kvk": "75552651"})
    assert clusters(said, listed) == [1, 1]


@pytest.mark.parametrize("name", ["Installatietecniek Zijlstra", "Zijlstar Installatietechniek", "Zijlstra Inst"])
def test_nearly_the_same_name_at_one_postcode(name: str) -> None:
    said = records({"name": "Zijlstra Installatietechniek", "postcode": "2801AL"}, {"name": name, "postcode": "2801AL"})
    assert len(set(clusters(said))) == 1


def test_two_permanent_numbers_of_one_agency_are_two_organisations() -> None:
    twice = {"name": "Loduka", "postcode": "6545DF", "owner": "nom"}
    assert clusters(records(twice, twice)) == [1, 2]


def test_but_not_when_both_bear_one_kvk_number_and_one_name() -> None:
    twice = {"name": "Loduka", "kvk": "04517396", "owner": "nom"}
    assert clusters(records(twice, twice)) == [1, 1]


def test_a_permanent_number_ties_years_while_the_name_agrees() -> None:
    same = {"owner": "nom", "number": "R7"}
    said = records(
        same | {"name": "Loduka", "city": "Sneek", "year": 2022},
        same | {"name": "Loduka Techniek", "city": "Zwolle", "year": 2023},
        same | {"name": "Bakkerij Ypma", "city": "Sneek", "year": 2024},
    )
    assert clusters(said) == [1, 1, 3]


def test_a_renamed_organisation_keeps_its_permanent_number_by_its_kvk_number() -> None:
    same = {"owner": "nom", "number": "R7", "kvk": "04517396"}
    said = records(
        same | {"name": "Loduka", "year": 2022}, same | {"name": "Ypma Energie", "year": 2023, "city": "Ede"}
    )
    assert clusters(said) == [1, 1]


def test_a_foreign_company_is_not_its_namesake_in_another_country() -> None:
    said = records(
        {"name": "Acme Europe", "city": "London", "country": "GB"},
        {"name": "Acme Europe", "city": "London", "country": "CA"},
    )
    assert clusters(said) == [1, 2]


def test_a_company_abroad_joins_its_own_kind() -> None:
    said = records(*({"name": name, "city": "Seoul", "country": "KR"} for name in ("Acme Ltd.", "ACME LTD")))
    assert clusters(said) == [1, 1]


def test_records_without_a_name_are_nobodys_double() -> None:
    assert clusters(records({"postcode": "6545DF"}, {"postcode": "6545DF"})) == [1, 2]


def test_every_answer_says_by_which_rule() -> None:
    said = records({"name": "Loduka", "kvk": "04517396"}, {"name": "Loduka", "kvk": "4517396"}, {"name": "Ypma"})
    found = match(said, register()).answers
    assert found["rule"].to_list() == ["number-name", "number-name", "alone"]
    assert found["evidence"].to_list() == ["number same, name rare", "number same, name rare", ""]
    assert set(found["rule"]) <= set(RULES)


def test_nothing_in_nothing_out() -> None:
    assert match(records(), register()).answers.is_empty()


said_by_chance = st.fixed_dictionaries(
    {
        "owner": st.sampled_from(["nom", "bom", "liof"]),
        "number": st.sampled_from(["R1", "R2", "R3", "R4"]),
        "year": st.sampled_from([2022, 2023]),
        "name": st.sampled_from(
            ["Loduka", "Loduka B.V.", "Lodkua", "Loduka Holding", "Ypma Bouw", "Ypma", "Stichting Ypma"]
        ),
        "kvk": st.sampled_from([None, None, "04517396", "12817306", "88029339"]),
        "rsin": st.sampled_from([None, None, "524408580", "858526360"]),
        "postcode": st.sampled_from([None, "6545DF", "8605GE"]),
        "city": st.sampled_from([None, "Nijmegen", "Sneek"]),
    }
)
LISTED = register(
    {"kvk": "04517396", "rsin": "524408580", "name": "Loduka B.V.", "postcode": "6545DF", "city": "Nijmegen"},
    {"kvk": "12817306", "rsin": "858526360", "name": "Loduka Holding B.V.", "postcode": "6545DF", "city": "Nijmegen"},
    {"kvk": "88029339", "name": "Ypma Bouw B.V.", "trade_names": ["Ypma"], "postcode": "8605GE", "city": "Sneek"},
)
networks = st.lists(said_by_chance, min_size=1, max_size=12)


@settings(max_examples=15, deadline=None)
@given(networks, st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_the_rows_means_nothing(said: list[Said], random: Random, with_register: bool) -> None:
    listed = LISTED if with_register else register()
    once = records(*said)
    mixed = once.sample(fraction=1, shuffle=True, seed=random.randrange(10**6))
    assert match(mixed, listed.reverse(), backend=OnDuckDB(threads=1)).answers.equals(match(once, listed).answers)


@settings(max_examples=15, deadline=None)
@given(networks)
def test_no_cluster_holds_two_numbers(said: list[Said]) -> None:
    both = records(*said).join(match(records(*said), register()).answers, on="record")
    for number in ("kvk", "rsin"):
        assert both.group_by("cluster").agg(pl.col(number).drop_nulls().n_unique())[number].max() <= 1  # type: ignore[operator]


@settings(max_examples=15, deadline=None)
@given(networks)
def test_a_cluster_is_called_after_its_lowest_record(said: list[Said]) -> None:
    found = match(records(*said), LISTED).answers
    assert found["record"].to_list() == list(range(1, len(said) + 1))
    assert (
        found.group_by("cluster").agg(pl.col("record").min()).filter(pl.col("cluster") != pl.col("record")).is_empty()
    )
