"""Numbers of the trade register and the tax service, brought to one spelling.

A KvK number has eight digits, an RSIN nine; spreadsheets eat leading zeros. Anything that cannot
be such a number (letters, too long, all zeros) is no number at all.
"""

from __future__ import annotations

import polars as pl


def kvk(column: str) -> pl.Expr:
    """The KvK number in ``column`` as eight digits; null where there is none."""
    return _digits(column, 8)


def rsin(column: str) -> pl.Expr:
    """The RSIN in ``column`` as nine digits; null where there is none. A VAT number's RSIN is meant."""
    return _digits(column, 9)


def _digits(column: str, length: int) -> pl.Expr:
    plain = pl.col(column).str.replace_all(r"[\s.\-]", "")
    fits = plain.str.contains(rf"^\d{{{length - 2},{length}}}$") & ~plain.str.contains(r"^0*$")
    return pl.when(fits).then(plain.str.zfill(length))
