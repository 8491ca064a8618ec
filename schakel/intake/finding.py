"""What search finds of intake: deliveries, and the records of every kind.

A record is found by its number, by what it is called, and by its texts and codes in both languages. What has no
name of its own (an investment, a participation) is called after the records it refers to, and comes after them.
Fields that have a table of their own, being more secret, are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TypeVar

from django.db.models import QuerySet
from django.urls import reverse

from schakel.intake import kinds, writing
from schakel.intake.kinds import Field, RecordKind
from schakel.intake.models import DeliveredFile, Delivery, DeliveryState
from schakel.intake.records import Record, RecordState
from schakel.search.documents import Document
from schakel.search.registry import Scope, Source, register, register_family
from schakel.words import Words

R = TypeVar("R", bound=Record)

_NOT_IN = (DeliveryState.UPLOADING, DeliveryState.DISCARDED)
_NAMES = ("title", "name", "company")
_PLACES = ("city", "country")
_NUMBERS = ("kvk", "rsin", "vat", "eu_number")
_TYPES = ("text", "code", "kvk", "rsin", "vat", "url", "postcode")


def records_in(model: type[R], scope: Scope) -> QuerySet[R]:
    """The records of ``scope`` that are not withdrawn, of those that the acting party may see."""
    found = model._default_manager.filter(owner_id=scope.owner).exclude(state=RecordState.WITHDRAWN)
    if scope.period is not None:
        found = found.filter(period=scope.period)
    return found.filter(pk__in=scope.ids) if scope.ids else found


def thing(kind: RecordKind, period: int, number: str, record: int) -> str:
    """What a record is through the years: its number where that is kept, else its number in its year."""
    if kind.numbering == "permanent":
        return number
    return f"{period} {number}" if kind.numbering == "yearly" else str(record)


def record_url(kind: str, record: str) -> str:
    """The page of a record."""
    return reverse("intake:record", args=[kind, int(record)])


def _record_sources() -> Iterator[Source]:
    for table in writing.record_tables():
        kind = kinds.kind(table.kind)
        if kind.delivered_by == "command":  # codes: nobody looks for them by words
            continue
        yield Source(
            kind.name,
            kind.labels,
            kind.plural,
            partial(_records, table, kind),
            partial(record_url, kind.name),
            order=60 if kind.numbering == "none" else 40,
        )


def _records(table: writing.RecordTable, kind: RecordKind, scope: Scope) -> Iterator[Document]:
    names = _names(table, kind)
    fields = [field for field in kind.fields if field.type in _TYPES and field.name in table.own_fields()]
    columns = [table.columns.get(field.name, field.name) for field in fields]
    listed = records_in(table.model, scope).values_list("pk", "owner_id", "period", "number", *names, *columns)
    own = any(name in _NAMES for name in names)
    for pk, owner, period, number, *values in listed.iterator(chunk_size=5000):
        called, told = values[: len(names)], dict(zip((f.name for f in fields), values[len(names) :], strict=True))
        shown = number if kind.numbering != "none" else ""
        yield Document(
            owner=owner,
            kind=kind.name,
            id=str(pk),
            title=" · ".join(filter(None, called)) or _unnamed(kind, number),
            subtitle=" · ".join(filter(None, (shown, told.get("city")))),
            numbers=tuple(filter(None, (shown, *(told.get(name) for name in _NUMBERS)))),
            words=" ".join(word for field in fields for word in _words(field, told[field.name])),
            period=period,
            thing=thing(kind, period, number, pk),
            named_by_others=not own,
        )


def _unnamed(kind: RecordKind, number: str) -> Words:
    return Words(f"{kind.labels.nl} {number}".capitalize(), f"{kind.labels.en} {number}".capitalize())


def _names(table: writing.RecordTable, kind: RecordKind) -> list[str]:
    """Where the name of a record stands: in a field of its own, else in the records it refers to."""
    own = [field.name for field in kind.fields if field.name in _NAMES]
    if own:
        return own[:1]
    paths: list[str] = []
    for field in kind.fields:
        if field.refers_to is not None:
            above = writing.record_table(field.refers_to)
            column = table.columns.get(field.name, field.name)
            paths += [f"{column}__{name}" for name in _names(above, kinds.kind(field.refers_to))]
    return paths


def _words(field: Field, value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if one and field.type == "code":
            yield from (word for code in field.codes if code.value == one for word in (code.labels.nl, code.labels.en))
        elif one:
            yield str(one)


def _deliveries(scope: Scope) -> Iterable[Document]:
    found = Delivery.objects.filter(owner_id=scope.owner).exclude(state__in=_NOT_IN)
    if scope.period is not None:
        found = found.filter(period=scope.period)
    if scope.ids:
        found = found.filter(pk__in=scope.ids)
    files: dict[int, list[str]] = {}
    for delivery, name in DeliveredFile.objects.filter(delivery__in=found).values_list("delivery_id", "name"):
        files.setdefault(delivery, []).append(name)
    for pk, owner, period in found.values_list("pk", "owner_id", "period"):
        yield Document(
            owner=owner,
            kind="delivery",
            id=str(pk),
            title=Words(f"Aanlevering {pk} over {period}", f"Delivery {pk} for {period}"),
            subtitle=", ".join(sorted(files.get(pk, []))[:3]),
            numbers=(str(pk),),
            words=" ".join(files.get(pk, [])),
            period=period,
        )


register_family(_record_sources)
register(
    Source(
        "delivery",
        Words("aanlevering", "delivery"),
        Words("aanleveringen", "deliveries"),
        _deliveries,
        lambda delivery: reverse("intake:delivery", args=[int(delivery)]),
        order=80,
    )
)
