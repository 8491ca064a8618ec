"""What is asked of a person about a mapping: only what no earlier person has said, or what no longer fits.

Invariant: a field is asked exactly if its source is proposed, its header of last time is gone, or it is required and
has no source. Whatever a person settled for these very tables is not asked again.
"""

from __future__ import annotations

from collections.abc import Mapping as Values
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from schakel.intake import kinds
from schakel.intake.interpreting.locating import Located, locate, named, normal
from schakel.intake.kinds import Field, RecordKind
from schakel.intake.mapping import FieldSource, Mapping, TableMapping
from schakel.intake.tables import Table
from schakel.words import Words

FieldState = Literal["standing", "proposed", "gone", "missing", "unused"]
TableState = Literal["standing", "changed", "proposed", "unread", "absent"]
ASKED: frozenset[FieldState] = frozenset({"proposed", "gone", "missing"})
CERTAIN, LIKELY = 0.95, 0.75  # from how sure a proposal is called so


@dataclass(frozen=True, slots=True)
class FieldAsked:
    """A field of the kind and where it comes from now; ``before`` is the header of last time if that is gone.

    ``sure`` (0 to 1) and ``why`` come from the proposal, where the source is still the proposed one.
    """

    field: Field
    source: FieldSource | None
    column: str
    state: FieldState
    before: str = ""
    sure: float | None = None
    why: Words | None = None

    @property
    def asked(self) -> bool:
        """Whether a person has to look at it."""
        return self.state in ASKED

    @property
    def sureness(self) -> Literal["certain", "likely", "guess", ""]:
        """How sure the proposal is, in a word; empty where nothing was proposed."""
        if self.sure is None:
            return ""
        return "certain" if self.sure >= CERTAIN else "likely" if self.sure >= LIKELY else "guess"


@dataclass(frozen=True, slots=True)
class TableAsked:
    """An entry of the mapping, or a table that none reads (``entry.kind`` is empty), and what is asked of it.

    ``found``: where its table and headers are; None if the table is not in the delivery. ``before``: what it was
    called last time, if the table has another name now. ``left_out``: headers that no field asks for.
    """

    at: int
    entry: TableMapping
    kind: RecordKind | None
    found: Located | None
    state: TableState
    fields: tuple[FieldAsked, ...] = ()
    left_out: tuple[str, ...] = ()
    before: str = ""
    files: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[FieldAsked, ...]:
        """The fields that a person has to look at."""
        return tuple(field for field in self.fields if field.asked)

    @property
    def doubtful(self) -> tuple[FieldAsked, ...]:
        """Those of them that are not certain."""
        return tuple(field for field in self.asked if field.sureness != "certain" or field.state == "missing")

    def field(self, name: str) -> FieldAsked | None:
        """The field called ``name``."""
        return next((field for field in self.fields if field.field.name == name), None)


def ask(
    mapping: Mapping | None,
    heads: Sequence[Table],
    *,
    confirmed: Mapping | None,
    proposal: Sequence[Values[str, Any]] = (),
    settled: bool = False,
) -> tuple[TableAsked, ...]:
    """What is asked about ``mapping``, entry by entry, then about each table that no entry reads.

    ``heads``: the delivered tables with at least their first rows. ``confirmed``: the mapping that was confirmed
    last. ``proposal``: as `proposing.told` writes it. ``settled``: a person settled ``mapping`` for these tables.
    """
    entries = () if mapping is None else mapping.tables
    earlier = () if confirmed is None else confirmed.tables
    asked = [
        _asked(at, entry, heads, _before(entry, entries, earlier), _told(entry, proposal), settled=settled)
        for at, entry in enumerate(entries)
    ]
    read = {id(table) for entry in entries for table in named(entry.table, heads)}
    unread = {normal(table.name): table for table in reversed(heads) if id(table) not in read}
    for table in reversed(unread.values()):
        entry = TableMapping("", table.name, first_row(table), {})
        found = placed(entry, table)
        left = _left_out(found, {})
        asked.append(TableAsked(len(asked), entry, None, found, "unread", left_out=left, files=(table.file,)))
    return tuple(asked)


def again(asked: TableAsked, entry: TableMapping, heads: Sequence[Table]) -> TableAsked:
    """The same question with ``entry`` in the place of what was asked: what somebody filled in on the page."""
    kind = _kind(entry.kind)
    tables = named(entry.table, heads)
    if not tables:
        return replace(asked, entry=entry)
    found = placed(entry, tables[0])
    if kind is None:
        return replace(asked, entry=entry, kind=None, found=found, fields=(), left_out=_left_out(found, {}))
    old = {field.field.name: field for field in asked.fields} if asked.kind == kind else {}
    fields = tuple(_filled_in(field, entry.fields.get(field.name), found, old.get(field.name)) for field in kind.fields)
    state: TableState = "proposed" if asked.state == "unread" else asked.state
    left = _left_out(found, entry.fields)
    return replace(asked, entry=entry, kind=kind, found=found, state=state, fields=fields, left_out=left)


def placed(entry: TableMapping, table: Table) -> Located:
    """``entry`` in ``table``; at the header row it names, where its headers are nowhere."""
    found = locate(entry, table)
    if found is not None:
        return found
    missing = tuple(source.header for source in entry.fields.values() if source.header)
    return Located(entry, table, entry.header_row, table.header(entry.header_row), missing)


def first_row(table: Table) -> int:
    """The first row that is about as wide as the table: most likely its header. JSON has its keys in row 0."""
    rows = table.frame.select("row", *table.columns).head(30).iter_rows()
    filled = {int(row): sum(bool(cell and cell.strip()) for cell in cells) for row, *cells in rows}
    widest = max(filled.values(), default=0)
    return next((row for row, width in filled.items() if width * 2 >= widest and width), 1)


def _asked(
    at: int,
    entry: TableMapping,
    heads: Sequence[Table],
    before: TableMapping | None,
    told: Values[str, Values[str, Any]],
    *,
    settled: bool,
) -> TableAsked:
    tables, kind = named(entry.table, heads), _kind(entry.kind)
    if not tables:
        return TableAsked(at, entry, kind, None, "absent")
    found = placed(entry, tables[0])
    known = entry if settled else before
    fields = (
        ()
        if kind is None
        else tuple(_field(f, entry, found, known, told.get(f.name), settled=settled) for f in kind.fields)
    )
    return TableAsked(
        at=at,
        entry=entry,
        kind=kind,
        found=found,
        state=_state(entry, known, fields),
        fields=fields,
        left_out=_left_out(found, entry.fields),
        before=known.table if known is not None and normal(known.table) != normal(entry.table) else "",
        files=tuple(dict.fromkeys(table.file for table in tables)),
    )


def _state(entry: TableMapping, known: TableMapping | None, fields: Sequence[FieldAsked]) -> TableState:
    if known is None:
        return "proposed"
    same = (known.table, known.kind) == (entry.table, entry.kind)
    return "standing" if same and not any(field.asked for field in fields) else "changed"


def _field(
    field: Field,
    entry: TableMapping,
    found: Located,
    known: TableMapping | None,
    told: Values[str, Any] | None,
    *,
    settled: bool,
) -> FieldAsked:
    source = entry.fields.get(field.name)
    before = None if known is None else known.fields.get(field.name)
    column = _column(source, found)
    there = source is not None and bool(column or source.constant)
    gone = before is not None and bool(before.header) and found.column(before.header) is None
    sure, why = _sureness(source, told) if there else (None, None)
    if there and source == before:
        return FieldAsked(field, source, column, "standing", "", sure, why)
    kept = source if there else None
    if before is not None and gone and (field.required or not settled):
        return FieldAsked(field, kept, column, "gone", before.header, sure, why)
    if there:
        return FieldAsked(field, kept, column, "proposed", "", sure, why)
    return FieldAsked(field, None, "", "missing" if field.required else "unused")


def _filled_in(field: Field, source: FieldSource | None, found: Located, old: FieldAsked | None) -> FieldAsked:
    """A field as somebody filled it in: how sure the proposal was counts only for the proposed source."""
    column = _column(source, found)
    if old is not None and old.source == source:
        return replace(old, column=column)
    if source is None:
        before = "" if old is None else old.before
        return FieldAsked(field, None, "", "missing" if field.required else "gone" if before else "unused", before)
    if old is not None and old.source is not None and old.source.header == source.header:
        return replace(old, source=source, column=column)
    return FieldAsked(field, source, column, "proposed", "" if old is None else old.before)


def _column(source: FieldSource | None, found: Located) -> str:
    return (found.column(source.header) or "") if source is not None and source.header else ""


def _left_out(found: Located, fields: Values[str, FieldSource]) -> tuple[str, ...]:
    used = {normal(source.header) for source in fields.values() if source.header}
    return tuple(dict.fromkeys(header for header in found.headers.values() if header and normal(header) not in used))


def _before(
    entry: TableMapping, entries: Sequence[TableMapping], earlier: Sequence[TableMapping]
) -> TableMapping | None:
    """What was confirmed for this entry: the same kind from the same table, else the only one of the kind."""
    alike = [old for old in earlier if old.kind == entry.kind]
    same = [old for old in alike if normal(old.table) == normal(entry.table)]
    alone = len(alike) == 1 and sum(other.kind == entry.kind for other in entries) == 1
    return same[0] if same else alike[0] if alone else None


def _told(entry: TableMapping, proposal: Sequence[Values[str, Any]]) -> dict[str, Values[str, Any]]:
    """What the proposal says of the entry's fields, by name."""
    tables = [t for t in proposal if t["kind"] == entry.kind and normal(t["table"]) == normal(entry.table)]
    return {field["field"]: field for table in tables for field in table["fields"]}


def _sureness(source: FieldSource | None, told: Values[str, Any] | None) -> tuple[float | None, Words | None]:
    if source is None or told is None or normal(told["source"]["header"]) != normal(source.header):
        return None, None
    return told["sure"], Words(told["why"]["nl"], told["why"]["en"])


def _kind(name: str) -> RecordKind | None:
    try:
        return kinds.kind(name)
    except KeyError:
        return None
