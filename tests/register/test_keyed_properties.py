"""What always holds of codes and of what is linked by them."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.register.keyed import Index, RoundKey, link_indexes
from schakel.register.keyed.filters import FILTER_BYTES, NameFilter, grams, likeness, stacked
from schakel.register.keyed.slips import remainders
from schakel.register.matching import statements
from schakel.register.matching.clustering import one_slip_apart

from .keyed_lists import KEY, SECRET, Said, codes_of, encoded, listed, register, who

# Spellings of few things, so that two drawn at random are often one.
NAMES = (
    "Loduka B.V.",
    "LODUKA",
    "Loduka Holding",
    "Ypma & Zn.",
    "Ypma en Zonen",
    "De Vries Bouw",
    "de vries bouw bv",
    "",
)
NUMBERS = ("04517396", "4517396", "0451 7396", "04157396", "12817306", "1281.7306", "12817396", "n.v.t.", None)
POSTCODES = ("6545 DF", "6545df", "1011AB", "1011", None)
CITIES = ("Den Haag", "'s-Gravenhage", "NIJMEGEN", "nijmegen", None)
SITES = ("https://www.loduka.nl/nl", "loduka.nl", "info@loduka.nl", "gmail.com", "ypma.com", None)
SAID = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "kvk": st.sampled_from(NUMBERS),
        "rsin": st.sampled_from(("123456782", "NL123456782B01", "123456789", None)),
        "postcode": st.sampled_from(POSTCODES),
        "street": st.sampled_from(("Kerkstraat", "KERKSTR.", "Kerkweg", None)),
        "house_number": st.sampled_from(("12", "12 a", "14", None)),
        "city": st.sampled_from(CITIES),
        "website": st.sampled_from(SITES),
    }
)
SECRETS = st.binary(min_size=32, max_size=32)
FIELDS = {
    "kvk": ("kvk",),
    "rsin": ("rsin",),
    "postcode": ("postcode",),
    "house": ("postcode", "house"),
    "city": ("city",),
    "address": ("street", "house", "city"),
}


def spelled(said: Said) -> dict[str, tuple[object, ...] | None]:
    """What ``said`` states in the one spelling, for each field that has a code; None where it states nothing."""
    frame = listed(said).drop("record", "number").with_columns(record=pl.lit(0, pl.Int64))
    kept = statements.of_records(frame)
    about = kept.about.row(0, named=True)
    found = {field: tuple(about[part] for part in parts) for field, parts in FIELDS.items()}
    whole = {field: None if None in values else values for field, values in found.items()}
    names = kept.names.select("tight", "units").unique().sort("tight", "units").rows()
    sites = sorted({site for site in (about["site"], about["mail"]) if site})
    return whole | {"names": tuple(names) or None, "sites": tuple(sites) or None}


@given(SAID, SAID)
def test_two_state_the_same_if_and_only_if_their_codes_are_the_same(one: Said, other: Said) -> None:
    mine, theirs = (encoded(said).rows.row(0, named=True) for said in (one, other))
    for field, value in spelled(one).items():
        assert (mine[field] in (None, [])) == (value is None)
        if value is not None:
            assert (mine[field] == theirs[field]) == (value == spelled(other)[field]), field


@given(SAID, SECRETS, st.text(min_size=1, max_size=9))
def test_another_key_or_another_round_shares_no_code(said: Said, secret: bytes, round_: str) -> None:
    for key in (RoundKey(secret, KEY.round), RoundKey(SECRET, round_), RoundKey(secret, round_)):
        if key != KEY:
            assert codes_of(encoded(said)).isdisjoint(codes_of(encoded(said, key=key)))
            assert encoded(said).check != encoded(said, key=key).check


@given(SAID)
def test_no_field_shares_a_code_with_another_field(said: Said) -> None:
    row = encoded(said | {"city": said["name"], "postcode": "1011AB", "kvk": "12345678"}).rows
    codes = [code for column in row.select(pl.col(pl.Binary)) for code in column.drop_nulls()]
    lists = [code for column in row.select(pl.col(pl.List(pl.Binary))) for code in column.explode().drop_nulls()]
    assert len(set(codes + lists)) == len(codes + lists)


def test_nothing_that_was_stated_stands_in_the_file(tmp_path: Path) -> None:
    said = {
        "name": "Loduka Robotics Holding B.V. h.o.d.n. Veldwerk",
        "kvk": "04517396",
        "rsin": "123456782",
        "postcode": "6545 DF",
        "house_number": "12",
        "city": "Nijmegen",
        "website": "www.loduka-robotics.nl",
        "mail": "info@veldwerk.eu",
    }
    encoded(said).write(tmp_path / "index.parquet")
    written = (tmp_path / "index.parquet").read_bytes().lower()
    assert b"bom" in written  # so what is looked for would be found: the file is not compressed
    plain = ("loduka", "robotics", "holding", "veldwerk", "4517396", "123456782", "6545df", "6545 df", "nijmegen")
    for text in plain:
        assert text.encode() not in written
        assert text[::-1].encode() not in written
    for secret in (SECRET, SECRET.hex().encode()):
        assert secret not in written


WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=8), min_size=1, max_size=4)


@given(WORDS, WORDS)
def test_a_filter_is_a_matter_of_pairs_of_letters_only(one: list[str], other: list[str]) -> None:
    made = NameFilter(KEY.of_field("filter"))
    left, right = made.of(one), made.of(other)
    assert len(left) == FILTER_BYTES
    assert made.of(reversed(one)) == left
    if grams(one) == grams(other):
        assert left == right
    both = likeness(stacked([left, left]), stacked([left, right]))
    assert both[0] == 1000
    assert 0 <= both[1] <= 1000
    assert likeness(stacked([right]), stacked([left]))[0] == both[1]
    if grams(one) <= grams(other):
        assert int.from_bytes(left, "big") & ~int.from_bytes(right, "big") == 0


LISTS = st.lists(SAID, min_size=2, max_size=7)

FEW = settings(max_examples=20)  # each is a whole round


@FEW
@given(LISTS, LISTS, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_that_of_indexes_matters(
    here: list[Said], there: list[Said], chance: random.Random
) -> None:
    def numbered(said: list[Said]) -> list[Said]:
        return [one | {"record": f"R{n}"} for n, one in enumerate(said)]

    found = who(encoded(*numbered(here)), encoded(*numbered(there), agency="NOM"))
    mine, theirs = (chance.sample(numbered(said), len(said)) for said in (here, there))
    assert who(encoded(*theirs, agency="NOM"), encoded(*mine)) == found


@FEW
@given(LISTS, LISTS)
def test_no_organisation_has_two_numbers_but_for_a_slip(here: list[Said], there: list[Said]) -> None:
    lists = {"BOM": here, "NOM": there}
    found = who(*(encoded(*said, agency=agency) for agency, said in lists.items()))
    held: dict[int, set[str]] = {}
    for agency, said in lists.items():
        for place, number in enumerate(_numbers(said), start=1):
            held.setdefault(found[f"{agency} R{place}"], set()).update([number] if number else [])
    assert all(_is_slip(*two) for numbers in held.values() for two in combinations(sorted(numbers), 2))


def _numbers(said: list[Said]) -> list[str | None]:
    """The KvK numbers that ``said`` state, as they are normalised."""
    frame = listed(*said).with_columns(record=pl.int_range(pl.len(), dtype=pl.Int64)).drop("number")
    return statements.of_records(frame).about.sort("id")["kvk"].to_list()


def _is_slip(one: str, other: str) -> bool:
    """One digit that is another, or two neighbours that changed places."""
    apart = [at for at, (x, y) in enumerate(zip(one, other, strict=True)) if x != y]
    swapped = (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and one[apart[0]] + one[apart[1]] == other[apart[1]] + other[apart[0]]
    )
    return len(apart) == 1 or swapped


DIGITS = st.text("0123456789", min_size=8, max_size=8)


@st.composite
def two_numbers(draw: st.DrawFn) -> tuple[str, str]:
    """Two numbers, mostly alike: some digits of the one anew, or two of them swapped."""
    number = draw(DIGITS)
    other = list(number)
    for _ in range(draw(st.integers(0, 2))):
        at, to = draw(st.tuples(st.integers(0, 7), st.integers(0, 7)))
        if draw(st.booleans()):
            other[at], other[to] = other[to], other[at]
        else:
            other[at] = draw(st.sampled_from("0123456789"))
    return number, "".join(other)


@settings(max_examples=1000)
@given(two_numbers() | st.tuples(DIGITS, DIGITS))
def test_numbers_share_a_remainder_if_and_only_if_they_are_one_slip_apart(two: tuple[str, str]) -> None:
    one, other = two
    shared = set(remainders(one)) & set(remainders(other))
    assert bool(shared) == (one == other or _is_slip(one, other))
    assert bool(shared) == one_slip_apart(one, other)
    assert len(shared) in (0, 1, len(remainders(one)))


@given(two_numbers())
def test_codes_of_slips_are_shared_as_the_remainders_are_and_by_no_other_key(two: tuple[str, str]) -> None:
    said: list[Said] = [{"kvk": number} for number in two]
    one, other = (set(encoded(each).rows["slips"][0]) for each in said)
    mine, theirs = (set(remainders(number)) if number else set[str]() for number in _numbers(said))
    assert len(one & other) == len(mine & theirs)
    again = RoundKey(bytes(reversed(SECRET)), KEY.round)
    assert (one | other).isdisjoint(*encoded(*said, key=again).rows.select(pl.col("slips").explode()))


@FEW
@given(LISTS, st.lists(SAID, min_size=1, max_size=4))
def test_no_organisation_has_two_entries_of_the_register(here: list[Said], entries: list[Said]) -> None:
    answers = link_indexes([encoded(*here)], register(*entries)).matched.answers
    held = answers.group_by("cluster").agg(pl.col("entry").drop_nulls().n_unique())
    assert held["entry"].max() in (0, 1)


def test_an_index_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    said: list[Said] = [{"name": name, "record": f"R{n}"} for n, name in enumerate(NAMES)]
    for name, rows in (("one", said), ("other", said[::-1])):
        encoded(*rows).write(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    assert Index.read(tmp_path / "one").round == KEY.round
