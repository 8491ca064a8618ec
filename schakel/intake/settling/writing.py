"""How a column is written that a person chose for a field: its unit, format, separator and codes, as proposed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import polars as pl

from schakel.intake import kinds
from schakel.intake.interpreting.cells import PLACEHOLDERS
from schakel.intake.interpreting.locating import Located
from schakel.intake.kinds import Field
from schakel.intake.mapping import FieldSource
from schakel.intake.proposing.codes import translate
from schakel.intake.proposing.columns import Column
from schakel.intake.proposing.meanings import Meaning, meanings
from schakel.intake.proposing.numbers import said_unit
from schakel.intake.proposing.sources import source as proposed_source

Afresh = Callable[[str, str], FieldSource]  # name of a field and letter of a column > how it is written there


def written_as(kind: str, field: str, found: Located, letter: str, rows: pl.DataFrame) -> FieldSource:
    """How ``field`` of ``kind`` is most likely written in column ``letter`` of the records ``rows``."""
    meaning = _meaning(kind, field)
    column = _column(found, letter, rows)
    texts = [text for text, of in zip(column.values, column.types, strict=True) if of == "text"]
    return proposed_source(meaning, column, said_unit(column.header) or "EUR", {}, texts)


def codes_meant(kind: str, field: Field, texts: list[str]) -> dict[str, str]:
    """For each text that is like a code of ``field``, the code it most likely is."""
    if field.type != "code":
        return {}
    meaning = _meaning(kind, field.name)
    found = {text: translate(meaning, text)[0] for text in texts}
    return {text: code for text, code in found.items() if code}


@cache
def _meanings() -> dict[tuple[str, str], Meaning]:
    return {(kind.kind.name, each.field.name): each for kind in meanings(list(kinds.kinds())) for each in kind.fields}


def _meaning(kind: str, field: str) -> Meaning:
    return _meanings()[kind, field]


def _column(found: Located, letter: str, rows: pl.DataFrame) -> Column:
    text = pl.col(letter).str.strip_chars()
    said = ~text.str.to_lowercase().is_in(list(PLACEHOLDERS)) & (text != "") & (pl.col(f"{letter}.type") != "error")
    filled = rows.filter(said.fill_null(value=False))
    values, types = filled[letter].to_list(), filled[f"{letter}.type"].cast(pl.String).to_list()
    return Column(found.table.name, letter, found.headers.get(letter, ""), tuple(values), tuple(types), rows.height)
