"""Ways in which systems write a value into a cell: amounts, dates, words for codes, several in one cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Protocol

Cell = str | int | float | date | None
Value = Cell | tuple[str, ...]

_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_LONG = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_COUNTRIES = {
    "AE": ("Verenigde Arabische Emiraten", "United Arab Emirates"),
    "BE": ("België", "Belgium"),
    "CA": ("Canada", "Canada"),
    "CH": ("Zwitserland", "Switzerland"),
    "CN": ("China", "China"),
    "DE": ("Duitsland", "Germany"),
    "ES": ("Spanje", "Spain"),
    "FR": ("Frankrijk", "France"),
    "GB": ("Verenigd Koninkrijk", "United Kingdom"),
    "IL": ("Israël", "Israel"),
    "IN": ("India", "India"),
    "IT": ("Italië", "Italy"),
    "JP": ("Japan", "Japan"),
    "KR": ("Zuid-Korea", "South Korea"),
    "NL": ("Nederland", "Netherlands"),
    "SE": ("Zweden", "Sweden"),
    "TR": ("Turkije", "Turkey"),
    "TW": ("Taiwan", "Taiwan"),
    "US": ("Verenigde Staten", "United States"),
}


class Way(Protocol):
    """How a canonical value is written."""

    def __call__(self, value: Value) -> Cell:
        """``value`` as the system writes it."""


@dataclass(frozen=True, slots=True)
class Plain:
    """As it is; nothing as an empty cell; several values with ``separator`` between them."""

    separator: str = "; "

    def __call__(self, value: Value) -> Cell:
        """The value itself; texts of several values joined."""
        if isinstance(value, tuple):
            return self.separator.join(value) or None
        return None if value == "" else value


@dataclass(frozen=True, slots=True)
class Money:
    """Whole euros in ``unit`` (a mapping's word); ``pattern``: how 1234.56 is written if as text."""

    unit: str = "EUR"
    pattern: str = ""
    _sizes: ClassVar[dict[str, int]] = {"EUR": 1, "EUR thousand": 1_000, "EUR million": 1_000_000}

    def __call__(self, value: Value) -> Cell:
        """The amount as a number or text; what is no amount as it is."""
        if not isinstance(value, int):
            return PLAIN(value)
        amount = Decimal(value) / self._sizes[self.unit]
        if not self.pattern:
            return int(amount) if amount == int(amount) else float(amount)
        return self._written(amount)

    def _written(self, amount: Decimal) -> str:
        text = f"{amount:,.2f}"
        sign = "€ " if self.pattern.startswith("€") else ""
        if "." in self.pattern:
            return sign + text.translate(str.maketrans(",.", ".,"))
        return sign + text.replace(",", "").replace(".", ",")


@dataclass(frozen=True, slots=True)
class Day:
    """A date: a real one, or text by ``pattern`` ("dd-mm-yyyy", "d mmm yyyy", "d mmmm yyyy" ...)."""

    pattern: str = ""

    def __call__(self, value: Value) -> Cell:
        """The day; what is no day as it is."""
        if not isinstance(value, date) or not self.pattern:
            return PLAIN(value)
        return self.text(value)

    def text(self, day: date) -> str:
        """The day as text."""
        parts = {
            "yyyy": f"{day.year}",
            "mmmm": _LONG[day.month - 1],
            "mmm": _SHORT[day.month - 1],
            "mm": f"{day.month:02d}",
            "m": f"{day.month}",
            "dd": f"{day.day:02d}",
            "d": f"{day.day}",
        }
        left, text = self.pattern, ""
        while left:
            part = next((p for p in parts if left.startswith(p)), left[0])
            text += parts.get(part, part)
            left = left[len(part) :]
        return text


@dataclass(frozen=True, slots=True)
class Coded:
    """Canonical codes in a system's own words; several with ``separator`` between them."""

    words: Mapping[str, str]
    separator: str = ""

    def __call__(self, value: Value) -> Cell:
        """The words for one code or several; nothing for none."""
        codes = value if isinstance(value, tuple) else (str(value or ""),)
        if not any(codes):
            return None
        return self.separator.join(self.words[code] for code in codes)


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its Dutch or English name, or as its code."""

    language: str = "nl"

    def __call__(self, value: Value) -> Cell:
        """The name or code; nothing where no country is known."""
        if not value or self.language == "code":
            return PLAIN(value)
        dutch, english = _COUNTRIES[str(value)]
        return dutch if self.language == "nl" else english


@dataclass(frozen=True, slots=True)
class AsNumber:
    """Digits as a number, so that leading zeros are gone."""

    def __call__(self, value: Value) -> Cell:
        """The number that the digits make; nothing for none."""
        return int(str(value)) if value else None


PLAIN = Plain()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a system's export: its header, the field it holds ("" for none that is asked for), its way.

    ``key``: what of the row is written, if not the field itself (names in place of numbers).
    """

    header: str
    field: str
    way: Way = PLAIN
    key: str = ""
    hidden: bool = False

    def cell(self, row: Mapping[str, Any]) -> Cell:
        """The row's value for this column, as the system writes it."""
        return self.way(row[self.key or self.field])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a system's export. ``total``: the header whose column has a total under it."""

    kind: str
    name: str
    columns: tuple[Column, ...]
    total: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet with its rows of cells."""

    sheet: Sheet
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def fill(sheet: Sheet, rows: list[dict[str, Any]], renamed: Mapping[str, str]) -> Filled:
    """``rows`` as ``sheet`` writes them, with headers under their new names where ``renamed``."""
    headers = tuple(renamed.get(column.header, column.header) for column in sheet.columns)
    return Filled(sheet, headers, tuple(tuple(column.cell(row) for column in sheet.columns) for row in rows))


def as_text(cell: Cell) -> str:
    """A cell as plain text, for files that have nothing else."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
