"""A connection to the database is used again for the next page, unless the server has closed it meanwhile."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = pytest.mark.django_db


def opened():
    """A connection beside that of the test, as that of another thread."""
    made = connection.copy()
    made.ensure_connection()
    yield made
    made.close()


another, third = pytest.fixture(opened), pytest.fixture(opened)


def process_of(other: BaseDatabaseWrapper) -> int:
    """The server's process that answers it."""
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_one_at_rest_is_used_again(another):
    first = process_of(another)
    assert another.is_usable()
    assert process_of(another) == first


def test_one_that_the_server_closed_is_opened_anew_before_the_next_page(another, third):
    first = process_of(another)
    with third.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
        assert cursor.fetchone() == (True,)
    assert not another.is_usable()
    another.health_check_enabled, another.health_check_done = True, False  # as a page begins
    assert process_of(another) != first


def test_one_whose_transaction_failed_is_not_used_again(another):
    another.set_autocommit(False)
    with pytest.raises(DatabaseError), another.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert not another.is_usable()


def test_one_that_was_never_opened_is_not_usable():
    assert not connection.copy().is_usable()
