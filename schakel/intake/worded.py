"""Figures and their changes in the reader's words, from values as they are kept."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from schakel.web import formats

_DECIMALS = {"share": 1, "growth": 1, "ratio": 2, "fte": 1, "tonne": 1}
_MOST = 6  # decimals


def figure_said(unit: str, value: str | None) -> str:
    """A figure in the reader's language; ``value`` as it is kept.."""
    if value is not None and unit == "eur":
        return formats.money(int(Decimal(value) * 100))
    return _said(unit, value, _DECIMALS.get(unit, 0))


def told_apart(unit: str, before: str | None, after: str | None) -> tuple[str, str]:
    """Two figures that differ, each with as many decimals as it takes to see it; euros to the cent where they must."""
    for decimals in range(_DECIMALS.get(unit, 0), _MOST + 1):
        one, other = (_said(unit, value, decimals) for value in (before, after))
        if one != other:
            break
    return one, other


def change_said(unit: str, before: str | None, after: str | None) -> str:
    """What lies between two figures, with its sign; of shares and growths in percentage points."""
    if before is None or after is None:
        return formats.NOTHING
    change = Decimal(after) - Decimal(before)
    sign = "+" if change > 0 else ""
    if unit in ("share", "growth"):  # the difference of two shares is no share of anything
        return sign + _("%(points)s percentage points") % {"points": formats.number(change * 100, _telling(change, 1))}
    if unit == "eur":
        return sign + figure_said(unit, str(change))
    return sign + formats.number(change, _telling(change, _DECIMALS.get(unit, 0)))


def _telling(change: Decimal, least: int) -> int:
    """How many decimals it takes to see that there is a change."""
    return next((n for n in range(least, _MOST) if abs(change) >= Decimal(1).scaleb(-n)), _MOST)


def _said(unit: str, value: str | None, decimals: int) -> str:
    if value is None:
        return formats.NOTHING
    number = Decimal(value)
    if unit == "eur":
        return f"€{formats.NBSP}{formats.number(number, decimals)}"
    if unit == "share":
        return formats.percent(number, decimals)
    if unit == "growth":
        return formats.growth(number, decimals)
    return formats.number(number, decimals)
