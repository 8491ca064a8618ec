"""What a rehearsal says became of tables and figures: what nobody declared is found, what was declared is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.cli.contents import Connection
from schakel.cli.postgres import Server
from schakel.cli.rehearsing.comparing import compared_figures, compared_tables, figures_in

_FUNDS = """
    CREATE TABLE funds (id int PRIMARY KEY, name text, size numeric(14, 2));
    INSERT INTO funds VALUES (1, 'Groei', 10), (2, 'Seed', 20), (3, NULL, 30);
    CREATE TABLE django_migrations (name text);
"""
# What a migration may do, and what is said of it: nothing, or what it does to what stands there.
_DONE = {
    "ALTER TABLE funds ADD COLUMN since date": "",
    "CREATE TABLE rounds (id int)": "",
    "CREATE INDEX ON funds (name)": "",
    "INSERT INTO django_migrations VALUES ('0002')": "",
    "UPDATE funds SET size = size + 1 WHERE id = 2": "other values stand in its 3 rows",
    "UPDATE funds SET name = 'x' WHERE name IS NULL": "other values stand in its 3 rows",
    "DELETE FROM funds WHERE id = 3": "funds had 3 rows and has 2",
    "ALTER TABLE funds DROP COLUMN size": "size is gone",
    "ALTER TABLE funds ALTER size TYPE text": "size is of another type",
    "ALTER TABLE funds RENAME TO money": "funds is gone",
}


@pytest.fixture
def pair(server: Server) -> Iterator[tuple[Connection, Connection]]:
    """Two databases with the same funds."""
    info = server.start()
    names = ("compared_before", "compared_after")
    with info.connect() as connection:
        for name in names:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"')
    with info.connect(names[0]) as before, info.connect(names[1]) as after:
        before.execute(_FUNDS)
        after.execute(_FUNDS)
        yield before, after


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(done=st.lists(st.sampled_from(sorted(_DONE)), unique=True, max_size=3), declared=st.booleans())
def test_what_is_not_declared_is_found_and_what_is_is_told(
    pair: tuple[Connection, Connection], done: list[str], declared: bool
) -> None:
    before, after = pair
    after.execute("BEGIN")
    try:
        ran = [one for one in done if _ran(after, one)]
        found = compared_tables(before, after, declared={"funds"} if declared else set())
    finally:
        after.execute("ROLLBACK")
    changes = [one for one in ran if _DONE[one]]
    said = found.told if declared else found.wrong
    assert bool(said) == bool(changes), (ran, found)
    assert not (found.wrong if declared else found.told)
    if len(changes) == 1:
        assert _DONE[changes[0]] in said[0]


def _ran(connection: Connection, statement: str) -> bool:
    """Whether it could still be done after what was done before it."""
    connection.execute("SAVEPOINT one")
    try:
        connection.execute(statement.encode())
    except psycopg.Error:
        connection.execute("ROLLBACK TO one")
        return False
    return True


def test_two_rows_that_exchange_their_values_are_not_the_same(pair: tuple[Connection, Connection]) -> None:
    before, after = pair
    after.execute("UPDATE funds SET size = 30 - size WHERE id < 3")
    assert compared_tables(before, after, declared=()).wrong


def test_figures_that_differ_or_are_gone_are_found_and_new_ones_told(tmp_path: Path) -> None:
    def written(name: str, **values: object) -> Path:
        figures = [
            {"indicator": indicator, "column": "network", "value": value, "numerator": None, "denominator": None}
            for indicator, value in values.items()
        ]
        path = tmp_path / name
        path.write_text(json.dumps({"year": 2023, "figures": figures}), encoding="utf-8")
        return path

    before = figures_in(written("before.json", projects=474, invested="80.00", staff=5))
    after = figures_in(written("after.json", projects=474, invested="80.01", outcomes=1))
    found = compared_figures(before, after)
    assert found.alike == 1
    assert found.wrong == [
        "figure invested of network in 2023 was 80.00 and is 80.01",
        "figure staff of network in 2023 is gone",
    ]
    assert found.told == ["new figures: outcomes"]
