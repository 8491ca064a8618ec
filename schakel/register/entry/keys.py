"""Under which keys an organisation is found while somebody types it.

A key is a letter for its sort and a text: two organisations that share one may be the same, and no more than that; who
looks reads what shares most and judges it. Keys are compared for being equal only, so one index serves all sorts.

Invariant: what is kept and what is typed get their keys from the same expressions, so a record finds itself.
"""

from __future__ import annotations

import polars as pl

from schakel.register.joining.names import FORMS
from schakel.register.matching.normalising import plain
from schakel.register.matching.vocabulary import IDLE, SAME_WORD, UNITS

SAID: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64,
    "names": pl.List(pl.String),
    "numbers": pl.List(pl.String),
    "rsin": pl.String,
    "postcode": pl.String,
    "house_number": pl.String,
    "website": pl.String,
}
"""What keys are made of: all names, all KvK numbers, and the rest as an organisation states it."""
_LEFT_OUT = sorted({*IDLE, *UNITS})
_BEGINNINGS = (5, 8)  # letters
_TWICE = [letter * 2 for letter in "abcdefghijklmnopqrstuvwxyz"]
_SITE = r"^(?:[a-z]+://)?(?:www\.)?([a-z0-9\-.]+\.[a-z]{2,})"
_SOUNDLESS = r"[aeiouyh]"


def keys_of(said: pl.DataFrame) -> pl.DataFrame:
    """[id, keys]: the keys of each row of ``said`` (columns of `SAID`), each once, in order.

    n the name as one word; s its consonants, for a vowel that slipped; o its letters in order, for letters or words
    that changed places; b how it begins; w each word; p two words on end; k and r the numbers; a postcode and house
    number; d the site. Legal forms and words such as "Holding" and "Nederland" are no part of a name here.
    """
    found = pl.concat([_of_names(said), _of_numbers(said), _of_places(said)])
    gathered = found.filter(pl.col("key").str.len_chars() > 2).group_by("id").agg(pl.col("key").unique().sort())
    joined = said.select("id").join(gathered, on="id", how="left", maintain_order="left")
    return joined.select("id", keys=pl.col("key").fill_null([]))


def _of_names(said: pl.DataFrame) -> pl.DataFrame:
    names = said.select("id", name="names").explode("name").drop_nulls("name")
    spelled = names.select("id", bare=plain(pl.col("name"))).with_columns(
        words=pl.col("bare").str.replace_all(FORMS, " ").str.extract_all(r"[a-z0-9]+")
    )
    own = pl.element().replace(SAME_WORD).filter(~pl.element().is_in(_LEFT_OUT))
    # A name of nothing but such words ("Nederland B.V.") is its words.
    worded = spelled.with_columns(own=pl.col("words").list.eval(own)).with_columns(
        own=pl.when(pl.col("own").list.len() > 0).then("own").otherwise(pl.col("bare").str.split(" "))
    )
    tight = worded.select("id", "own", tight=pl.col("own").list.join("")).unique(["id", "tight"], keep="first")
    letters = pl.col("tight").str.split("").list.sort().list.join("")
    of_whole = [
        pl.concat_str(pl.lit("n"), "tight"),
        pl.concat_str(pl.lit("s"), _consonants(pl.col("tight"))),
        pl.when(pl.col("tight").str.len_bytes() >= 5).then(pl.concat_str(pl.lit("o"), letters)),
        *(
            pl.when(pl.col("tight").str.len_bytes() >= count).then(
                pl.concat_str(pl.lit("b"), pl.col("tight").str.head(count))
            )
            for count in _BEGINNINGS
        ),
    ]
    whole = [tight.select("id", key=key).drop_nulls() for key in of_whole]
    word = tight.select("id", key="own").explode("key").drop_nulls()
    following = pl.col("own").list.eval(pl.concat_str(pl.lit("p"), pl.element(), pl.element().shift(-1)).drop_nulls())
    pairs = tight.filter(pl.col("own").list.len() > 1).select("id", key=following).explode("key")
    words = word.filter(pl.col("key").str.len_bytes() >= 3).with_columns(key=pl.concat_str(pl.lit("w"), "key"))
    return pl.concat([*whole, words, pairs])


def _consonants(text: pl.Expr) -> pl.Expr:
    """``text`` without vowels, and each letter that stands twice on end once; nothing where too few are left."""
    left = text.str.replace_many(_TWICE, [pair[0] for pair in _TWICE]).str.replace_all(_SOUNDLESS, "")
    return pl.when(left.str.len_bytes() >= 4).then(left)


def _of_numbers(said: pl.DataFrame) -> pl.DataFrame:
    kvk = said.select("id", key="numbers").explode("key").drop_nulls()
    rsin = said.select("id", key=pl.concat_str(pl.lit("r"), "rsin")).drop_nulls()
    return pl.concat([kvk.with_columns(key=pl.concat_str(pl.lit("k"), "key")), rsin])


def _of_places(said: pl.DataFrame) -> pl.DataFrame:
    postcode = pl.col("postcode").str.to_uppercase().str.replace_all(r"[^0-9A-Z]", "")
    house = pl.col("house_number").str.extract(r"(\d+)")
    address = said.select("id", key=pl.concat_str(pl.lit("a"), postcode, house)).drop_nulls()
    site = pl.col("website").str.to_lowercase().str.strip_chars().str.extract(_SITE)
    return pl.concat([address, said.select("id", key=pl.concat_str(pl.lit("d"), site)).drop_nulls()])


def house_number(address: pl.Expr) -> pl.Expr:
    """The house number in an address that is written as one ("Dam 1-2 hs" is 1); null where there is none."""
    return address.str.extract(r"\D\s(\d+)\D*.*$")
