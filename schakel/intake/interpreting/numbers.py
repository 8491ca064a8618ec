"""Numbers and amounts as people write them.

Invariant: money never passes through a float. A number is split into whole and fraction as text and
multiplied as integers; cents are rounded half away from zero.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Literal

import polars as pl

from schakel.intake.interpreting.cells import Cells, Values, first_fault, frame, values
from schakel.intake.mapping import UNITS

Mark = Literal[",", "."]

FRACTION_DIGITS = 9  # enough to round a millionth of EUR 1m exactly, few enough for 64-bit products
MONEY_LIMIT = 10**14  # cents: numeric(14,2) holds twelve digits before the comma
INTEGER_LIMIT = 2**31

_NOISE = r"(?i)[\s\u00a0\u202f'’€]|euro?s?"
_COMMA = r"^(?:\d{1,3}(?:\.\d{3})+|\d+)?(?:,\d*)?$"
_POINT = r"^(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?$"


def money(cells: Cells, unit: str, written: str) -> Values:
    """Amounts in whole cents (Int64); ``unit`` as in a mapping, ``written`` how 1234.56 is written as text."""
    parts = _parts(cells, written, lone_comma="thousands")
    factor = 100 * UNITS[unit]
    cents = pl.col("whole") * factor + (pl.col("fraction") * factor + 10**FRACTION_DIGITS // 2) // 10**FRACTION_DIGITS
    fits = (pl.col("digits") <= len(str(MONEY_LIMIT // factor))) & (cents < MONEY_LIMIT)
    return _signed(parts, cents, fits)


def integer(cells: Cells, written: str) -> Values:
    """Whole numbers (Int64)."""
    parts = _parts(cells, written, lone_comma="thousands")
    broken = pl.col("fault").is_null() & (pl.col("fraction") != 0)
    parts = parts.with_columns(
        fault=pl.when(broken).then(pl.lit("number.fraction")).otherwise("fault"),
        readable=pl.col("readable") & (pl.col("fraction") == 0),
    )
    return _signed(parts, pl.col("whole"), pl.col("whole") < INTEGER_LIMIT)


def number(cells: Cells, written: str) -> Values:
    """Decimal numbers (Float64), such as FTE."""
    parts = _parts(cells, written, lone_comma="decimal")
    value = pl.col("whole").cast(pl.Float64) + pl.col("fraction").cast(pl.Float64) / 10**FRACTION_DIGITS
    return _signed(parts, value, pl.col("whole") < 10**12)


def decimal_mark(written: str) -> Mark | None:
    """Which mark the pattern ``written`` has before its decimals; None if it does not say.

    >>> decimal_mark("1.234,56"), decimal_mark("1,234.56"), decimal_mark("1.234"), decimal_mark("")
    (',', '.', ',', None)
    """
    marks = [(i, c) for i, c in enumerate(written) if c in ",."]
    if not marks:
        return None
    place, last = marks[-1]
    thousands = sum(c.isdigit() for c in written[place + 1 :]) == 3
    if last == ",":
        return "." if thousands else ","
    return "," if thousands else "."


def euros(cents: int | None) -> str:
    """An amount as a Dutch reader writes it.

    >>> euros(123456789)
    '€ 1.234.567,89'
    """
    if cents is None:
        return ""
    text = f"{abs(Decimal(cents)) / 100:,.2f}".translate(str.maketrans(",.", ".,"))
    return f"€ {'-' if cents < 0 else ''}{text}"


def _signed(parts: pl.DataFrame, value: pl.Expr, fits: pl.Expr) -> Values:
    signed = pl.when("negative").then(-value).otherwise(value)
    absurd = pl.col("readable") & ~(pl.col("small") & fits)
    return values(
        parts,
        pl.when(pl.col("readable") & pl.col("small") & fits).then(signed),
        pl.when(absurd).then(pl.lit("number.absurd")).otherwise("fault"),
    )


def _parts(cells: Cells, written: str, lone_comma: Literal["thousands", "decimal"]) -> pl.DataFrame:
    """Split numbers: negative, whole and fraction (in 10^-9), digits, readable, small enough to hold, fault."""
    rows = frame(cells).with_row_index("at")
    real = rows["type"] == "number"
    read = pl.concat([_from_cells(rows.filter(real)), _from_texts(rows.filter(~real), written, lone_comma)])
    split = pl.col("plain").str.splitn(".", 2).struct
    whole = split.field("field_0").str.strip_chars_start("0")
    fraction = pl.col("rest").fill_null("").str.slice(0, FRACTION_DIGITS).str.pad_end(FRACTION_DIGITS, "0")
    parts = read.sort("at").with_columns(whole=whole, rest=split.field("field_1"))
    return parts.with_columns(
        digits=pl.col("whole").str.len_chars(),
        small=pl.col("whole").str.len_chars() <= 15,
        whole=pl.col("whole").str.pad_start(1, "0").str.to_integer(strict=False).cast(pl.Int64).fill_null(0),
        fraction=fraction.str.to_integer(strict=False).cast(pl.Int64).fill_null(0),
        readable=pl.col("plain").is_not_null(),
    )


def _from_cells(rows: pl.DataFrame) -> pl.DataFrame:
    """Real number cells: ``at``, ``plain`` (unsigned, "1234.5"), ``negative``, ``fault``."""
    clean = rows.select("at", clean=_without_exponent(rows["text"]))
    plain = pl.col("clean").str.strip_prefix("-")
    known = clean.with_columns(plain=pl.when(plain.str.contains(r"^\d+(?:\.\d+)?$")).then(plain))
    fault = first_fault((pl.col("clean").is_not_null() & pl.col("plain").is_null(), "number.unreadable"))
    return known.select("at", "plain", negative=pl.col("clean").str.starts_with("-"), fault=fault)


def _from_texts(rows: pl.DataFrame, written: str, lone_comma: str) -> pl.DataFrame:
    """Numbers written as text, in the same columns: sign, currency and spaces off, marks understood."""
    clean = pl.col("text").str.replace_all(_NOISE, "").str.replace(r"[,.][-–—]{1,2}$", "")
    bare = rows.with_columns(clean=clean).with_columns(
        negative=pl.col("clean").str.contains(r"^\(.*\)$|^[-−–]|\d[-−–]$"),
        bare=pl.col("clean").str.replace(r"^\((.*)\)$", "$1").str.replace(r"^[-−–+]|[-−–]$", ""),
    )
    preferred = decimal_mark(written)
    usual = preferred or _proven(bare)
    marked = bare.with_columns(mark=_mark(usual, lone_comma))
    point = pl.col("bare").str.replace_all(",", "", literal=True)
    comma = pl.col("bare").str.replace_all(".", "", literal=True).str.replace_all(",", ".", literal=True)
    plain = pl.when(pl.col("mark") == ".").then(point).when(pl.col("mark") == ",").then(comma)
    return marked.select("at", "negative", plain=plain, fault=_fault(preferred, usual)).select(
        "at", "plain", "negative", "fault"
    )


def _without_exponent(texts: pl.Series) -> pl.Expr:
    scientific = texts.filter(texts.str.contains("[eE]")).unique()
    if scientific.is_empty():
        return pl.col("text")
    return pl.col("text").replace(scientific, pl.Series([_decimal(text) for text in scientific]))


def _decimal(text: str) -> str:
    try:
        return f"{Decimal(text):f}"
    except InvalidOperation:
        return text


def _mark(usual: Mark | None, lone_comma: str) -> pl.Expr:
    """The decimal mark by which each text is read: the usual one, else what the text itself shows."""
    comma, point = _fits(_COMMA), _fits(_POINT)
    if usual is None:
        lone = pl.col("bare").str.contains(",") & pl.lit(lone_comma == "thousands")
        either = pl.when(lone).then(pl.lit(".")).otherwise(pl.lit(","))
    else:
        either = pl.lit(usual)
    return pl.when(comma & point).then(either).when(comma).then(pl.lit(",")).when(point).then(pl.lit("."))


def _fits(pattern: str) -> pl.Expr:
    return pl.col("bare").str.contains(r"\d") & pl.col("bare").str.contains(pattern)


def _proven(texts: pl.DataFrame) -> Mark | None:
    """The decimal mark of those texts that can be read in one way only."""
    comma, point = _fits(_COMMA), _fits(_POINT)
    counts = texts.select(comma=(comma & ~point).sum(), point=(point & ~comma).sum())
    by_comma, by_point = counts["comma"][0], counts["point"][0]
    if by_comma == by_point:
        return None
    return "," if by_comma > by_point else "."


def _fault(preferred: Mark | None, usual: Mark | None) -> pl.Expr:
    filled = pl.col("text").is_not_null()
    cases = [
        (filled & (pl.col("type") == "date"), "number.is-date"),
        (filled & pl.col("mark").is_null(), "number.unreadable"),
    ]
    if preferred is not None:
        other = pl.col("bare").str.contains("[,.]") & (pl.col("mark") != preferred)
        cases.append((other, "number.other-format"))
    elif usual is None:
        cases.append((pl.col("bare").str.contains(r"^\d{1,3},\d{3}$"), "number.ambiguous"))
    return first_fault(*cases)
