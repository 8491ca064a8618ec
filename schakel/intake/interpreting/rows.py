"""Which rows of a table are records: not the blank ones, titles, totals and repeated headers."""

from __future__ import annotations

import polars as pl

from schakel.intake.interpreting.cells import plain_text
from schakel.intake.interpreting.locating import Located

TOTAL_WORDS = ("totaal", "total", "subtotaal", "subtotal", "eindtotaal", "grand total")
AVERAGE_WORDS = ("gemiddelde", "gemiddeld", "average")


def body(found: Located, letters: list[str]) -> pl.DataFrame:
    """Rows under the header that have something in ``letters``; ``_skip``: the word by which a row is no record."""
    rows = found.table.frame.filter(pl.col("row") > found.header_row)
    if not letters:
        return rows.with_columns(_skip=pl.lit(None, dtype=pl.String))
    filled = pl.any_horizontal(_filled(letter) for letter in letters)
    return _marked(rows.filter(filled), found, letters).filter(~_repeats_header(found, letters))


def _filled(letter: str) -> pl.Expr:
    return pl.col(letter).is_not_null() & (pl.col(letter).str.strip_chars() != "")


def _marked(rows: pl.DataFrame, found: Located, letters: list[str]) -> pl.DataFrame:
    """Mark skipped rows. A record whose name begins with "Total" has other words beside it; a total has not."""
    words = tuple(plain_text(word) for word in (*found.mapping.skip, *TOTAL_WORDS, *AVERAGE_WORDS))
    first = pl.coalesce(pl.when(_filled(c)).then(pl.col(c)) for c in found.table.columns).str.to_lowercase()
    pattern = "|".join(_escaped(word) for word in sorted(words, key=len, reverse=True))
    word = first.str.strip_chars().str.extract(rf"^({pattern})(?:[^\p{{L}}]|$)")
    others = pl.sum_horizontal(pl.col(c).str.contains(r"\p{L}{2}").fill_null(value=False) for c in letters)
    return rows.with_columns(_skip=pl.when(others <= 2).then(word))


def _escaped(word: str) -> str:
    return "".join(c if c.isalnum() or c == " " else rf"\{c}" for c in word)


def _repeats_header(found: Located, letters: list[str]) -> pl.Expr:
    """A header repeated further down, as at the top of a printed page."""
    return pl.all_horizontal(pl.col(c).eq_missing(pl.lit(found.headers.get(c))) for c in letters)
