"""Questions about the findings of a delivery: in groups by check, by value, a page of them, and one among its like.

All that a page counts comes from one reading of the delivery's findings: what is counted there is not counted again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet

from schakel.intake.asked import STEWARD, Asked, Tasks
from schakel.intake.models import Delivery, DeliveryFinding

_WEIGHT = {"error": 0, "warning": 1, "notice": 2}
_VALUES_SHOWN = 20
_ORDER = ("table", "row", "pk")
_COUNT = """
SELECT check_id, severity, kind, "table", waived, count(*), min(id) FROM intake_deliveryfinding
WHERE delivery_id = %s GROUP BY check_id, severity, kind, "table", waived
"""


@dataclass(slots=True)
class Group:
    """What one check found, as far as it was asked for: how many are open and waived, and the first of them."""

    check_id: str
    severity: str
    open: int = 0
    waived: int = 0
    first: int = 0
    sheets: dict[str, int] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    people: set[int | None] = field(default_factory=set)

    @property
    def count(self) -> int:
        """How many there are, waived ones with them."""
        return self.open + self.waived


@dataclass(frozen=True, slots=True)
class Overview:
    """The groups that were asked for, errors first, and all there is to choose from."""

    groups: list[Group]
    sheets: list[str]
    kinds: list[str]
    severities: dict[str, int]
    waived: int

    def group(self, check_id: str) -> Group | None:
        """The group of a check, if it was asked for and found anything."""
        return next((group for group in self.groups if group.check_id == check_id), None)


def overview(delivery: Delivery, asked: Asked, tasks: Tasks) -> Overview:
    """What the checks found in a delivery, counted once."""
    lines = _counted(delivery)
    groups: dict[tuple[str, str], Group] = {}
    for line in lines:
        if _is_asked(line, asked, tasks):
            known = groups.setdefault((line.check_id, line.severity), Group(line.check_id, line.severity))
            _add(known, line, tasks)
    return Overview(
        groups=sorted(groups.values(), key=lambda g: (_WEIGHT[g.severity], -g.open, g.check_id)),
        sheets=sorted({line.table for line in lines if line.table}),
        kinds=sorted({line.kind for line in lines if line.kind}),
        severities={s: sum(line.n for line in lines if line.severity == s and not line.waived) for s in _WEIGHT},
        waived=sum(line.n for line in lines if line.waived),
    )


def narrowed(delivery: Delivery, asked: Asked, tasks: Tasks) -> QuerySet[DeliveryFinding]:
    """The findings that are asked for: of one check in the order of the sheets, else errors first."""
    found = DeliveryFinding.objects.filter(delivery=delivery)
    if asked.task:
        found = found.filter(tasks.condition(asked.task))
    if asked.waived != "all":
        found = found.filter(waived=asked.waived == "yes")
    said = {"check_id": asked.check, "table": asked.sheet, "severity": asked.severity, "kind": asked.kind}
    return found.filter(**{name: value for name, value in said.items() if value}).order_by(*_ORDER)


def values(found: QuerySet[DeliveryFinding]) -> list[dict[str, Any]]:
    """The distinct values among findings of one check, the most frequent first: table, column, header, value, count."""
    counted = found.order_by().values("table", "column", "header", "value").annotate(count=Count("pk"), first=Min("pk"))
    return [dict(line) for line in counted.order_by("-count", "table", "column", "value")[:_VALUES_SHOWN]]


def beside(found: DeliveryFinding) -> tuple[int | None, int | None]:
    """The ids of the open finding before and after one, among those of the same check in the order of the sheets."""
    alike = DeliveryFinding.objects.filter(Q(waived=False) | Q(pk=found.pk), check_id=found.check_id)
    ids = list(alike.filter(delivery=found.delivery).order_by(*_ORDER).values_list("pk", flat=True))
    at = ids.index(found.pk)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)


@dataclass(frozen=True, slots=True)
class _Line:
    check_id: str
    severity: str
    kind: str
    table: str
    waived: bool
    n: int
    first: int


def _counted(delivery: Delivery) -> list[_Line]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [delivery.pk])
        return [_Line(*line) for line in cursor.fetchall()]


def _is_asked(line: _Line, asked: Asked, tasks: Tasks) -> bool:
    return all(_agreements(line, asked, tasks))


def _agreements(line: _Line, asked: Asked, tasks: Tasks) -> Iterator[bool]:
    yield asked.check in {"", line.check_id}
    yield asked.sheet in {"", line.table}
    yield asked.severity in {"", line.severity}
    yield asked.kind in {"", line.kind}
    yield asked.task in {"", str(tasks.of(line.check_id, line.kind) or STEWARD)}
    yield asked.waived != "yes" or line.waived


def _add(group: Group, line: _Line, tasks: Tasks) -> None:
    group.open += 0 if line.waived else line.n
    group.waived += line.n if line.waived else 0
    group.first = min(group.first or line.first, line.first)
    group.sheets[line.table] = group.sheets.get(line.table, 0) + line.n
    group.kinds.add(line.kind)
    group.people.add(tasks.of(line.check_id, line.kind))
