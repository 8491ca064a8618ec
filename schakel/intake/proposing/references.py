"""Which columns point to which: values of one that are all found in the key, or the name, of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from schakel.intake.proposing.columns import SEPARATORS, Column
from schakel.intake.proposing.evidence import Evidence
from schakel.intake.proposing.folding import fold
from schakel.intake.proposing.meanings import Meaning
from schakel.words import Words

By = Literal["number", "name"]


@dataclass(frozen=True)
class Target:
    """The columns by which records of a kind are named in other tables."""

    table: str
    number: Column | None
    name: Column | None


Targets = Mapping[str, Target]  # by kind


def included(column: Column, target: Column | None) -> float:
    """Share of the column's different values that occur in ``target``."""
    return 0.0 if target is None else column.found_in(target)


def refer_by(column: Column, target: Target) -> tuple[By, float]:
    """Whether ``column`` names records of ``target`` by "number" or by "name", and which share of it does."""
    by_number, by_name = included(column, target.number), included(column, target.name)
    return ("name", by_name) if by_name >= by_number and by_name > 0 else ("number", by_number)


def reference_evidence(meaning: Meaning, column: Column, table: str, targets: Targets) -> Evidence:
    """What the keys of the other tables say about reading ``meaning`` from ``column``."""
    found = Evidence()
    if not column.values:
        return found
    if meaning.field.refers_to:
        _points_there(found, meaning, column, targets.get(meaning.field.refers_to))
    elif not meaning.key and _points_elsewhere(column, table, targets):
        found.add(-2.5)
    return found


def _points_there(found: Evidence, meaning: Meaning, column: Column, target: Target | None) -> None:
    if target is None or target.number is None:
        return
    by, share = refer_by(column, target)
    few = 0.5 if len(column.folded) < 3 else 1.0
    told = Words(
        f"waarden staan in de kolom '{_header(target, by)}' van '{target.table}'",
        f"values occur in column '{_header(target, by)}' of '{target.table}'",
    )
    if share < 0.95 and exploding(column, target)[2] > share + 0.1:
        found.add(-4.0)  # a list of them, where one is asked
    elif share >= 0.5:
        found.add(3.5 * share * few, told)
    else:
        known = len(target.number.folded) >= 10
        found.add((-4.5 if known else -3.0) if share < 0.15 else -0.5)


def _header(target: Target, by: str) -> str:
    column = target.name if by == "name" else target.number
    return column.header if column else ""


def _points_elsewhere(column: Column, table: str, targets: Targets) -> bool:
    others = [target for target in targets.values() if target.table != table]
    return any(included(column, target.number) > 0.9 for target in others) and len(column.folded) >= 3


def exploding(column: Column, target: Target) -> tuple[str, By, float]:
    """How cells of ``column`` list records of ``target``: separator, "number" or "name", share of parts found."""
    best: tuple[str, By, float] = ("", "number", 0.0)
    ways: tuple[tuple[By, Column | None], ...] = (("number", target.number), ("name", target.name))
    for separator in SEPARATORS:
        parts = {fold(part) for part in column.split(separator)}
        if len(parts) > 0 and any(separator in value for value in column.values):
            for by, known in ways:
                share = len(parts & known.folded) / len(parts) if known else 0.0
                if share > best[2] or (share == best[2] and share and by == "name"):
                    best = (separator, by, share)
    return best


def pointed_at(column: Column, others: Iterable[Column]) -> Evidence:
    """That columns of other tables hold nothing but values of ``column``: so it tells records apart."""
    found = Evidence()
    if column.unique > 0.95 and len(column.folded) >= 5 and column.typed("date") < 0.5:
        pointing = [o for o in others if o.table != column.table and len(o.folded) >= 3 and o.unique < 0.999]
        tables = sorted({other.table for other in pointing if included(other, column) > 0.95})
        if tables:
            named = ", ".join(f"'{table}'" for table in tables[:3])
            found.add(1.5, Words(f"{named} verwijst ernaar", f"{named} refers to it"))
    return found
