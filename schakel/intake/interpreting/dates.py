"""Dates and years as people write them: in digits or with Dutch or English month names.

Invariant: a date that does not exist is never moved to one that does.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import polars as pl

from schakel.intake.interpreting.cells import Cells, Values, first_fault, frame, values

FIRST_YEAR, LAST_YEAR = 1900, 2100

DUTCH_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT = {"mrt": 3, "maa": 3, "febr": 2, "sept": 9}
MONTHS = {
    name: number
    for names in (DUTCH_MONTHS, tuple(name.lower() for name in ENGLISH_MONTHS))
    for number, month in enumerate(names, start=1)
    for name in (month, month[:3])
} | _SHORT

_WEEKDAY = (
    r"(?i)^(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)[.,]?\s+"
)
_TIME = r"(?i)[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*(?:am|pm|uur|z))?$"
_YEAR_FIRST = r"^(?<a>\d{4})[-/. ]+(?<b>\d{1,2})[-/. ]+(?<c>\d{1,2})$"
_DIGITS = r"^(?<a>\d{1,2})[-/. ]+(?<b>\d{1,2})[-/. ]+(?<c>\d{4}|\d{2})$"
_NAMED = r"^(?<a>\d{1,2})(?:e|st|nd|rd|th)?[-/. ]*(?<b>[a-z]+)[-/., ]*(?<c>\d{4}|\d{2})$"
_NAME_FIRST = r"^(?<b>[a-z]+)\.? (?<a>\d{1,2})(?:st|nd|rd|th)?,? (?<c>\d{4})$"
_COMPACT = r"^(?<a>\d{4})(?<b>\d{2})(?<c>\d{2})$"
_EPOCH = date(1899, 12, 30)  # what spreadsheets count days from
_EPOCH_DAYS = (_EPOCH - date(1970, 1, 1)).days
_SERIALS = (10_000, 73_050)  # days: 1927 to 2099; smaller numbers are more likely years or amounts


def dates(cells: Cells, written: str) -> Values:
    """Dates; ``written`` is the mapping's pattern, which only matters where the month comes first."""
    month_first = written.lower().startswith("m") and "mmm" not in written.lower()
    every = frame(cells)
    distinct = every.unique(["text", "type"], maintain_order=True)  # a year has 365 days, a column many more rows
    found = _read(distinct, month_first)
    read = distinct.with_columns(value=found.values, fault=found.faults)
    done = every.join(read, on=["text", "type"], how="left", maintain_order="left", nulls_equal=True)
    return Values(done["value"], done["fault"])


def _read(cells: pl.DataFrame, month_first: bool) -> Values:
    read = _components(cells, month_first)
    iso = pl.concat_str(
        pl.col("y").cast(pl.String).str.pad_start(4, "0"),
        pl.col("m").cast(pl.String).str.pad_start(2, "0"),
        pl.col("d").cast(pl.String).str.pad_start(2, "0"),
        separator="-",
    )
    done = read.with_columns(date=iso.str.to_date("%Y-%m-%d", strict=False))
    done = done.with_columns(date=pl.coalesce("date", _serial()))
    sane = pl.col("date").dt.year().is_between(FIRST_YEAR, LAST_YEAR)
    return values(done, pl.when(sane).then("date"), _date_fault(sane))


def years(cells: Cells) -> Values:
    """Years (Int32), also from a date."""
    text = pl.col("text")
    year = pl.when(pl.col("type") == "date").then(text.str.slice(0, 4)).otherwise(text.str.replace(r"\.0+$", ""))
    done = frame(cells).with_columns(year=year.str.to_integer(strict=False).cast(pl.Int32, strict=False))
    sane = pl.col("year").is_between(FIRST_YEAR, LAST_YEAR)
    unreadable = pl.col("text").is_not_null() & ~sane.fill_null(False)
    return values(done, pl.when(sane).then("year"), pl.when(unreadable).then(pl.lit("year.unreadable")))


def impossible(text: str, month_first: bool = False) -> str:
    """Which day it is that does not exist, in Dutch.

    >>> impossible("31-02-2023")
    '31 februari 2023'
    >>> impossible("3-17-2023")
    'maand 17'
    """
    found = [int(n) for n in re.findall(r"\d+", text)]
    named = next((MONTHS[w] for w in re.findall(r"[a-z]+", text.lower()) if w in MONTHS), None)
    if named is not None and len(found) >= 2:
        found = [found[0], named, *found[1:]]
    if len(found) < 3:
        return f"'{text}'"
    year, month, day = found[:3] if found[0] > 31 else reversed(found[:3])
    if month_first and named is None:
        month, day = day, month
    if not 1 <= month <= 12:
        return f"maand {month}"
    return f"{day} {DUTCH_MONTHS[month - 1]} {_full_year(year)}"


def serial_date(text: str) -> date:
    """The date that a spreadsheet means by a number of days.

    >>> serial_date("45231")
    datetime.date(2023, 11, 1)
    """
    return _EPOCH + timedelta(days=int(float(text)))


def _full_year(year: int) -> int:
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)


def _components(cells: pl.DataFrame, month_first: bool) -> pl.DataFrame:
    """Columns y, m, d (Int32) as far as the text has them."""
    text = pl.col("text").str.to_lowercase().str.replace(_WEEKDAY, "").str.replace(_TIME, "")
    bare = cells.with_columns(bare=text.str.strip_chars())
    shapes = (_YEAR_FIRST, _DIGITS, _NAMED, _NAME_FIRST, _COMPACT)
    parts = bare.with_columns(pl.col("bare").str.extract_groups(s).alias(f"s{i}") for i, s in enumerate(shapes))
    a, b, c = (pl.coalesce(pl.col(f"s{i}").struct.field(g) for i in range(len(shapes))) for g in "abc")
    parts = parts.with_columns(a=a, b=b, c=c, digits=pl.col("s1").struct.field("a").is_not_null())
    year_first = pl.col("a").str.len_chars() == 4
    swapped = pl.col("digits") & pl.lit(month_first)
    return parts.with_columns(
        y=_year(pl.when(year_first).then("a").otherwise("c")),
        m=_month(pl.when(swapped).then("a").otherwise("b")),
        d=_whole(pl.when(year_first).then("c").when(swapped).then("b").otherwise("a")),
    )


def _whole(text: pl.Expr) -> pl.Expr:
    return text.str.to_integer(strict=False).cast(pl.Int32)


def _month(text: pl.Expr) -> pl.Expr:
    return _whole(text.replace(list(MONTHS), [str(n) for n in MONTHS.values()]))


def _year(text: pl.Expr) -> pl.Expr:
    year = _whole(text)
    return pl.when(year >= 100).then(year).when(year < 70).then(year + 2000).otherwise(year + 1900)


def _serial() -> pl.Expr:
    days = pl.col("text").cast(pl.Float64, strict=False).floor().cast(pl.Int32, strict=False)
    meant = (pl.col("type") == "number") & days.is_between(*_SERIALS)
    return pl.when(meant).then((days + _EPOCH_DAYS).cast(pl.Date))


def _date_fault(sane: pl.Expr) -> pl.Expr:
    filled = pl.col("text").is_not_null()
    whole = pl.all_horizontal(pl.col("y").is_not_null(), pl.col("m").is_not_null(), pl.col("d").is_not_null())
    nothing = filled & pl.col("date").is_null()
    outside = whole & ~pl.col("y").is_between(FIRST_YEAR, LAST_YEAR)
    return first_fault(
        (outside | (filled & pl.col("date").is_not_null() & ~sane), "date.absurd"),
        (nothing & whole, "date.impossible"),
        (nothing, "date.unreadable"),
        ((pl.col("type") == "number") & pl.col("date").is_not_null() & ~whole, "date.serial"),
    )
