"""An agency that may not show its clients: what it hands over, and how it still counts once."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from schakel.register.keyed import Index, KeyedRefused, RoundKey, encode_records, link_indexes, new_key, read_key

from .keyed_lists import KEY, SECRET, codes_of, encoded, listed, register, who

NIJMEGEN = {"postcode": "6545 DF", "house_number": "12", "city": "Nijmegen"}
STREET = {"name": "Loduka Robotics", "street": "Kerkstraat", "house_number": "12", "city": "Nijmegen"}
LODUKA = {"name": "Loduka Robotics B.V.", "kvk": "04517396", "website": "https://www.loduka-robotics.nl"} | NIJMEGEN


def test_one_client_of_two_agencies_counts_once_though_nobody_sees_its_name() -> None:
    here = encoded(LODUKA, {"name": "Ypma Zuivel", "city": "Sneek"})
    there = encoded({"name": "LODUKA ROBOTICS", "kvk": "4517396"}, {"name": "Visser Bouw"}, agency="NOM")
    found = who(here, there)
    assert found["BOM R1"] == found["NOM R1"]
    assert len(set(found.values())) == 3


def test_a_name_mistyped_at_one_address_is_one_and_a_name_unlike_is_not() -> None:
    here = encoded({"name": "Loduka Robotics"} | NIJMEGEN)
    there = encoded({"name": "Loduka Robotcis"} | NIJMEGEN, {"name": "Bakkerij Ypma"} | NIJMEGEN, agency="NOM")
    found = who(here, there)
    assert found["BOM R1"] == found["NOM R1"]
    assert found["BOM R1"] != found["NOM R2"]


@pytest.mark.parametrize("sister", ["Loduka Robotics Holding B.V.", "Loduka Robotics Vastgoed"])
def test_sister_companies_at_one_address_stay_two(sister: str) -> None:
    found = who(encoded({"name": "Loduka Robotics"} | NIJMEGEN), encoded({"name": sister} | NIJMEGEN, agency="NOM"))
    assert found["BOM R1"] != found["NOM R1"]


def test_fund_one_is_not_fund_two() -> None:
    first, second = ({"name": f"Zeeuws Groeifonds {nth}"} | NIJMEGEN for nth in ("I", "II"))
    found = who(encoded(first), encoded(second, agency="NOM"))
    assert found["BOM R1"] != found["NOM R1"]


def test_an_agencys_own_number_holds_records_of_one_client_together_and_two_clients_apart() -> None:
    moved = (
        {"name": f"{name} Robotics", "city": city, "number": "K7"}
        for name, city in (("Loduka", "Oss"), ("Lodukka", "Ede"))
    )
    namesakes = ({"name": "Ypma Zuivel", "number": number} | NIJMEGEN for number in ("K8", "K9"))
    found = who(encoded(*moved, *namesakes))
    assert found["BOM R1"] == found["BOM R2"]
    assert found["BOM R3"] != found["BOM R4"]


def test_the_register_joins_what_shares_nothing_and_no_two_entries_become_one() -> None:
    entries = register(LODUKA, {"name": "Ypma Zuivel B.V.", "kvk": "12817306"} | NIJMEGEN)
    number, name = encoded({"kvk": "04517396", "name": "Loduka"}), {"name": "Loduka Robotics"} | NIJMEGEN
    ypma = {"name": "Ypma Zuivel", "kvk": "12817306"}
    answers = link_indexes([number, encoded(name, ypma, agency="NOM")], entries).matched.answers
    assert answers["entry"].n_unique() == 2
    assert answers["cluster"].to_list() == [1, 1, 3]


def test_rounds_and_keys_do_not_mix() -> None:
    other_round, other_key = RoundKey(SECRET, "2025-1"), RoundKey(bytes(reversed(SECRET)), "2024-1")
    for key, why in ((other_round, "different rounds"), (other_key, "different keys")):
        with pytest.raises(KeyedRefused, match=why):
            who(encoded(LODUKA), encoded(LODUKA, agency="NOM", key=key))
        with pytest.raises(KeyedRefused, match=why):
            who(encoded(LODUKA), listing=register(LODUKA, key=key))
        assert codes_of(encoded(LODUKA)).isdisjoint(codes_of(encoded(LODUKA, key=key)))


def test_a_number_with_a_slip_in_it_is_the_same_client_where_the_name_says_so() -> None:
    ypma = {"name": "Ypma Zuivel"}
    here = encoded(LODUKA, ypma | {"kvk": "12817306"})
    mistyped = [{"name": "Loduka Robotics", "kvk": kvk} | NIJMEGEN for kvk in ("04517369", "4517395")]
    there = encoded(*mistyped, ypma | {"kvk": "12817396"}, {"name": "Bakker Bouw", "kvk": "12817307"}, agency="NOM")
    found = who(here, there)
    assert found["BOM R1"] == found["NOM R1"]
    assert found["NOM R1"] != found["NOM R2"]  # two slips apart
    assert found["BOM R2"] == found["NOM R3"]
    assert found["BOM R2"] != found["NOM R4"]


def test_the_register_holds_no_codes_of_slips_or_addresses() -> None:
    """Which of its numbers are one slip apart everybody can see in the open register."""
    entries, own = register(STREET, STREET | {"kvk": "04517369"}), encoded(STREET).rows
    assert {"slips", "address"}.isdisjoint(entries.rows.columns)
    assert codes_of(entries).isdisjoint({*own["slips"].explode(), *own["address"].drop_nulls()})


@pytest.mark.parametrize(
    ("said", "evidence"),
    [({}, "name typo, place street"), ({"house_number": "14"}, "name typo, place city"), ({"city": "Oss"}, "")],
)
def test_an_address_is_known_without_its_postcode(said: dict[str, str], evidence: str) -> None:
    here, there = encoded(STREET), encoded(STREET | {"name": "Loduka Robotcis"} | said, agency="NOM")
    assert link_indexes([here, there]).matched.answers["evidence"].to_list() == [evidence, evidence]


def test_a_name_that_holds_all_of_the_other_is_part_of_it() -> None:
    long = {"name": "Loduka Robotics Instrumentenbouw Projecten", "postcode": "6545 DF", "house_number": "12"}
    found = who(encoded({"name": "Loduka"} | NIJMEGEN), encoded(long, long | {"name": "Molen Bouw"}, agency="NOM"))
    assert found["BOM R1"] == found["NOM R1"] != found["NOM R2"]


def test_a_code_that_more_numbers_share_than_there_are_digits_says_nothing() -> None:
    """Nobody encoded that; it would make every number a slip of every other."""
    made = encoded(*({"name": "Ypma Zuivel", "kvk": f"{n * 5432143:08}"} | NIJMEGEN for n in range(1, 17)))
    shared = made.rows.with_columns(slips=pl.lit([b"0" * 16], pl.List(pl.Binary)))
    few, many = (
        link_indexes([Index(rows, made.side, made.round, made.check)]).answers for rows in (shared[:9], shared)
    )
    assert few["identity"].n_unique() == 1
    assert many["identity"].n_unique() == 16


def test_what_a_former_version_encoded_is_read_and_linked_by_what_it_has(tmp_path: Path) -> None:
    here = encoded(LODUKA)
    head = {"format": 1, "side": here.side, "round": here.round, "check": here.check}
    path = tmp_path / "index.parquet"
    here.rows.drop("address", "slips").write_parquet(path, metadata={"schakel.keyed": json.dumps(head)})
    former = Index.read(path)
    assert former.rows.drop("address", "slips").equals(here.rows.drop("address", "slips"))
    found = who(former, encoded({"name": "LODUKA ROBOTICS", "kvk": "4517396"}, agency="NOM"))
    assert found["BOM R1"] == found["NOM R1"]
    here.rows.write_parquet(path, metadata={"schakel.keyed": json.dumps(head | {"format": 3})})
    with pytest.raises(KeyedRefused, match="no encoded index"):
        Index.read(path)


def test_a_register_is_no_list_and_a_list_comes_once() -> None:
    with pytest.raises(KeyedRefused, match="trade register apart"):
        who(encoded(LODUKA), register(LODUKA))
    with pytest.raises(KeyedRefused, match="comes twice"):
        who(encoded(LODUKA), encoded(LODUKA))


@pytest.mark.parametrize("own", [{"number": "04517396"}, {"record": "4517396"}, {"number": "BOM-loduka-01"}])
def test_an_own_number_that_says_who_it_is_is_refused(own: dict[str, str]) -> None:
    with pytest.raises(KeyedRefused, match="Own number"):
        encoded(LODUKA | own)


def test_numbers_are_checked_before_they_are_encoded() -> None:
    kept = encode_records(listed({"name": "A", "rsin": "123456782"}, {"name": "B", "rsin": "123456789"}), KEY)
    assert kept.left_out == 1
    assert kept.index.rows["rsin"].null_count() == 1


def test_an_index_comes_back_as_it_was_written(tmp_path: Path) -> None:
    for index in (encoded(LODUKA, {"name": "Ypma"}), register(LODUKA)):
        index.write(tmp_path / "index.parquet")
        back = Index.read(tmp_path / "index.parquet")
        assert back.rows.equals(index.rows)
        assert (back.side, back.round, back.check) == (index.side, index.round, index.check)


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    path, index = tmp_path / "index.parquet", encoded(LODUKA)
    listed(LODUKA).write_parquet(path)
    with pytest.raises(KeyedRefused, match="no encoded index"):
        Index.read(path)
    path.write_bytes(b"rid,name\n1,Loduka\n")
    with pytest.raises(KeyedRefused, match="no encoded index"):
        Index.read(path)
    empty, short = pl.lit([None], pl.List(pl.Binary)), pl.lit([], pl.List(pl.Binary))
    for wrong in ({"city": pl.lit(b"Nijmegen")}, {"filters": empty}, {"filters": short}, {"record": pl.lit(1)}):
        Index(index.rows.with_columns(**wrong), index.side, index.round, index.check).write(path)
        with pytest.raises(KeyedRefused, match="no encoded index"):
            Index.read(path)


def test_a_key_is_random_and_only_its_owners(tmp_path: Path) -> None:
    one, other = tmp_path / "one.key", tmp_path / "other.key"
    new_key(one)
    new_key(other)
    assert one.stat().st_mode & 0o777 == 0o600
    assert read_key(one, "2024-1").secret != read_key(other, "2024-1").secret
    assert read_key(one, "2024-1").secret.hex() not in repr(read_key(one, "2024-1"))
    with pytest.raises(KeyedRefused, match="never overwritten"):
        new_key(one)
    one.chmod(0o640)
    with pytest.raises(KeyedRefused, match="Others can read"):
        read_key(one, "2024-1")


@pytest.mark.parametrize(
    ("text", "why"),
    [("welkom01", "no key"), ("", "too short"), (SECRET[:16].hex(), "too short"), ("ab12" * 16, "not random")],
)
def test_a_weak_key_is_refused(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "weak.key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(KeyedRefused, match=why):
        read_key(path, "2024-1")
    path.write_text(SECRET.hex())
    with pytest.raises(KeyedRefused, match="round a name"):
        read_key(path, " ")
