"""How a field is written in its column: unit, format, separator, reference by number or name, codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schakel.intake.mapping import FieldSource
from schakel.intake.proposing import shapes
from schakel.intake.proposing.codes import translate
from schakel.intake.proposing.columns import Column, separators
from schakel.intake.proposing.dates import akin, date_format
from schakel.intake.proposing.folding import fold
from schakel.intake.proposing.meanings import Meaning
from schakel.intake.proposing.numbers import (
    middle,
    most,
    number_format,
    numbers,
    said_unit,
    to_the_cent,
    unit_from_sizes,
    value_unit,
)
from schakel.intake.proposing.references import Target, refer_by

IN_TEXTS = (";", "|", "\n", ",")  # the other separators occur in names
Pairs = Sequence[tuple[Meaning, Column]]


def source(
    meaning: Meaning, column: Column, unit: str, targets: Mapping[str, Target], dates: Sequence[str]
) -> FieldSource:
    """The whole source of a field; ``unit`` is that of money (see `units`), ``dates`` all the delivery's dates."""
    kind = meaning.field.type
    separator = _separator(meaning, column)
    return FieldSource(
        header=column.header,
        unit=unit if kind == "money" else "EUR",
        format=_format(kind, column, dates),
        separator=separator,
        refer_by="name" if _by_name(meaning, column, targets) else "number",
        codes=_codes(meaning, column, separator) if kind == "code" else {},
    )


def _format(kind: str, column: Column, dates: Sequence[str]) -> str:
    texts = _texts(column)
    if kind == "date":
        own = date_format(texts)
        return date_format([text for text in dates if akin(text, own)]) if own else ""
    return number_format(texts) if kind in ("money", "number", "integer") else ""


def _texts(column: Column) -> list[str]:
    return [v for v, t in zip(column.values, column.types, strict=True) if t == "text"]


def dates(pairs: Pairs) -> list[str]:
    """All dates of a delivery that are text: one column of them may be too few to show how they are written."""
    return [text for meaning, column in pairs if meaning.field.type == "date" for text in _texts(column)]


def _by_name(meaning: Meaning, column: Column, targets: Mapping[str, Target]) -> bool:
    target = targets.get(meaning.field.refers_to or "")
    if target is None:
        return bool(meaning.field.refers_to) and column.measure(shapes.company) > 0.5
    by, share = refer_by(column, target)
    return by == "name" and share > 0


def _separator(meaning: Meaning, column: Column) -> str:
    """What stands between several values: its parts are codes, or come back by themselves."""
    if not meaning.field.several:
        return ""
    for mark in separators(column):
        if meaning.field.type == "text" and mark not in IN_TEXTS:
            continue
        if _parts_stand_alone(meaning, column, mark):
            return mark
    return "," if meaning.field.type == "agencies" else ""


def _parts_stand_alone(meaning: Meaning, column: Column, mark: str) -> bool:
    whole = [value for value in column.values if mark in value]
    if meaning.field.type == "code" and any(translate(meaning, value)[1] == 1 for value in whole):
        return False
    parts = [part.strip() for value in whole for part in value.split(mark) if part.strip()]
    alone = {fold(value) for value in column.values if mark not in value}
    good = sum(fold(part) in alone or parts.count(part) > 1 for part in parts)
    coded = sum(translate(meaning, part)[1] == 1 for part in parts) if meaning.field.type == "code" else len(parts)
    return 2 * good >= len(parts) and coded >= 0.9 * len(parts) > 0


def _codes(meaning: Meaning, column: Column, separator: str) -> dict[str, str]:
    """Each value that occurs, with the code it most likely is; what is like no code is left out."""
    values = column.split(separator) if separator else [value.strip() for value in column.values]
    found = {value: translate(meaning, value)[0] for value in dict.fromkeys(values)}
    return {value: code for value, code in found.items() if code}


def units(pairs: Pairs, titles: Mapping[str, str]) -> dict[Column, str]:
    """The unit of each money column, by column: as its header says, else as the title above the
    table says (``titles``, by table), else as the other amounts of the delivery say, by cents
    that are written out ("1.000,00" is no thousands of euros, however small) or by their sizes."""
    money = [column for meaning, column in pairs if meaning.field.type == "money"]
    said = {column: said_unit(column.header) or said_unit(titles.get(column.table, "")) for column in money}
    silent = [column for column in money if not said[column]]
    seen = [middle(numbers([v for v in column.sample if not value_unit(v)])) for column in silent]
    usual = "EUR" if any(to_the_cent(column.sample) for column in silent) else unit_from_sizes(seen)
    for column in silent:
        said[column] = most([value_unit(value) for value in column.sample]) or usual
    return said


def numbering(column: Column, default: str) -> str:
    """Say "yearly" if the numbers all carry one year ("P23-001", "2023/17"), else as the kind says.

    Numbers that are kept for ever may carry the year they were given out, so those stay as the kind says.
    """
    years = {_year_in(value) for value in column.sample}
    carried = len(years) == 1 and "" not in years and len(column.values) >= 2
    return "yearly" if carried and default != "permanent" else default


def _year_in(value: str) -> str:
    digits = "".join(c if c.isdigit() else " " for c in value).split()
    if len(digits) < 2:
        return ""
    found = next((part for part in digits[:-1] if len(part) in (2, 4)), "")
    return found[-2:] if found and (len(found) == 2 or found.startswith("20")) else ""
