"""Numbers, money, shares and dates as Dutch and English readers write them.

Spaces inside a number are non-breaking, so that "€ 219 mln" never falls apart over two lines. Money
comes in as integer euro cents and is rounded half up. Nothing (``None``) is shown as a dash.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils import dateformat, timezone, translation

Number = int | float | Decimal
NBSP = "\u00a0"
MINUS = "\u2212"
NOTHING = "–"
MILLION = Decimal(1_000_000)
BILLION = Decimal(1_000_000_000)
_SCALES = {"nl": ("mln", "mld"), "en": ("million", "billion")}
_SWAP = str.maketrans({",": ".", ".": ","})


def number(value: Number | None, decimals: int = 0) -> str:
    """1104 as "1.104" (nl) or "1,104" (en), rounded half up to ``decimals``."""
    if value is None:
        return NOTHING
    return _number(value if isinstance(value, Decimal) else Decimal(str(value)), decimals, language())


def money(cents: int | None) -> str:
    """Cents for reading: "€ 12.500", "€ 352,4 mln", "€ 1,14 mld". Whole euros below a million."""
    return NOTHING if cents is None else _money(cents, language())


def money_exact(cents: int | None) -> str:
    """Cents to the cent: "€ 1.234.567,00"."""
    return NOTHING if cents is None else f"€{NBSP}{_written(Decimal(cents) / 100, 2)}"


def percent(share: Number | None, decimals: int = 0) -> str:
    """A share between 0 and 1 as "50%"."""
    if share is None:
        return NOTHING
    return f"{_written(_rounded(Decimal(str(share)) * 100, decimals), decimals)}%"


def growth(ratio: Number | None, decimals: int = 1) -> str:
    """What there is to one of the year before, told as what was added: 1.05 as "+5,0%", 0.98 as "−2,0%"."""
    if ratio is None:
        return NOTHING
    added = _rounded((Decimal(str(ratio)) - 1) * 100, decimals)
    return f"{'+' if added > 0 else ''}{_written(added, decimals)}%"


def date_long(moment: date | None) -> str:
    """23 januari 2024 (nl), 23 January 2024 (en); a moment is shown in the local time zone."""
    if moment is None:
        return NOTHING
    local = timezone.localtime(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment
    return dateformat.format(local, "j F Y").replace(" ", NBSP)


def moment_long(moment: datetime | None) -> str:
    """23 januari 2024 14:05, in the local time zone."""
    if moment is None:
        return NOTHING
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{date_long(local)} {local:%H:%M}"


def language() -> str:
    """The language that numbers are written in: "en" where English is active, else "nl"."""
    return "en" if (translation.get_language() or "nl").startswith("en") else "nl"


def _scaled(euros: Decimal, written_in: str) -> tuple[Decimal, int, str]:
    """The amount in its scale, the decimals to show there, and the scale's name."""
    millions = _rounded(euros / MILLION, 1)
    if abs(euros) < MILLION:
        return euros, 0, ""
    if abs(millions) < BILLION / MILLION:
        return millions, 1, _SCALES[written_in][0]
    return _rounded(euros / BILLION, 2), 2, _SCALES[written_in][1]


@lru_cache(maxsize=4096)
def _money(cents: int, written_in: str) -> str:
    amount, decimals, scale = _scaled(_rounded(Decimal(cents) / 100, 0), written_in)
    written = _digits(amount, decimals, written_in)
    return NBSP.join(filter(None, ("€", _without_empty_decimals(written, decimals), scale)))


@lru_cache(maxsize=4096)
def _number(value: Decimal, decimals: int, written_in: str) -> str:
    """A page of figures says the same number in a card, a table, a chart and its text."""
    return _digits(_rounded(value, decimals), decimals, written_in)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _written(value: Decimal, decimals: int) -> str:
    return _digits(value, decimals, language())


def _digits(value: Decimal, decimals: int, written_in: str) -> str:
    digits = f"{abs(value):,.{decimals}f}"
    sign = MINUS if value < 0 else ""
    return sign + (digits if written_in == "en" else digits.translate(_SWAP))


def _without_empty_decimals(written: str, decimals: int) -> str:
    return written.rstrip("0").rstrip(",.") if decimals else written
