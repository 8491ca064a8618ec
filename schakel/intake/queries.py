"""Questions about deliveries and the records they made; all for the acting party, whose rows alone are seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Func, QuerySet, When
from django.db.models import Value as Constant

from schakel import prepared
from schakel.intake import kinds, writing
from schakel.intake.kinds import Field, RecordKind
from schakel.intake.models import DeliveredTable, Delivery, DeliveryFinding, DeliveryState
from schakel.intake.records import Record, RecordState
from schakel.intake.tables import address

_SEEN = 'SELECT id FROM "{table}" WHERE id = ANY(%s::bigint[]) ORDER BY number, id'


def deliveries() -> QuerySet[Delivery]:
    """The acting party's deliveries, newest first, with how many findings of each severity they have."""
    return Delivery.objects.select_related("owner", "sender").order_by("-period", "-received_at", "-pk")


def unfinished_deliveries() -> QuerySet[Delivery]:
    """The acting party's deliveries that are still being sent, the last begun first."""
    return deliveries().filter(state=DeliveryState.UPLOADING).order_by("-received_at")


_WEIGHT = {"error": 0, "warning": 1, "notice": 2}


def findings_of(delivery: Delivery) -> QuerySet[DeliveryFinding]:
    """The findings of a delivery: errors first, then warnings, each in the order of its check and row."""
    weight = Case(*(When(severity=severity, then=Constant(place)) for severity, place in _WEIGHT.items()))
    return DeliveryFinding.objects.filter(delivery=delivery).order_by(weight, "check_id", "table", "row", "pk")


def findings_by_check(delivery: Delivery) -> list[dict[str, Any]]:
    """Per check: severity, how many, and one of its messages; errors first."""
    counted = (
        DeliveryFinding.objects.filter(delivery=delivery).values("check_id", "severity").annotate(count=Count("pk"))
    )
    return sorted(map(dict, counted), key=lambda line: (_WEIGHT[line["severity"]], -line["count"], line["check_id"]))


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a record as a page shows it: what it is, where it came from, and what was written there."""

    field: Field
    value: Any
    record: tuple[str, int, str] | None  # kind, id and title of the record it refers to
    cell: str
    header: str
    raw: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record with all its values and the records that refer to it.

    ``delivered_here``: the acting party sees what it came with; not so for a published fact that another delivered, nor
    for what another shares by agreement, which is what was agreed and not the row that was sent.
    """

    kind: RecordKind
    record: Record
    values: tuple[Value, ...]
    delivered_here: bool
    file_id: int | None
    file: str
    related: tuple[tuple[RecordKind, list[Record], int], ...]
    years: tuple[tuple[int, int], ...]  # period and id of the same number in other years


_SHOWN = 50


def record_view(kind_name: str, record_id: int) -> RecordView | None:
    """A record that the acting party may see, of its own down to its cells; None where there is none."""
    try:
        table, kind = writing.record_table(kind_name), kinds.kind(kind_name)
    except KeyError:
        return None
    found = table.model._default_manager.select_related("source__table__delivery", "owner", "delivery")
    record = found.filter(pk=record_id).first() or _without_its_delivery(table, record_id)
    if record is None:
        return None
    source = record.source.table if _delivered_here(record) else None
    file = source.delivery.files.filter(name=source.file).first() if source else None
    return RecordView(
        kind=kind,
        record=record,
        values=tuple(_values(table, kind, record, source)),
        delivered_here=source is not None,
        file_id=file.pk if file else None,
        file=source.file if source else "",
        related=tuple(_related(kind_name, record_id)),
        years=tuple(_years(table, kind, record)),
    )


def is_owned_by(kind_name: str, record_id: int, owner: int) -> bool:
    """Whether there is such a record and ``owner`` has it."""
    try:
        table = writing.record_table(kind_name)
    except KeyError:
        return False
    return table.model._default_manager.filter(pk=record_id, owner_id=owner).exists()


def _without_its_delivery(table: writing.RecordTable, record_id: int) -> Record | None:
    """What is published, or shared by agreement; the delivery that it came with is its owner's alone."""
    return table.model._default_manager.select_related("owner").filter(pk=record_id).first()


def _delivered_here(record: Record) -> bool:
    """Whether the acting party sees the row that a record came from; it was read with the record then."""
    return "source" in record._state.fields_cache


def _values(
    table: writing.RecordTable, kind: RecordKind, record: Record, source: DeliveredTable | None
) -> Iterator[Value]:
    beside = {name: part for part in table.beside for name in part.fields}
    for field in kind.fields:
        if field.name in beside:
            value = getattr(beside[field.name].of(record), field.name, None)
        elif field.name in table.left_out:
            value = record.number
        else:
            value = getattr(record, table.columns.get(field.name, field.name))
        place = source.columns.get(field.name, {}) if source else {}
        letter, header = place.get("column", ""), place.get("header", "")
        yield Value(
            field=field,
            value=value,
            record=(field.refers_to, value.pk, str(value)) if field.refers_to and value is not None else None,
            cell=address(source.name, source.form, letter, record.source.row, header) if source and letter else "",
            header=header,
            raw=(record.source.raw.get(field.name) or "") if source else "",
        )


def _related(kind_name: str, record_id: int) -> Iterator[tuple[RecordKind, list[Record], int]]:
    for table in writing.record_tables():
        for field in kinds.kind(table.kind).fields:
            if field.refers_to == kind_name:
                column = table.columns.get(field.name, field.name)
                found = table.model._default_manager.filter(**{column: record_id}).order_by("number")
                count = found.count()
                if count:
                    yield kinds.kind(table.kind), list(found[:_SHOWN]), count


def _years(table: writing.RecordTable, kind: RecordKind, record: Record) -> Iterator[tuple[int, int]]:
    if kind.numbering == "permanent":
        same = table.model._default_manager.filter(owner_id=record.owner_id, number=record.number)
        yield from same.exclude(pk=record.pk).order_by("-period").values_list("period", "pk")


def records(kind_name: str, ids: list[int]) -> QuerySet[Record]:
    """Those of the records that the acting party may see, in order of number, with what names them beside them."""
    table = writing.record_table(kind_name)
    named_by = [table.columns.get(each.name, each.name) for each in kinds.kind(kind_name).fields if each.refers_to]
    return _those(table, ids).select_related(*named_by)


def ids_seen(kind_name: str, ids: list[int]) -> list[int]:
    """The ids of those of ``records``, in the same order: where a page of many is shown, with how many they are."""
    named = writing.record_table(kind_name).model._meta.db_table
    found = prepared.rows(_SEEN.format(table=named), [_listed(ids)])
    return [pk for (pk,) in found]


def _listed(ids: list[int]) -> str:
    # One text instead of thousands of parameters: PostgreSQL and its driver take longer over those than over the rows.
    return f"{{{','.join(map(str, ids))}}}"


def _those(table: writing.RecordTable, ids: list[int]) -> QuerySet[Record]:
    listed = Constant(_listed(ids))
    one_of = {"template": "%(expressions)s::bigint[])", "arg_joiner": " = ANY(", "output_field": BooleanField()}
    return table.model._default_manager.filter(Func(F("pk"), listed, **one_of)).order_by("number", "pk")


def vanished_of(table: writing.RecordTable, owner: int, period: int) -> QuerySet[Record]:
    """The records of a kind that a later delivery of the same period no longer had, and nobody has decided on."""
    return table.model._default_manager.filter(owner_id=owner, period=period, state=RecordState.VANISHED)


def vanished_count(owner: int, period: int) -> int:
    """How many records of an owner and period wait for a decision since they vanished."""
    return sum(vanished_of(table, owner, period).count() for table in writing.record_tables())
