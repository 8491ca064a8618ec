"""Whatever files follow each other: facts are what a plain account of them says, and loading again changes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.register.models import RegisterFact, RegisterLoad
from tests.making import as_owner
from tests.register.registers import load_rows

pytestmark = pytest.mark.django_db
NAMES = ("Zon B.V.", "Maan N.V.", 'Ster, "de" {grote}', "Öl\\Zn")
ROW = st.fixed_dictionaries(
    {
        "kvk": st.sampled_from(("00000001", "00000002", "00000003")),
        "name": st.sampled_from(NAMES),
        "trade_names": st.lists(st.sampled_from(NAMES), unique=True, max_size=2),
        "city": st.sampled_from((None, "Breda", "Zwolle")),
        "ended_on": st.sampled_from((None, dt.date(2020, 1, 1))),
    }
)
FILE = st.tuples(st.lists(ROW, min_size=1, max_size=4), st.booleans())


@dataclass
class Told:
    """A number as the plain account has it."""

    row: dict[str, object]
    former: set[str] = field(default_factory=set)
    missing_since: dt.date | None = None


def account(files: list[tuple[list[dict[str, object]], bool]]) -> dict[str, Told]:
    """What stands after ``files`` (rows, and whether the file is whole), the first of each number counting."""
    known: dict[str, Told] = {}
    for at, (rows, whole) in enumerate(files):
        first = {str(row["kvk"]): row for row in reversed(rows)}
        for kvk, row in first.items():
            told = known.setdefault(kvk, Told(row))
            borne = {str(told.row["name"]), *told.row["trade_names"]}
            now = {str(row["name"]), *row["trade_names"]}
            told.former = (told.former | borne) - now
            told.row, told.missing_since = row, None
        for kvk in set(known) - set(first) if whole else ():
            known[kvk].missing_since = known[kvk].missing_since or day(at)
    return known


def day(at: int) -> dt.date:
    return dt.date(2020 + at, 1, 1)


def stands() -> dict[str, tuple[object, ...]]:
    listed = RegisterFact.objects.values_list(
        "kvk", "name", "trade_names", "city", "ended_on", "former_names", "missing_since", "pk"
    )
    return {kvk: (*rest[:4], set(rest[4]), rest[5], rest[6]) for kvk, *rest in listed}


def clear() -> None:
    with as_owner():
        RegisterFact.objects.all().delete()
        RegisterLoad.objects.all().delete()
        with connection.cursor() as cursor:  # the index is made anew, for which nothing may wait to be checked
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(files=st.lists(FILE, min_size=1, max_size=4))
def test_facts_are_what_a_plain_account_of_the_files_says(files):
    clear()
    numbers: dict[str, object] = {}
    with TemporaryDirectory() as folder:
        for at, (rows, whole) in enumerate(files):
            load_rows(Path(folder), *rows, day=day(at), whole=whole, may_shrink=True)
            now = {kvk: said[-1] for kvk, said in stands().items()}
            assert numbers.items() <= now.items()  # a number keeps its row for ever
            numbers = now
        before = stands()
        rows, whole = files[-1]
        again = load_rows(Path(folder), *rows, *rows, day=day(len(files)), whole=whole, may_shrink=True)
    assert (again.added, again.changed, again.vanished) == (0, 0, 0)
    assert stands() == before
    told = account(files)
    assert {kvk: said[:-1] for kvk, said in before.items()} == {
        kvk: (t.row["name"], t.row["trade_names"], t.row["city"], t.row["ended_on"], t.former, t.missing_since)
        for kvk, t in told.items()
    }
