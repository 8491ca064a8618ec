"""The text of a cell's value: numbers in shortest form, dates as ISO 8601."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Literal

from schakel.intake.reading.grid import DATE, NUMBER, TEXT

Clock = Literal["", "date", "time", "elapsed"]
"""What a number format makes of a number: nothing, a date, a time of day, or hours passed."""

_PLAIN_DIGITS = 40  # numbers of more digits than this keep their exponent
_SURE_DIGITS = 15  # no two decimals of so many digits are the same binary number
_SHORTEST = re.compile(r"0|-?(?:[1-9][0-9]*|0(?=\.))(?:\.[0-9]*[1-9])?")
_LAST_SERIAL = 2_958_466  # the day after 31-12-9999
_BUILT_IN: dict[int, Clock] = {
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58), "date"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), "time"),
    46: "elapsed",
}
_NOT_PATTERN = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)


def number_text(text: str) -> str:
    """A number as a file writes it, in shortest form: "0.5135" for "0.51349999999999996".

    Whole numbers keep all their digits. Raises ValueError if it is no finite number.
    """
    if len(text) <= _SURE_DIGITS and _SHORTEST.fullmatch(text):
        return text
    value = repr(float(text))
    if "e" not in value and "n" not in value and value != "-0.0" and "_" not in text:
        return value[:-2] if value.endswith(".0") else value
    return _unusual(text)


def _unusual(text: str) -> str:
    """`number_text` for very large and small numbers, and for what only Python takes for a number."""
    value = float(text)
    if not isfinite(value) or "_" in text:
        raise ValueError(f"{text} is not a number")
    digits = text[1:] if text[:1] == "-" else text
    if digits.isdecimal() and digits.isascii() and digits[0] != "0":
        return text
    return float_text(value)


def float_text(value: float) -> str:
    """``value`` in the fewest digits that give it back, without an exponent for common sizes.

    >>> float_text(1e20), float_text(0.1 + 0.2), float_text(5.0), float_text(1e-7)
    ('100000000000000000000', '0.30000000000000004', '5', '0.0000001')
    """
    text = repr(value)
    if text.endswith(".0"):
        return "0" if text == "-0.0" else text[:-2]
    return decimal_text(text) if "e" in text else text


def decimal_text(text: str) -> str:
    """A number of any precision without exponent or needless zeros; none of its digits is lost.

    >>> decimal_text("1.50"), decimal_text("12e3"), decimal_text("1e-400")
    ('1.5', '12000', '1E-400')
    """
    value = Decimal(text)
    if not value:
        return "0"
    if abs(value.adjusted()) > _PLAIN_DIGITS:
        return str(value)
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def moment_text(moment: datetime.datetime) -> str:
    """ISO 8601; midnight as the plain date."""
    if moment.time() == datetime.time():
        return moment.date().isoformat()
    return moment.isoformat()


def iso_text(text: str) -> str:
    """An ISO 8601 moment as `moment_text` writes it. Raises ValueError."""
    return moment_text(datetime.datetime.fromisoformat(text))


@lru_cache(maxsize=50_000)
def serial_text(text: str, clock: Clock, since_1904: bool) -> tuple[str, str]:
    """Text and type of a number of days, as its format shows it.

    Days count from 1900 or 1904; Excel holds 1900 for a leap year, so the days before 1 March 1900
    lie one further (ECMA-376 part 1, 18.17.4.1). What no date can be stays a number.
    Raises ValueError if ``text`` is no number.
    """
    days = float(text)
    if clock == "elapsed" and 0 <= days < _LAST_SERIAL:
        return _hours(days), TEXT
    if not 0 <= days < _LAST_SERIAL - (1462 if since_1904 else 0):
        return number_text(text), NUMBER
    if days < 1 and clock == "time":
        return _time(days), DATE
    start = datetime.datetime(1904, 1, 1) if since_1904 else datetime.datetime(1899, 12, 31 if days < 60 else 30)
    seconds = round(days * 86_400, 3)
    return moment_text(start + datetime.timedelta(seconds=seconds)), DATE


def _hours(days: float) -> str:
    minutes, seconds = divmod(round(days * 86_400), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _time(days: float) -> str:
    moment = datetime.datetime.min + datetime.timedelta(seconds=round(days * 86_400, 3))
    return moment.time().isoformat()


def clock_of(format_id: int, code: str = "") -> Clock:
    """What number format ``format_id`` (with its own ``code``, if it has one) makes of a number."""
    if not code:
        return _BUILT_IN.get(format_id, "")
    pattern = _NOT_PATTERN.sub("", code.partition(";")[0]).lower()
    if pattern.strip() in ("general", "standaard", "@"):
        return ""
    if _ELAPSED.search(pattern):
        return "elapsed"
    if "d" in pattern or "y" in pattern or re.fullmatch(r"[^hs0#?]*m{2,}[^hs0#?]*", pattern):
        return "date"
    return "time" if re.search("[hs]", pattern) else ""
