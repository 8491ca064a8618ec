"""What records and register entries state, in one spelling: a row a statement, a row a name.

Only these two frames are compared, so a keyed delivery that brings the same columns as keyed
hashes is compared by the same rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import polars as pl

from schakel.register.matching import normalising as n
from schakel.register.matching.vocabulary import FREE_MAIL, SHARED_SITES

Schema = dict[str, type[pl.DataType] | pl.DataType]
TEXT = ("kvk", "rsin", "name", "legal_form", "street", "address", "house_number", "postcode", "city", "country")
RECORD: Schema = {"record": pl.Int64, "owner": pl.String, "year": pl.Int32, "number": pl.String}
OTHER: Schema = {"website": pl.String, "mail": pl.String, "kind": pl.String}
LISTED: Schema = {"id": pl.Int64, "kvk": pl.String, "rsin": pl.String}
MOST_NAMES = 60  # of one organisation; more are not compared


@dataclass(frozen=True, slots=True)
class Said:
    """One side of a comparison.

    ``about``: id, kvk, rsin, form, postcode, district, city, street, house, site, mail, label.
    ``names``: id, nth among its names, and the columns that `normalising.parted` adds.
    """

    about: pl.DataFrame
    names: pl.DataFrame


def shaped(frame: pl.DataFrame, wanted: Schema) -> pl.DataFrame:
    """``frame`` with every column of ``wanted``, null where it has none, and no others."""
    columns = [
        pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, kind).alias(name)
        for name, kind in wanted.items()
    ]
    return frame.select(columns)


def of_records(records: pl.DataFrame) -> Said:
    """The statements of records; ``id`` is the record."""
    wanted: Schema = RECORD | dict.fromkeys(TEXT, pl.String) | OTHER | {"other_names": pl.List(pl.String)}
    said = shaped(records, wanted).sort("record").rename({"record": "id"})
    own = pl.when(pl.col("number").fill_null("") != "").then(pl.col("owner").fill_null("") + " " + pl.col("number"))
    about = _about(said).with_columns(said.select(own.alias("own"), pl.col("owner").fill_null(""), "number"))
    return Said(about, _names(said, ["other_names"]))


def of_register(register: pl.DataFrame) -> Said:
    """The statements of register entries; ``id`` is the entry."""
    lists: Schema = {"trade_names": pl.List(pl.String), "former_names": pl.List(pl.String)}
    wanted: Schema = {"entry": pl.Int64} | dict.fromkeys(TEXT, pl.String) | OTHER | lists
    said = shaped(register, wanted).sort("entry").rename({"entry": "id"})
    about = _about(said).with_columns(pl.lit(None, pl.String).alias("own"))
    return Said(about, _names(said, list(lists)))


def together(parts: Iterable[Said], ids: pl.Series) -> Said:
    """What ``ids`` state, out of what all in ``parts`` do; ids occur once."""
    wanted = ids.to_frame("id")
    every = list(parts)
    about, names = (
        pl.concat([frame.join(wanted, on="id", how="semi") for frame in frames]).sort(order)
        for frames, order in (([part.about for part in every], ["id"]), ([part.names for part in every], ["id", "nth"]))
    )
    return Said(about, names)


def numbers(register: pl.DataFrame, entries: pl.Series) -> pl.DataFrame:
    """A frame of `LISTED` for those ``entries`` of the ``register``, which may be an empty frame without columns."""
    if register.is_empty():
        return pl.DataFrame(schema=LISTED)
    wanted = register.filter(pl.col("entry").is_in(entries.implode()))
    said = shaped(wanted, {"entry": pl.Int64, "kvk": pl.String, "rsin": pl.String})
    return said.select(id="entry", kvk=n.kvk(pl.col("kvk")), rsin=n.rsin(pl.col("rsin")))


_NAME = ("id", "tight", "units")  # what makes a name another
_LISTS = ("trade_names", "former_names", "other_names")


def candidates(frame: pl.DataFrame) -> pl.DataFrame:
    """Records or entries, whichever they are, by their column ``id``, in one shape."""
    lists: Schema = dict.fromkeys(_LISTS, pl.List(pl.String))
    return shaped(frame, {"id": pl.Int64} | dict.fromkeys(TEXT, pl.String) | OTHER | lists)


def of_candidates(frame: pl.DataFrame) -> Said:
    """The statements of what `candidates` gave."""
    said = frame.sort("id")
    return Said(_about(said).with_columns(pl.lit(None, pl.String).alias("own")), _names(said, list(_LISTS)))


def _about(said: pl.DataFrame) -> pl.DataFrame:
    at_home = said.select("id", *_spelling())
    return at_home.with_columns(n.label(pl.coalesce("site", "mail")).alias("label"))


@cache
def _spelling() -> list[pl.Expr]:
    """What is stated in one spelling, but for names; thought out once."""
    return [
        n.kvk(pl.col("kvk")).alias("kvk"),
        n.rsin(pl.col("rsin")).alias("rsin"),
        n.each(pl.col("legal_form"), n.legal_form).alias("form"),
        *n.placed(pl.col("postcode"), pl.col("city"), pl.col("country")),
        n.each(pl.coalesce("street", "address"), n.street).alias("street"),
        n.house_number(pl.col("house_number"), pl.coalesce("address", "street")).alias("house"),
        n.domain(pl.col("website"), (*SHARED_SITES, *FREE_MAIL)).alias("site"),
        n.domain(pl.col("mail"), FREE_MAIL).alias("mail"),
    ]


def _names(said: pl.DataFrame, lists: list[str]) -> pl.DataFrame:
    others = [said.select("id", "name", pl.col(one).alias("other")).explode("other") for one in lists]
    telling = pl.concat(others).filter(pl.col("other").is_not_null() & ~_but_for_the_form("other", "name"))
    named = pl.concat([said.select("id", "name"), telling.select("id", name="other")]).drop_nulls("name")
    parted = n.parted(n.trading_as(named))
    ordered = parted.sort("id", "tight", "units", "stated", "bare")
    different = ordered.filter(pl.any_horizontal(pl.col(of).ne_missing(pl.col(of).shift()) for of in _NAME))
    row = pl.int_range(pl.len(), dtype=pl.Int64)
    began = pl.when(pl.col("id").ne_missing(pl.col("id").shift())).then(row).forward_fill()
    counted = different.with_columns((row - began).alias("nth")).filter(pl.col("nth") < MOST_NAMES)
    return counted.drop("name")


def _but_for_the_form(short: str, long: str) -> pl.Expr:
    """Whether ``long`` is ``short`` with nothing but a legal form behind it, as registers mostly have it."""
    rest = pl.col(long).str.strip_prefix(pl.col(short)).str.strip_chars(" ")
    return rest.is_in(["", "B.V.", "BV", "N.V.", "V.O.F.", "U.A.", "b.v.", "Bv", "C.V."]).fill_null(False)
