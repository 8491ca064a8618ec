"""What records are called, many at a time: their own name, else that of what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from django.db.models import Q

from schakel.intake import kinds, writing

_NAMES = ("title", "name", "company")


def paths(table: writing.RecordTable) -> list[str]:
    """Where the name of a record of ``table`` stands, as Django looks it up."""
    own = [field.name for field in kinds.kind(table.kind).fields if field.name in _NAMES]
    return own[:1] or list(_of_references(table))


def _of_references(table: writing.RecordTable) -> Iterator[str]:
    for field in kinds.kind(table.kind).fields:
        if field.refers_to is not None:
            column = table.columns.get(field.name, field.name)
            yield from (f"{column}__{path}" for path in paths(writing.record_table(field.refers_to)))


def titles(kind: str, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Number and title of records that the acting party may see, by id."""
    table = writing.record_table(kind)
    found = table.model._default_manager.filter(pk__in=list(ids))
    listed = found.values_list("pk", "number", *paths(table)).iterator(chunk_size=5000)
    return {pk: (number, _joined(names)) for pk, number, *names in listed}


def titles_of_period(kind: str, owner: int, period: int) -> dict[str, str]:
    """The title of each record of an owner and period, by number."""
    table = writing.record_table(kind)
    found = table.model._default_manager.filter(owner_id=owner, period=period)
    listed = found.values_list("number", *paths(table)).iterator(chunk_size=5000)
    return {number: _joined(names) for number, *names in listed}


def named_of_period(kind: str, owner: int, period: int, words: Iterable[str], most: int) -> dict[str, str]:
    """The first ``most`` records of an owner and period with each of ``words`` in number or title; titles by number."""
    table = writing.record_table(kind)
    found = table.model._default_manager.filter(owner_id=owner, period=period)
    names = paths(table)
    for word in words:
        anywhere = [Q(**{f"{path}__icontains": word}) for path in ("number", *names)]
        found = found.filter(reduce(or_, anywhere))
    return {number: _joined(said) for number, *said in found.order_by("number").values_list("number", *names)[:most]}


def _joined(names: Iterable[str | None]) -> str:
    return " · ".join(name for name in names if name)
