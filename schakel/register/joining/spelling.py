"""One spelling for what is written in many: case, diacritics, punctuation, "&"."""

from __future__ import annotations

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
