"""What accepting a delivery would do: written as acceptance writes it, looked at, and undone.

Invariant: the difference is read off the same rows, by the same statements, as an acceptance leaves behind; so the two
cannot disagree while nothing else is accepted in between.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from schakel.intake import kinds, writing
from schakel.intake.acceptance import Written, refused_places, write_kind
from schakel.intake.canonical import canonical
from schakel.intake.effects import effects, own_figures
from schakel.intake.examining import Examination
from schakel.intake.models import DeliveredTable, Delivery, DeliveryState, DifferenceLine
from schakel.intake.records import RecordState
from schakel.intake.titles import titles, titles_of_period
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor

STATE = "_state"  # in the place of a field: the record was withdrawn, or proposed to be, and stands again


@dataclass(frozen=True, slots=True)
class Difference:
    """What accepting would do. ``counts``: kind to outcome to how many; ``effects``: see `Delivery.effects`."""

    lines: tuple[DifferenceLine, ...]
    counts: dict[str, dict[str, int]]
    effects: list[dict[str, Any]]


@dataclass(slots=True)
class _Seen:
    """What was seen of one kind while it was written: raw values, references still as ids."""

    table: writing.RecordTable
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


class _Watch:
    """Looks on while an acceptance is written."""

    def __init__(self) -> None:
        self.seen: list[_Seen] = []

    def staged(self, name: str, table: writing.RecordTable, delivery: Delivery) -> None:
        """Rows are staged and have their outcome; nothing was written yet."""
        with connection.cursor() as cursor:
            cursor.execute(_rows_sql(name, table), [delivery.owner_id, delivery.period])
            self.seen.append(_Seen(table, cursor.fetchall()))

    def vanished(self, numbers: list[str]) -> None:
        """Records of the kind staged last were proposed as withdrawn."""
        self.seen[-1].gone = numbers


def difference(*, actor: Actor, delivery: Delivery, examination: Examination) -> Difference:
    """What accepting ``delivery`` would do now to the acting party's records and its own figures; leaves no trace."""
    with acting(actor):
        writing.one_at_a_time(delivery.owner_id, delivery.period)
        with transaction.atomic():
            before = own_figures(delivery.owner_id, delivery.period)
            watch, written = _written(delivery, examination)
            after = own_figures(delivery.owner_id, delivery.period)
            lines = tuple(line for seen in watch.seen for line in _lines(seen, delivery))
            transaction.set_rollback(True)
    counts = {done.kind: {name: n for name, n in asdict(done).items() if name != "kind"} for done in written}
    return Difference(lines, counts, list(effects(before, after)))


def _written(delivery: Delivery, examination: Examination) -> tuple[_Watch, list[Written]]:
    watch = _Watch()
    refused = refused_places(examination.findings)
    by_kind = {rows.kind: rows for rows in examination.rows}
    chosen = [by_kind[kind.name] for kind in kinds.kinds() if kind.name in by_kind]
    return watch, [write_kind(delivery, rows, refused, watch) for rows in chosen]


def _rows_sql(staged: str, table: writing.RecordTable) -> str:
    """New and changed rows: outcome, number, file, table, row, state; then each value before and after."""
    pairs = "".join(f', {source}."{column}", s."{column}"' for _, source, column in _columns(table))
    return (  # names of our own tables and columns
        f"SELECT s.outcome, s.number, t.file, t.name, s.row_no::int, m.state{pairs}"
        f" FROM {staged} s JOIN {DeliveredTable._meta.db_table} t ON t.id = s.table_id::bigint"
        f" LEFT JOIN {table.model._meta.db_table} m ON m.owner_id = %s AND m.period = %s AND m.number = s.number"
        f"{writing.beside_sql(table)}"
        " WHERE s.outcome IN ('new', 'changed') ORDER BY t.id, 5, s.number"
    )


def _columns(table: writing.RecordTable) -> list[tuple[kinds.Field, str, str]]:
    """Each field that is kept, where its standing value is found, and its column."""
    declared = kinds.kind(table.kind).fields_by_name
    own = [(declared[name], "m", table.column(name)) for name in table.own_fields()]
    beside = [
        (declared[name], f"b{at}", writing.column_of(part.model, name))
        for at, part in enumerate(table.beside)
        for name in part.fields
    ]
    return own + beside


def _lines(seen: _Seen, delivery: Delivery) -> list[DifferenceLine]:
    """The lines of one kind, with titles and with references as what they lead to; asks while all is written."""
    called = titles_of_period(seen.table.kind, delivery.owner_id, delivery.period)
    columns = [declared for declared, _, _ in _columns(seen.table)]
    references = _references(seen, columns)
    made = [
        DifferenceLine(
            owner_id=delivery.owner_id,
            delivery=delivery,
            kind=seen.table.kind,
            number=number,
            title=called.get(number, ""),
            outcome=outcome,
            file=file,
            table=name,
            row=row,
            fields=list(_changes(columns, values, state, references)) if outcome == "changed" else [],
        )
        for outcome, number, file, name, row, state, *values in seen.rows
    ]
    gone = {"owner_id": delivery.owner_id, "delivery": delivery, "kind": seen.table.kind, "outcome": "vanished"}
    return made + [DifferenceLine(**gone, number=number, title=called.get(number, "")) for number in seen.gone]


def _references(seen: _Seen, columns: list[kinds.Field]) -> dict[tuple[str, int], str]:
    """Kind and id of each record referred to, and how it is written in a difference: number and title."""
    wanted: dict[str, set[int]] = {}
    for at, declared in enumerate(columns):
        if declared.refers_to is not None:
            ids = {row[6 + 2 * at + side] for row in seen.rows for side in (0, 1)} - {None}
            wanted.setdefault(declared.refers_to, set()).update(ids)
    return {
        (kind, pk): " · ".join(filter(None, both))
        for kind, ids in wanted.items()
        for pk, both in titles(kind, ids).items()
    }


def _changes(
    columns: list[kinds.Field], values: list[Any], state: str, references: dict[tuple[str, int], str]
) -> list[dict[str, str]]:
    """The fields that would change, before and after as canonical text; references as people know them."""
    found = (
        [{"field": STATE, "before": state, "after": RecordState.STANDS.value}] if state != RecordState.STANDS else []
    )
    for at, declared in enumerate(columns):
        before, after = values[2 * at], values[2 * at + 1]
        if before == after:
            continue
        if declared.refers_to is not None:
            texts = [references.get((declared.refers_to, pk), "") for pk in (before, after)]
        else:
            texts = [canonical(declared, value) for value in (before, after)]
        found.append({"field": declared.name, "before": texts[0], "after": texts[1]})
    return found


def lines_of(delivery: Delivery, kind: str = "", outcome: str = "") -> QuerySet[DifferenceLine]:
    """The lines of a kept difference: what vanishes last, each kind in the order of its rows."""
    found = DifferenceLine.objects.filter(delivery=delivery)
    found = found.filter(kind=kind) if kind else found
    found = found.filter(outcome=outcome) if outcome else found
    return found.order_by("pk")


def overtaken(delivery: Delivery) -> bool:
    """Whether something else was accepted for the same year since ``delivery`` was compared."""
    if delivery.state != DeliveryState.CHECKED or delivery.examined_at is None:
        return False
    same = Delivery.objects.filter(owner_id=delivery.owner_id, period=delivery.period)
    return same.filter(accepted_at__gt=delivery.examined_at).exclude(pk=delivery.pk).exists()
