"""A proposed mapping, and for each table and field how sure it is and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from schakel.intake.mapping import FieldSource, Mapping
from schakel.words import Words


@dataclass(frozen=True, slots=True)
class FieldProposal:
    """That ``field`` of the kind is read from this column. ``sure`` is between 0 and 1."""

    field: str
    column: str
    source: FieldSource
    sure: float
    why: Words


@dataclass(frozen=True, slots=True)
class TableProposal:
    """That ``table`` holds records of ``kind``. ``unmapped`` are headers that no field asks for."""

    kind: str
    file: str
    table: str
    header_row: int
    sure: float
    why: Words
    fields: tuple[FieldProposal, ...]
    unmapped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """The whole proposal: a mapping that can be used as it is, and what speaks for each part of it."""

    mapping: Mapping
    tables: tuple[TableProposal, ...]
    left: tuple[str, ...] = ()  # names of tables that look like no kind

    def table(self, kind: str) -> TableProposal | None:
        """What is proposed for ``kind``."""
        return next((table for table in self.tables if table.kind == kind), None)


def told(table: TableProposal) -> dict[str, Any]:
    """The proposal as plain values for JSON, to be shown: keys are those of the class, ``source`` of a field too."""
    return asdict(table)
