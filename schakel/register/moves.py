"""Under what records count, and where that is otherwise: after a round, or if a proposal were carried out.

A label means nothing but that records of one label are one thing, as in facts: the identity's number, and of what was
never joined the record's own number below zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from schakel.register.ledger.lines import Record

Of = tuple[str, str]  # the sort of thing, and the kind of the record


class Place(NamedTuple):
    """The label that a record counts under, and whether its statements count for the network."""

    label: int
    leading: bool = True


Places = Mapping[Record, Place]
Moves = dict[Of, dict[int, Place]]  # by record id


def alone(record: Record) -> Place:
    """The place of a record that was never joined: it is a thing by itself."""
    return Place(-record[1])


def moves(thing: str, places: Places, than: Places, records: Iterable[Record]) -> Moves:
    """Those of ``records`` that are in ``places`` otherwise ``than``, with where they are in the first."""
    found: Moves = {}
    for record in records:
        place = places.get(record) or alone(record)
        if place != (than.get(record) or alone(record)):
            found.setdefault((thing, record[0]), {})[record[1]] = place
    return found


def kept(found: Moves) -> list[Any]:
    """Moves as plain values, in one order: [[thing, kind, [[record, label, leading], ...]], ...]."""
    return [
        [*of, [[record, place.label, place.leading] for record, place in sorted(moved.items())]]
        for of, moved in sorted(found.items())
    ]


def read(said: Iterable[Any]) -> Moves:
    """Moves from plain values."""
    return {
        (thing, kind): {record: Place(label, leading) for record, label, leading in moved}
        for thing, kind, moved in said
    }
