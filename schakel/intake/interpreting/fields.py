"""One source column read as one field: by the field's type, and one or several values in a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import polars as pl

from schakel.intake.interpreting import dates, identifiers, lookups, numbers
from schakel.intake.interpreting.cells import PLACEHOLDERS, Cells, Values, plain_text
from schakel.intake.interpreting.interpretation import dtype
from schakel.intake.kinds import Field
from schakel.intake.mapping import FieldSource

_LITERAL = ("text",)  # types whose cells are kept as written, also "-" and "onbekend"
_LISTS = {"agencies": r"\s*[,;/|\n]\s*|\s+(?:en|and|&)\s+", "code": r"\s*[;|\n]\s*"}


def read(cells: Cells, field: Field, source: FieldSource, agency_names: Mapping[str, str]) -> Values:
    """``cells`` as values of ``field``, with a fault where a cell cannot be read or was read with a remark."""
    kept, faults = _without_empties(cells, field, source)
    if field.several or field.type == "agencies":
        found = _read_several(kept, field, source, agency_names)
    else:
        found = _read_one(kept, field, source, agency_names)
    merged = pl.DataFrame({"own": faults, "found": found.faults}).select(pl.coalesce("own", "found"))
    return Values(found.values.cast(dtype(field)), merged.to_series())


def pieces(text: pl.Expr, separator: str) -> pl.Expr:
    """The values in a cell: split at ``separator``, trimmed, blanks left out."""
    return text.str.split(separator).list.eval(
        pl.element().str.strip_chars().filter(pl.element().str.strip_chars() != "")
    )


def expected(field: Field, source: FieldSource) -> str:
    """What a cell of ``field`` should look like, as an example or a list of the values."""
    if field.type == "code":
        return ", ".join(_once((*_labels(field), *(text for text, code in source.codes.items() if code))))
    if field.type in ("money", "number"):
        return source.format or ("54,5" if field.type == "number" else "1.234,56")
    if field.type == "date":
        return source.format or "31-12-2023"
    return _EXAMPLES.get(field.type, "")


def _once(texts: Iterable[str]) -> list[str]:
    """``texts`` without those that only their capitals tell from one before."""
    said: dict[str, str] = {}
    for text in texts:
        said.setdefault(text.casefold(), text)
    return list(said.values())


_EXAMPLES = {
    "integer": "12",
    "year": "2023",
    "kvk": "01234567",
    "vat": "NL001234567B01",
    "rsin": "001234567",
    "postcode": "1234 AB",
    "url": "www.voorbeeld.nl",
    "country": "Duitsland",
}


def _labels(field: Field) -> list[str]:
    return [code.labels.nl for code in field.codes]


def _without_empties(cells: Cells, field: Field, source: FieldSource) -> tuple[Cells, pl.Series]:
    """Cells without formula errors and without words for "nothing known"; the faults of those."""
    given = pl.DataFrame({"text": cells.text, "type": cells.type})
    error = pl.col("type") == "error"
    said = "cell.needed" if field.required else "cell.placeholder"
    words = {text.strip().lower() for text, value in source.codes.items() if not value}
    if field.type not in _LITERAL:
        words |= set(PLACEHOLDERS) - {t.strip().lower() for t, v in source.codes.items() if v}
    blank = (pl.col("type") != "number") & pl.col("text").str.to_lowercase().is_in(sorted(words))
    fault = pl.when(error).then(pl.lit("cell.formula-error")).when(blank).then(pl.lit(said))
    told = given.with_columns(fault=fault)
    kept = told.with_columns(text=pl.when(pl.col("fault").is_null()).then("text"))
    return Cells(kept["text"], kept["type"]), told["fault"]


def _read_one(cells: Cells, field: Field, source: FieldSource, agency_names: Mapping[str, str]) -> Values:
    return _READERS.get(field.type, _text)(cells, field, source, agency_names)


def _text(cells: Cells, *_: object) -> Values:
    return identifiers.text(cells)


def _agencies(cells: Cells, _: Field, source: FieldSource, agency_names: Mapping[str, str]) -> Values:
    own = {text: slug for text, slug in source.codes.items() if slug}
    return lookups.agencies(cells, dict(agency_names) | own)


_Reader = Callable[[Cells, Field, FieldSource, Mapping[str, str]], Values]
_READERS: dict[str, _Reader] = {
    "money": lambda cells, field, source, names: numbers.money(cells, source.unit, source.format),
    "integer": lambda cells, field, source, names: numbers.integer(cells, source.format),
    "number": lambda cells, field, source, names: numbers.number(cells, source.format),
    "date": lambda cells, field, source, names: dates.dates(cells, source.format),
    "year": lambda cells, field, source, names: dates.years(cells),
    "code": lambda cells, field, source, names: lookups.code(cells, field, source.codes),
    "country": lambda cells, field, source, names: lookups.country(cells, source.codes),
    "agencies": _agencies,
    "kvk": lambda cells, field, source, names: identifiers.kvk(cells),
    "vat": lambda cells, field, source, names: identifiers.vat(cells),
    "rsin": lambda cells, field, source, names: identifiers.rsin(cells),
    "postcode": lambda cells, field, source, names: identifiers.postcode(cells),
    "url": lambda cells, field, source, names: identifiers.url(cells),
}


def _read_several(cells: Cells, field: Field, source: FieldSource, agency_names: Mapping[str, str]) -> Values:
    """Split each cell, read the pieces as one long column, and gather them per cell again."""
    whole = pl.DataFrame({"text": cells.text, "type": cells.type}).with_row_index("cell")
    split = whole.filter(pl.col("text").is_not_null()).with_columns(text=_split(field, source)).explode("text")
    found = _read_one(Cells(split["text"], split["type"]), field, source, agency_names)
    read = split.with_columns(value=found.values, fault=found.faults)
    gathered = read.group_by("cell", maintain_order=True).agg(
        pl.col("value").drop_nulls().unique(maintain_order=True), pl.col("fault").drop_nulls().first()
    )
    done = whole.select("cell").join(gathered, on="cell", how="left", maintain_order="left")
    return Values(done["value"], done["fault"])


def _split(field: Field, source: FieldSource) -> pl.Expr:
    text = pl.col("text")
    if source.separator:
        return pieces(text, source.separator)
    if field.type not in _LISTS:
        return pl.concat_list(text)
    known = {plain_text(name) for name in source.codes}
    cut = text.str.replace_all(_LISTS[field.type], "\n")
    return pieces(pl.when(text.str.to_lowercase().is_in(sorted(known))).then(text).otherwise(cut), "\n")
