"""What agreements open to the acting party: asked of the database, where it is enforced."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from django.db import connection

from schakel.sharing.models import Depth
from schakel.sharing.shareable import Shareable, shareable, shareables


@dataclass(frozen=True, slots=True)
class Card:
    """What is told of one thing of another party: its title, and from a summary on some values more (``said``)."""

    kind: str
    id: int
    owner: int
    period: int
    depth: Depth
    title: str
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Term:
    """That ``giver`` lets the acting party see things of a kind, so deep, under an agreement that stands."""

    agreement: int
    giver: int
    depth: Depth


def terms(kind: str) -> list[Term]:
    """Under which agreements the acting party sees anything of ``kind``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT agreement, giver, depth FROM sharing_terms(%s, 1) ORDER BY 1, 2, 3", [kind])
        return [Term(agreement, giver, Depth(depth)) for agreement, giver, depth in cursor.fetchall()]


class CardsOf(Sequence[Card]):
    """The cards of one giver, as ``cards`` has them; a page of them is read at a time."""

    def __init__(self, kind: str, giver: int) -> None:
        self._kind, self._giver = kind, giver

    def __len__(self) -> int:
        question, values = _question(shareable(self._kind), self._giver, None)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {question}", values)  # noqa: S608 - a function of ours
            return int(cursor.fetchone()[0])

    @overload
    def __getitem__(self, place: int) -> Card: ...
    @overload
    def __getitem__(self, place: slice) -> list[Card]: ...
    def __getitem__(self, place: int | slice) -> Card | list[Card]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        first = place.start or 0
        at_most = None if place.stop is None else max(0, place.stop - first)
        return cards(self._kind, giver=self._giver, at_most=at_most, offset=first)


def cards(
    kind: str,
    *,
    giver: int | None = None,
    ids: Iterable[int] | None = None,
    at_most: int | None = None,
    offset: int = 0,
) -> list[Card]:
    """What others tell the acting party of their things of ``kind``; of one ``giver``, or of some ``ids`` alone.

    The newest year first, then by title. Raises KeyError for what is no kind that is shared by itself.
    """
    question, values = _question(shareable(kind), giver, ids)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, owner_id, period, depth, title, said FROM {question}"  # noqa: S608 - a function of ours
            ' ORDER BY period DESC, lower(title) COLLATE "C", id LIMIT %s OFFSET %s',
            [*values, at_most, offset],
        )
        rows = cursor.fetchall()
    return [
        Card(kind, pk, owner, period, Depth(depth), title, json.loads(said))
        for pk, owner, period, depth, title, said in rows
    ]


def counted(*, giver: int | None = None) -> dict[int, dict[str, Counter[Depth]]]:
    """How many things the acting party may know of, by giver, kind and depth."""
    found: dict[int, dict[str, Counter[Depth]]] = {}
    for kind in shareables():
        if not kind.cards:
            continue
        question, values = _question(kind, giver, None)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT owner_id, depth, count(*) FROM {question} GROUP BY 1, 2",  # noqa: S608 - a function of ours
                values,
            )
            for owner, depth, count in cursor.fetchall():
                found.setdefault(owner, {}).setdefault(kind.kind, Counter())[Depth(depth)] = count
    return found


def _question(
    kind: Shareable, giver: int | None, ids: Iterable[int] | None
) -> tuple[str, list[int | list[int] | None]]:
    if not kind.cards:
        raise KeyError(kind.kind)
    where, values = ["true"], list[int | list[int] | None]()
    if giver is not None:
        where, values = [*where, "owner_id = %s"], [*values, giver]
    if ids is not None:
        where, values = [*where, "id = ANY (%s)"], [*values, list(ids)]
    return f"{kind.cards}() WHERE {' AND '.join(where)}", values
