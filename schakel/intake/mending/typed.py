"""What somebody typed, as the cell it becomes; and a cell as somebody would type it.

Invariant: what is shown of a number or a date becomes the same cell again when it is typed.
"""

from __future__ import annotations

import re
from decimal import Decimal

import polars as pl

from schakel.intake.interpreting.cells import Cells
from schakel.intake.interpreting.dates import dates
from schakel.intake.tables import CELL_TYPE, CellType

_NOISE = re.compile(r"[\s\u00a0\u202f'’€]|euros?|eur", re.IGNORECASE)
_DASHES = re.compile(r"[,.][-–—]{1,2}$")  # "1.250,-"
_GROUPS = {mark: re.compile(rf"\d{{1,3}}(?:\{mark}\d{{3}})+") for mark in ",."}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def typed(text: str, wanted: CellType) -> tuple[str, CellType]:
    """The text and type of the cell that ``text`` becomes in a column of ``wanted`` cells; text where it is no such.

    >>> typed("€ 1.234,50", "number"), typed("1-3-2024", "date"), typed("n.b.", "number"), typed(" ", "number")
    (('1234.5', 'number'), ('2024-03-01', 'date'), ('n.b.', 'text'), ('', 'empty'))
    """
    bare = text.strip()
    if not bare:
        return "", "empty"
    if wanted == "number" and (number := _number(bare)):
        return number, "number"
    if wanted == "date" and (day := _day(bare)):
        return day, "date"
    return bare, "text"


def written(text: str, kind: str) -> str:
    """A cell as a Dutch reader writes it.

    >>> written("1234.5", "number"), written("2024-03-01", "date"), written("n.b.", "text")
    ('1234,5', '01-03-2024', 'n.b.')
    """
    if kind == "number":
        return text.replace(".", ",")
    found = _DAY.fullmatch(text) if kind == "date" else None
    return "-".join(reversed(found.groups())) if found else text


def _number(text: str) -> str | None:
    """A number in its shortest form; Dutch marks first, so a lone comma comes before decimals."""
    bare = _DASHES.sub("", _NOISE.sub("", text))
    negative = bare[:1] in "-−–" and bare != ""
    bare = bare[1:] if negative or bare[:1] == "+" else bare
    mark = _decimal_mark(bare)
    whole, _, fraction = bare.rpartition(mark) if mark else (bare, "", "")
    other = "." if mark == "," else ","
    for group in (other,) if mark else (".", ","):
        whole = whole.replace(group, "") if _GROUPS[group].fullmatch(whole) else whole
    if not re.fullmatch(r"[0-9]+", whole) or not re.fullmatch(r"[0-9]*", fraction):
        return None
    plain = f"{Decimal(f'{whole}.{fraction or 0}'):f}".rstrip("0").rstrip(".")
    return f"-{plain}" if negative and plain != "0" else plain


def _decimal_mark(bare: str) -> str:
    """Which mark stands before the decimals; empty where there are none."""
    last = max(bare.rfind(","), bare.rfind("."))
    if last < 0:
        return ""
    mark = bare[last]
    if bare.count(mark) > 1:
        return ""
    thousands = mark == "." and "," not in bare and _GROUPS["."].fullmatch(bare) and not bare.startswith("0")
    return "" if thousands else mark


def _day(text: str) -> str | None:
    cells = Cells(pl.Series([text]), pl.Series(["text"], dtype=CELL_TYPE))
    found = dates(cells, "dd-mm-yyyy").values[0]
    return None if found is None else str(found.isoformat())
