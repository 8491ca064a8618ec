"""Dates: every way of writing gives the day meant, and no day that does not exist."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.intake.interpreting import dates
from schakel.intake.interpreting.cells import Cells
from schakel.intake.tables import CELL_TYPE

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
SHORT_NL = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def read_all(texts: list[str], written: str = "", type: str = "text") -> list[tuple[date | None, str | None]]:
    types = pl.Series("type", [type] * len(texts), dtype=CELL_TYPE)
    found = dates.dates(Cells(pl.Series("text", texts, dtype=pl.String), types), written)
    return list(zip(found.values, found.faults, strict=True))


def read(text: str, written: str = "", type: str = "text") -> tuple[date | None, str | None]:
    return read_all([text], written, type)[0]


def ways(day: date) -> list[str]:
    """The same day as people write it."""
    d, m, y = day.day, day.month, day.year
    dutch, english = dates.DUTCH_MONTHS[m - 1], dates.ENGLISH_MONTHS[m - 1]
    return [
        f"{d:02}-{m:02}-{y}",
        f"{d}-{m}-{y}",
        f"{d:02}/{m:02}/{y}",
        f"{d}.{m}.{y}",
        f"{y}-{m:02}-{d:02}",
        f"{y}/{m}/{d}",
        f"{y}{m:02}{d:02}",
        f"{y}-{m:02}-{d:02}T00:00:00",
        f"{d:02}-{m:02}-{y} 00:00",
        f"{d} {SHORT_NL[m - 1]} {y}",
        f"{d} {SHORT_NL[m - 1]}. {y}",
        f"{d} {dutch} {y}",
        f"{d} {english} {y}",
        f"{d}-{english[:3]}-{y}",
        f"{english} {d}, {y}",
        f"wo {d} {dutch.upper()} {y}",
    ]


@settings(deadline=None)
@given(DAYS)
def test_every_way_of_writing_gives_the_day(day: date) -> None:
    texts = ways(day)
    assert dict(zip(texts, read_all(texts), strict=True)) == dict.fromkeys(texts, (day, None))


@settings(deadline=None)
@given(DAYS)
def test_month_first_only_where_the_mapping_says_so(day: date) -> None:
    assert read(f"{day.month:02}/{day.day:02}/{day.year}", "mm/dd/yyyy") == (day, None)


@settings(deadline=None)
@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31)))
def test_two_digit_years(day: date) -> None:
    assert read(day.strftime("%d-%m-%y")) == (day, None)


@settings(deadline=None)
@given(st.integers(1, 31), st.integers(1, 12), st.integers(1900, 2100))
def test_a_day_exists_or_is_said_not_to(day: int, month: int, year: int) -> None:
    try:
        expected: tuple[date | None, str | None] = (date(year, month, day), None)
    except ValueError:
        expected = (None, "date.impossible")
    assert read(f"{day:02}-{month:02}-{year}") == expected


@settings(deadline=None)
@given(st.text(max_size=24))
def test_no_text_breaks_the_reader(text: str) -> None:
    value, fault = read(text.strip() or "x")
    assert (value is None) <= (fault is not None)


@settings(deadline=None)
@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2099, 1, 1)))
def test_a_day_number_is_read_as_its_day_and_said(day: date) -> None:
    serial = str((day - date(1899, 12, 30)) // timedelta(days=1))
    assert read(serial, type="number") == (day, "date.serial")
    assert dates.serial_date(serial) == day


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31-02-2023", "date.impossible"),
        ("12-13-2023", "date.impossible"),
        ("31 juni 2023", "date.impossible"),
        ("01-01-0202", "date.absurd"),
        ("01-01-2525", "date.absurd"),
        ("voorjaar 2023", "date.unreadable"),
        ("2023", "date.unreadable"),
        ("1-2", "date.unreadable"),
    ],
)
def test_what_is_no_day(text: str, fault: str) -> None:
    assert read(text) == (None, fault)


def test_a_year_is_no_day_number() -> None:
    assert read("2023", type="number") == (None, "date.unreadable")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31-02-2023", "31 februari 2023"),
        ("31 juni 2023", "31 juni 2023"),
        ("2023-02-30", "30 februari 2023"),
        ("5-14-23", "maand 14"),
    ],
)
def test_the_day_that_does_not_exist_is_named(text: str, said: str) -> None:
    assert dates.impossible(text) == said


@pytest.mark.parametrize(
    ("text", "year"), [("2016", 2016), ("2016.0", 2016), ("'16", None), ("1850", None), ("x", None)]
)
def test_years(text: str, year: int | None) -> None:
    cells = Cells(pl.Series("text", [text], dtype=pl.String), pl.Series("type", ["text"], dtype=CELL_TYPE))
    found = dates.years(cells)
    assert found.values[0] == year
    assert found.faults[0] == (None if year else "year.unreadable")
