"""Making the ground give way: a disk that is full by the database's own word, and a database to meet in for real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, connections

from schakel.sharing.roles import WEB, database_role
from tests.making import as_owner

T = TypeVar("T")
_FULL = """
    CREATE OR REPLACE FUNCTION test_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_TABLE_NAME = ANY (string_to_array(current_setting('test.full', true), ',')) THEN
            RAISE EXCEPTION 'could not extend file "base/1/2": No space left on device' USING ERRCODE = 'disk_full';
        END IF;
        RETURN NEW;
    END $$
"""


def breakable(*tables: str) -> None:
    """From now on these tables can be said to be full; before anything is written to them."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(_FULL)
        for table in tables:
            cursor.execute(
                f"CREATE TRIGGER test_full BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION test_full()"
            )


@contextmanager
def full(*tables: str) -> Iterator[None]:
    """The disk is full as soon as any of these tables is written to."""
    _say_full(",".join(tables))
    try:
        yield
    finally:
        _say_full("")


def _say_full(tables: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('test.full', %s, false)", [tables])


class Meeting:
    """A database in which what one connection writes is there for the others, as it is in life."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._people = ThreadPoolExecutor(max_workers=4)

    def begin(self, task: Callable[..., T], *given: object, role: str = WEB) -> Future[T]:
        """Have somebody do ``task`` on a connection of their own, with the rights of ``role``."""
        return self._people.submit(self._alone, task, role, *given)

    def run(self, task: Callable[..., T], *given: object, role: str = WEB) -> T:
        """The same, and wait for what comes of it."""
        return self.begin(task, *given, role=role).result(timeout=60)

    def _alone(self, task: Callable[..., T], role: str, *given: object) -> T:
        own = connections.create_connection("default")
        own.settings_dict = own.settings_dict | {"NAME": self.name}
        connections["default"] = own
        try:
            with database_role(role) if role else _as_owner():
                return task(*given)
        finally:
            own.close()
            del connections["default"]

    def end(self) -> None:
        """Everybody leaves."""
        self._people.shutdown(wait=True)


@contextmanager
def _as_owner() -> Iterator[None]:
    yield
