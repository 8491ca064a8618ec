"""What can be delivered: a record kind, its fields, and the registry of kinds.

Invariant: a kind is declared once, by the room that keeps its records; intake knows kinds only
through this registry. Field values that an accepted record holds are canonical (codes in English,
money in cents, dates as dates); what the sender wrote is kept beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from schakel.words import Words

FieldType = Literal[
    "text",  # as written, trimmed
    "code",  # one of `codes`
    "integer",
    "money",  # whole euro cents (Int64), whatever unit the sender uses
    "number",  # decimal number, e.g. FTE
    "date",
    "year",
    "reference",  # number (or, if the mapping says so, name) of a record of kind `refers_to`
    "agencies",  # names of agencies ("Samen met")
    "kvk",  # eight digits
    "vat",  # Dutch VAT number, holds an RSIN
    "rsin",
    "postcode",  # 1234AB
    "country",  # ISO 3166-1 alpha-2
    "url",
]


@dataclass(frozen=True, slots=True)
class Code:
    """One canonical value of a code field, its name, and how senders also write it."""

    value: str
    labels: Words
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record kind.

    ``several``: a cell may hold more than one value. ``synonyms``: headers under which senders
    deliver it, beside its labels. ``help``: one sentence for those who map or fill in. ``unless_in``: a kind
    that says it otherwise; what is required may stay empty where a record of that kind has the same number.
    ``added``: of what a command writes, a column that its first version did not write; a table may be without it.
    """

    name: str
    type: FieldType
    labels: Words
    required: bool = False
    several: bool = False
    codes: tuple[Code, ...] = ()
    refers_to: str | None = None
    synonyms: tuple[str, ...] = ()
    help: Words | None = None
    unless_in: str = ""
    added: bool = False


@dataclass(frozen=True, slots=True)
class RecordKind:
    """What one row of a delivered table can be.

    ``key``: the fields that together say which record it is within agency and period; the values
    joined by " | " are the record's number. ``numbering``: whether the key is the same thing next
    year ("permanent"), starts again ("yearly"), or is no number of its own ("none").
    ``delivered_by``: "agency", or "network" for lists of the whole network (market, register); "command" for what an
    agency sends as a command of ours wrote it: its columns are the fields by name, so nobody maps it or fills it in.
    ``optional``: an agency delivers it if it keeps it; nobody is expected to, but whom the secretariat asks.
    """

    name: str
    room: str
    labels: Words
    plural: Words
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    numbering: Literal["permanent", "yearly", "none"] = "yearly"
    delivered_by: Literal["agency", "network", "command"] = "agency"
    synonyms: tuple[str, ...] = ()  # names of sheets, files and lists that hold it
    optional: bool = False
    fields_by_name: dict[str, Field] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        names = {f.name: f for f in self.fields}
        if len(names) != len(self.fields):
            raise ValueError(f"kind {self.name}: a field is declared twice")
        for name in self.key:
            if name not in names:
                raise ValueError(f"kind {self.name}: key field {name} is not a field")
        for f in self.fields:
            if (f.type == "reference") != (f.refers_to is not None):
                raise ValueError(f"kind {self.name}: {f.name}: a reference says what it refers to")
            if (f.type == "code") != bool(f.codes):
                raise ValueError(f"kind {self.name}: {f.name}: a code field has codes")
        object.__setattr__(self, "fields_by_name", names)


_kinds: dict[str, RecordKind] = {}


def register_kind(kind: RecordKind) -> RecordKind:
    """Add ``kind`` to the registry. Raises ValueError if another kind has its name."""
    known = _kinds.get(kind.name)
    if known is not None and known != kind:
        raise ValueError(f"record kind {kind.name} is declared twice")
    _kinds[kind.name] = kind
    return kind


def kinds() -> Iterator[RecordKind]:
    """All registered kinds, those that others refer to first."""
    done: set[str] = set()
    waiting = list(_kinds.values())
    while waiting:
        ready = [
            k
            for k in waiting
            if all(f.refers_to in done | {k.name, None} or f.refers_to not in _kinds for f in k.fields)
        ]
        if not ready:
            raise ValueError(f"kinds refer to each other in a ring: {[k.name for k in waiting]}")
        yield from ready
        done |= {k.name for k in ready}
        waiting = [k for k in waiting if k.name not in done]


def optional_kinds() -> tuple[str, ...]:
    """The names of the kinds that nobody is expected to deliver unasked, in order."""
    return tuple(sorted(kind.name for kind in _kinds.values() if kind.optional))


def kind(name: str) -> RecordKind:
    """The kind called ``name``. Raises KeyError if there is none."""
    return _kinds[name]
