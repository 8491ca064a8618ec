"""A form's answer to what was asked of a table.

Names in the form: ``t3-kind``, ``t3-row`` of entry 3; ``t3-f-volume-column``, ``-unit``, ``-format`` of its field
"volume"; ``t3-f-volume-v0`` a value of its list and ``-c0`` the code it becomes. What a form does not hold stays as it
was: a table that was not opened, a setting that was not shown.
"""

from __future__ import annotations

from collections.abc import Mapping as Values
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schakel.intake.interpreting.cells import plain_text
from schakel.intake.interpreting.locating import Located, normal
from schakel.intake.mapping import UNITS, FieldSource, TableMapping
from schakel.intake.settling.questions import FieldAsked, TableAsked, again
from schakel.intake.settling.writing import Afresh
from schakel.intake.tables import Table

CONSTANT = "="  # instead of a column: the same value for every row
EMPTY = "-"  # instead of a code: nothing
LEAVE = "?"  # instead of a code: a slip in the sheet, to be mended with the findings
SEPARATORS = {"newline": "\n"}  # marks that a form cannot carry as they are


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody filled in for an entry. ``asked`` is the question with it in place.

    ``unseen``: fields whose column was changed without a look at what its values become (empty name: the kind or
    header row was). ``unsaid``: values, by field, for which no code was chosen. ``right``: ticked as all right.
    """

    asked: TableAsked
    shown: bool
    right: bool
    unseen: tuple[str, ...] = ()
    unsaid: tuple[tuple[str, str], ...] = ()
    left: bool = False  # a table that is not in the delivery, to be left out from now on

    @property
    def entry(self) -> TableMapping | None:
        """The entry as it goes into the mapping; None for a table that is not read."""
        return self.asked.entry if self.asked.entry.kind and not self.left else None


def prefix(at: int) -> str:
    """What the names of entry ``at`` begin with."""
    return f"t{at}"


def shown_in(data: Values[str, str], asked: TableAsked) -> bool:
    """Whether the form shows the fields of this entry."""
    return f"{prefix(asked.at)}-shown" in data


def answered(asked: TableAsked, data: Values[str, str], heads: Sequence[Table], afresh: Afresh) -> Answer:
    """What the form ``data`` answers to ``asked``.

    ``afresh`` says how a field is written in a column that was newly chosen for it.
    """
    name = prefix(asked.at)
    if asked.state == "absent":
        return Answer(asked, shown=False, right=True, left=data.get(f"{name}-keep") == "no")
    right = f"{name}-right" in data
    if not shown_in(data, asked):
        return Answer(asked, shown=False, right=right)
    told = _told(asked, data)
    now = again(asked, told, heads)
    if now.found is None or now.kind is None or _moved(asked, data):
        return Answer(now, shown=True, right=right, unseen=("",) if now.kind is not None else ())
    fields, unseen, unsaid = _fields(now, data, now.found, afresh)
    final = again(asked, replace(told, fields=fields), heads)
    return Answer(final, shown=True, right=right, unseen=unseen, unsaid=unsaid)


def _told(asked: TableAsked, data: Values[str, str]) -> TableMapping:
    """The entry with the kind, header row, numbering and skip words of the form, and its fields as they were."""
    name, entry = prefix(asked.at), asked.entry
    kind = data.get(f"{name}-kind", entry.kind)
    row = data.get(f"{name}-row", "") if data.get(f"{name}-row") != data.get(f"{name}-row-was") else ""
    skip = data.get(f"{name}-skip", ", ".join(entry.skip))
    return TableMapping(
        kind=kind,
        table=entry.table,
        header_row=int(row) if row.isdecimal() and len(row) <= 7 else entry.header_row,
        fields=entry.fields if kind == entry.kind else {},
        numbering=data.get(f"{name}-numbering", entry.numbering),
        skip=entry.skip if skip == ", ".join(entry.skip) else _words(skip),
    )


def _moved(asked: TableAsked, data: Values[str, str]) -> bool:
    """Whether another kind or header row was chosen than the fields in the form belong to."""
    name = prefix(asked.at)
    return any(data.get(f"{name}-{part}", "") != data.get(f"{name}-{part}-was", "") for part in ("kind", "row"))


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _fields(
    asked: TableAsked, data: Values[str, str], found: Located, afresh: Afresh
) -> tuple[dict[str, FieldSource], tuple[str, ...], tuple[tuple[str, str], ...]]:
    given: dict[str, FieldSource] = {}
    unseen: list[str] = []
    unsaid: list[tuple[str, str]] = []
    for field in asked.fields:
        part = f"{prefix(asked.at)}-f-{field.field.name}"
        column, was = data.get(f"{part}-column"), data.get(f"{part}-was", "")
        source = _source(field, column, was, part, data, found=found, afresh=afresh)
        if source is not None:
            given[field.field.name] = source
        if column and column not in (was, CONSTANT):
            unseen.append(field.field.name)
        elif column:
            unsaid += [(field.field.name, text) for text in _unsaid(part, data)]
    return _in_order(asked.entry.fields, given), tuple(unseen), tuple(unsaid)


def _source(
    asked: FieldAsked,
    column: str | None,
    was: str,
    part: str,
    data: Values[str, str],
    *,
    found: Located,
    afresh: Afresh,
) -> FieldSource | None:
    if column is None:
        return asked.source
    if column == CONSTANT:
        held = asked.source or FieldSource()
        return replace(held, header="", constant=data.get(f"{part}-constant", held.constant).strip())
    if column not in found.headers:
        return None
    if column != was:
        fresh = afresh(asked.field.name, column)
        listed = asked.source is not None and asked.source.explode
        return replace(fresh, explode=True, separator=fresh.separator or ";") if listed else fresh
    return _settings(asked.source, found.headers[column], part, data)


def _settings(held: FieldSource | None, header: str, part: str, data: Values[str, str]) -> FieldSource:
    same = held is not None and normal(held.header) == normal(header)
    base = held if held is not None and same else FieldSource(header=header)
    unit = data.get(f"{part}-unit", base.unit)
    separator = data.get(f"{part}-separator", base.separator)
    return FieldSource(
        header=base.header,
        unit=unit if unit in UNITS else base.unit,
        format=data.get(f"{part}-format", base.format),
        separator=SEPARATORS.get(separator, separator),
        explode=data.get(f"{part}-explode", "1" if base.explode else "") == "1",
        refer_by="name" if data.get(f"{part}-by", base.refer_by) == "name" else "number",
        codes=_codes(base.codes, part, data),
    )


def _codes(held: Values[str, str], part: str, data: Values[str, str]) -> dict[str, str]:
    """The codes of the mapping with the form's choices; a value that occurs nowhere in the form stays."""
    codes = dict(held)
    keys = {plain_text(text): text for text in held}
    for text, choice in _choices(part, data):
        key = keys.get(plain_text(text), text)
        if choice in ("", LEAVE):
            codes.pop(key, None)
        else:
            codes[key] = "" if choice == EMPTY else choice
    return codes


def _choices(part: str, data: Values[str, str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    while (text := data.get(f"{part}-v{len(found)}")) is not None:
        found.append((text, data.get(f"{part}-c{len(found)}", "")))
    return found


def _unsaid(part: str, data: Values[str, str]) -> list[str]:
    """Values that are known by no name and for which nothing was chosen."""
    unknown = {str(at) for at in data.get(f"{part}-unknown", "").split()}
    return [text for at, (text, choice) in enumerate(_choices(part, data)) if not choice and str(at) in unknown]


def _in_order(held: Values[str, FieldSource], given: dict[str, FieldSource]) -> dict[str, FieldSource]:
    """The fields in the order of the mapping that they come from, new ones last."""
    return {name: given[name] for name in (*held, *given) if name in given}
