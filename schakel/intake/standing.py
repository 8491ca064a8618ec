"""Values of records that stand: read and written one field at a time, in whichever table a field is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schakel.intake import writing
from schakel.intake.canonical import heard
from schakel.intake.kinds import Field
from schakel.intake.records import Record


def value_of(table: writing.RecordTable, record: Record, field: Field) -> object:
    """The value of ``field`` that a record holds; of a reference the number of the record it leads to."""
    if field.name in table.left_out:
        return record.number
    part = _beside(table, field)
    if part is not None:
        return getattr(part.of(record), field.name, None)
    value: object = getattr(record, table.columns.get(field.name, field.name))
    return value.number if isinstance(value, Record) else value


def put(table: writing.RecordTable, record: Record, field: Field, text: str) -> None:
    """Write canonical ``text`` as a record's value of ``field``, in the caller's transaction. Raises LookupError."""
    value = stored(field, text, Numbers(record.owner_id, record.period))
    part = _beside(table, field)
    if part is not None:
        found, _made = part.model._default_manager.get_or_create(
            **{part.link: record}, defaults={"owner_id": record.owner_id}
        )
        part.model._default_manager.filter(pk=found.pk).update(**{field.name: value})
        return
    name = table.columns.get(field.name, field.name)
    table.model._default_manager.filter(pk=record.pk).update(**{name: value})


def column_of(table: writing.RecordTable, field: Field) -> str:
    """The column of ``field`` where rows of the kind are staged."""
    return field.name if _beside(table, field) is not None else table.column(field.name)


class Numbers:
    """The owner's records by number, each kind asked once."""

    def __init__(self, owner: int, period: int) -> None:
        self._owner, self._period = owner, period
        self._known: dict[str, Mapping[str, int]] = {}

    def of(self, kind: str) -> Mapping[str, int]:
        """Number to id of the records of ``kind``."""
        if kind not in self._known:
            found = writing.numbers_to_ids(kind, self._owner, self._period)
            self._known[kind] = dict(found.iter_rows())
        return self._known[kind]


def stored(field: Field, text: str, numbers: Numbers) -> Any:  # noqa: ANN401 - any value that a column holds
    """Canonical ``text`` as the database holds it: of a reference the id. Raises LookupError where it leads nowhere."""
    if field.refers_to is None or not text:
        return heard(field, text)
    return numbers.of(field.refers_to)[text]


def _beside(table: writing.RecordTable, field: Field) -> writing.Beside | None:
    return next((part for part in table.beside if field.name in part.fields), None)
