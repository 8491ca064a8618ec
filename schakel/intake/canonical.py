"""Values of records as text that needs no language: what is kept of a value apart from its record.

Money in euros with two decimals, dates as ISO 8601, several values as a JSON list; a reference is the number of the
record it leads to. Empty text is no value.

Invariant: what `heard` hears of what `canonical` wrote is the value again, for every field that is no reference.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from schakel.intake.kinds import Field
from schakel.intake.showing import shown

_WHOLE = ("integer", "year")


def canonical(field: Field, value: object) -> str:
    """A value of ``field``, as its record holds it, as text."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list):
        return json.dumps([str(item) for item in value], ensure_ascii=False)
    if isinstance(value, date):
        return value.isoformat()
    if field.type == "money":
        return f"{Decimal(str(value)):.2f}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def heard(field: Field, text: str) -> object:
    """The value that ``text`` stands for, as a record holds it; None for none. Raises ValueError, ArithmeticError."""
    if not text:
        return [] if is_list(field) else None
    if is_list(field):
        return [str(item) for item in json.loads(text)]
    if field.type == "date":
        return date.fromisoformat(text)
    if field.type in ("money", "number"):
        return Decimal(text)
    return int(text) if field.type in _WHOLE else text


def said(field: Field, text: str) -> str:
    """``text`` as people read it, in the reader's language; as it is where it is no value of ``field``."""
    try:
        return shown(field, heard(field, text))
    except (ValueError, ArithmeticError):
        return text


def is_list(field: Field) -> bool:
    """Whether a value of ``field`` is a list."""
    return field.several or field.type == "agencies"
