"""What always holds of records without names: of their table of codes, of where they are put, of their histories."""

from __future__ import annotations

import tempfile
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.register.keyed import RoundKey, encode_records
from schakel.register.keyed.delivering import COLUMNS, codes_of, table_of, uneven, unsound
from schakel.register.keyed.index import ONE, SEVERAL
from schakel.register.linking import JOINED, STANDING
from schakel.register.models import Decision, Identity, IdentityMember, Judgement, Organisation
from schakel.register.unnamed.places import Places
from schakel.sharing.roles import LINKER, database_role
from tests.making import acts

from .keyed_lists import KEY, listed
from .unnamed import KEY as FIRST_KEY
from .unnamed import NEXT_KEY, Client, begun, deliver, identity_of, linked

WORDS = st.sampled_from(["Zonneveld Energie B.V.", "Molenbrug Holding", "Vonk & Zn.", "De Kade Glas V.O.F.", ""])
NUMBERS = st.sampled_from(["12345678", "87654321", "01234567", "1234", ""])
PLACES = st.sampled_from(["4818CL", "9711 AB", ""])
SAID = st.fixed_dictionaries(
    {"name": WORDS, "kvk": NUMBERS, "postcode": PLACES, "city": st.sampled_from(["Breda", ""]), "website": st.just("")}
)


@given(st.lists(SAID, min_size=1, max_size=8))
def test_the_table_that_is_delivered_gives_the_codes_back(said: list[dict[str, str]]) -> None:
    index = encode_records(listed(*said), KEY).index
    table = table_of(index)
    assert codes_of(table).equals(index.rows.select(*ONE, *SEVERAL))
    sound = table.select(
        pl.any_horizontal(*(unsound(column).any() for column in COLUMNS.values()), uneven().any()).alias("bad")
    )
    assert not sound["bad"][0]
    assert set(table["mark"]) == {KEY.check}


@given(st.sampled_from(sorted(COLUMNS.values())), st.text(max_size=40))
def test_nothing_but_codes_passes_for_codes(column: str, text: str) -> None:
    """Names, numbers and places are shorter than any code."""
    assert pl.DataFrame({column: [text]}).select(unsound(column)).item() or len(text) >= 32


RECORDS = st.integers(0, 9)


@given(
    named=st.lists(RECORDS, unique=True, max_size=5),
    standing=st.dictionaries(RECORDS, st.integers(0, 3)),
    joins=st.lists(st.lists(RECORDS, min_size=1, max_size=4), max_size=5),
)
def test_what_stands_stays_and_what_is_joined_is_together(
    named: list[int], standing: dict[int, int], joins: list[list[int]]
) -> None:
    """Records 0 to 9, each an organisation of its own number; those without names are joined with whatever."""
    own = pl.DataFrame(
        [(record, 1, 2023, f"N{record}", record not in named) for record in range(10)],
        {"id": pl.Int64, "owner": pl.Int64, "period": pl.Int64, "number": pl.String, "unnamed": pl.Boolean},
        orient="row",
    )
    columns = {name: JOINED[name] for name in ("record_kind", "record", "cluster")}
    joined = pl.DataFrame([("organisation", record, record) for record in sorted(named)], columns, orient="row")
    # As the engine leaves alone what stands, records with names that are one identity are one cluster.
    first: dict[int, int] = {}
    clusters = [first.setdefault(standing[one], one) if one in standing else one for one in sorted(named)]
    joined = joined.with_columns(cluster=pl.Series(clusters, dtype=pl.Int64))
    kept = [("organisation", record, identity) for record, identity in standing.items()]
    places = Places(joined, pl.DataFrame(kept, STANDING, orient="row"), own)
    fixed = {record: places.label(record) for record in standing}
    for records in joins:
        target, others = places.join(records)
        assert {places.label(record) for record in records} == {target, *others}
        assert set(others) <= places.fixed
    assert {record: places.label(record) for record in standing} == fixed
    assert all((fixed[a] == fixed[b]) == (standing[a] == standing[b]) for a, b in combinations(standing, 2))


TRUE = ("Zonneveld Energie B.V.", "Molenbrug Techniek B.V.", "Vonk Glas V.O.F.")
KVK = ("12345678", "87654321", "11223344")
AGENCIES = ("bom", "nom", "liof")
KNOWS = st.lists(st.tuples(st.integers(0, 2), st.booleans(), st.booleans()), min_size=1, max_size=3)


def _clients(slug: str, knows: list[tuple[int, bool, bool]]) -> list[Client]:
    """What an agency knows: which company, whether with its number, whether with its postcode."""
    return [
        Client(f"{slug}{at}", TRUE[which], KVK[which] if numbered else "", f"{4800 + which}AB" if placed else "")
        for at, (which, numbered, placed) in enumerate(knows)
    ]


@pytest.mark.django_db
@settings(max_examples=5)
@given(
    knows=st.fixed_dictionaries(dict.fromkeys(AGENCIES, KNOWS)),
    named=st.sets(st.sampled_from(AGENCIES), max_size=2),
    parted=st.lists(st.tuples(st.sampled_from(AGENCIES), st.integers(0, 20), st.integers(0, 20)), max_size=2),
)
def test_whatever_people_say_and_whatever_the_key_nothing_comes_together_that_may_not(
    knows: dict[str, list[tuple[int, bool, bool]]], named: set[str], parted: list[tuple[str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        _round(Path(folder), knows, named, FIRST_KEY, 2023)
        apart = [two for said in parted if (two := _part(*said)) is not None]
        linked()
        before = {(slug, client.number): identity_of(slug, client.number) for slug, client in _all(knows)}
        _round(Path(folder), knows, named, NEXT_KEY, 2024)
        _holds(apart)
        unnamed = {(slug, number) for slug, number in before if slug not in named}
        assert {key: identity_of(*key, 2024) for key in unnamed} == {key: before[key] for key in unnamed}
        assert {key: identity_of(*key) for key in before} == before
        lines = _lines()
        linked()
        assert _lines() == lines
        transaction.set_rollback(True)


def _all(knows: dict[str, list[tuple[int, bool, bool]]]) -> list[tuple[str, Client]]:
    return [(slug, client) for slug, known in knows.items() for client in _clients(slug, known)]


def _round(folder: Path, knows: dict[str, list[tuple[int, bool, bool]]], named: set[str], key: RoundKey, year: int):
    begun(key, year)
    for slug, known in knows.items():
        deliver(folder, slug, *_clients(slug, known), named=slug in named, key=key, period=year)
    linked()


def _part(slug: str, one: int, other: int) -> tuple[int, int] | None:
    """Somebody of an agency says that two of its own records are two; who they are, if there are two."""
    with acts(slug) as owner:
        own = sorted(Organisation.objects.values_list("pk", flat=True))
        a, b = sorted((own[one % len(own)], own[other % len(own)]))
        if a == b:
            return None
        said = {"thing": "organisation", "kind_a": "organisation", "kind_b": "organisation", "verdict": "different"}
        Judgement.objects.create(owner=owner, record_a=a, record_b=b, **said)
    return a, b


def _lines() -> int:
    with database_role(LINKER):
        return Decision.objects.count()


def _holds(apart: list[tuple[int, int]]) -> None:
    """No identity has what people keep apart, or what bears two numbers in its agency's own books."""
    with database_role(LINKER):
        homes = {
            member.record_id: member.identity.redirects_to_id or member.identity_id
            for member in IdentityMember.objects.select_related("identity").filter(thing="organisation")
        }
        assert set(homes.values()) <= set(Identity.objects.values_list("pk", flat=True))
    assert all(homes[a] != homes[b] for a, b in apart)
