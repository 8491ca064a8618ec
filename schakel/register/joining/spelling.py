"""One spelling for what is written in many: case, diacritics, punctuation, "&"."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl


def plain(text: pl.Expr) -> pl.Expr:
    """``text`` in lower case letters and digits, words parted by one space.

    Diacritics fall away, "&" and "+" become "en", initials and apostrophes close up ("b.v." is
    "bv", "'s" is "s"), any other mark parts words.
    """
    bare = text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    joined = bare.str.replace_all(r"[&+]", " en ").str.replace_all(r"['’`]", "")
    closed = joined.str.replace_all(r"\.+", ".").str.replace_all(r"\b([a-z])\.", "$1")
    return closed.str.replace_all(r"[^a-z0-9]+", " ").str.strip_chars()


def respelled(text: pl.Expr, into: Callable[[str], str]) -> pl.Expr:
    """``text`` plainly spelled and then as ``into`` has it; for columns of few different values."""
    return text.map_batches(lambda values: _each(values, into), return_dtype=pl.String)


def _each(values: pl.Series, into: Callable[[str], str]) -> pl.Series:
    different = pl.DataFrame({"value": values.drop_nulls().unique()}, schema={"value": pl.String})
    spelled = different.select("value", plain(pl.col("value")).alias("plain"))
    return values.replace_strict({value: into(name) for value, name in spelled.iter_rows()}, default=None)
