"""From the records of all rooms to the columnar extract, with the counter's rights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
from django.db import connection, transaction

from schakel.figures.counting import Meta, write_extract
from schakel.figures.facts import facts
from schakel.trail.queries import TELLING, acts_so_far


def data_position() -> str:
    """Where the data stands: changes with every act that can change a figure.

    Every write notes itself in the trail, in its own transaction.
    """
    return str(acts_so_far(*TELLING, "linked"))


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside stands at one moment; inside a caller's transaction its own snapshot holds."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def read_facts() -> tuple[dict[str, pl.DataFrame], Meta]:
    """All rooms' facts, as they stand at one moment, and what they are of."""
    with one_moment():
        meta = Meta(position=data_position(), record_kinds={fact.name: fact.record_kind for fact in facts()})
        return {fact.name: fact.read(connection) for fact in facts()}, meta


def renew_extract(directory: Path) -> Path:
    """Write the extract anew in ``directory``; returns its folder. Raises ExtractError."""
    frames, meta = read_facts()
    return write_extract(directory, frames, meta)
