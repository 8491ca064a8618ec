"""How two statements stand to each other, field by field: a level, and what the shared value says.

Levels are words that a person can read (`explaining`); weights for them are the model's. Names are
compared each with each (`names`), the best counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from schakel.register.matching.frequencies import BIT, COUNTED, LIMIT, Frequencies, limit
from schakel.register.matching.names import AGREES, ALIKE, LEVELS, Spelled, spelled, with_slips
from schakel.register.matching.statements import Said

Ints = npt.NDArray[np.int64]
AT_A_TIME = 50_000  # pairs; bounds what is held in memory
CITY_BITS = 5 * BIT  # a place that only the other side spells so
HOUSE_BITS = 3 * BIT  # a house number within its postcode
LABEL_LETTERS = 5  # a shorter label of a site is no name; one of twelve may be the beginning of a name
LONG_LABEL = 12
_FIELDS = ("kvk", "rsin", "form", "postcode", "district", "city", "street", "house", "site", "mail", "label", "own")
_NAMED = (
    dict.fromkeys(("a", "b", "bits"), pl.Int64)
    | {"level": pl.String, "sister": pl.Boolean, "agrees": pl.Boolean, "fa": pl.String, "fb": pl.String}
    | {"label_bits": pl.Int64}
)
_SHARED = {"a": ("site", "mail"), "b": ("postcode", "address", "district", "city", "label")}
_AGREES = [LEVELS.index(level) for level in AGREES]


def compare(pairs: pl.DataFrame, left: Said, right: Said, said: Frequencies, many: int) -> pl.DataFrame:
    """A row for each of ``pairs`` [a, b] that both have a name: a, b, the levels (null where not both state it), bits.

    ``said``: what values say that one of ``many`` states. In the frame, sister: the names are those of
    sister companies and of no other kind; near: at one address or site; permanent: under one number of
    one agency. The bits are what the shared values say, in thousandths.
    """
    names = spelled(left.names, right.names, said, many)
    sides = Sides(left, right, _weighed(left.about, said, "a"), _weighed(right.about, said, "b"), said["form"])
    parts = [_compared(part, names, sides) for part in pairs.sort("a", "b").iter_slices(AT_A_TIME)]
    return pl.concat(parts or [_compared(pairs, names, sides)])


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a comparison; ``a`` and ``b``: what the statements of each state, row by row, and what it says."""

    left: Said
    right: Said
    a: pl.DataFrame
    b: pl.DataFrame
    forms: pl.DataFrame


def _compared(pairs: pl.DataFrame, names: Spelled, sides: Sides) -> pl.DataFrame:
    named = _named(pairs, names, sides.left, sides.right)
    a, b = sides.a[_rows(sides.left.about, named["a"])], sides.b[_rows(sides.right.about, named["b"])]
    met = pl.concat([named, a, b], how="horizontal")
    levels = with_slips(
        met,
        kvk=("kvk_a", "kvk_b", _apart("kvk") & _MAY_SLIP),
        city=("city_a", "city_b", _apart("city") & _CITY_MAY_SLIP),
    ).with_columns(number=_number(), place=_place(), web=_web(), form_a=_form("a"), form_b=_form("b"))
    most = min(limit(names.many), LIMIT * BIT)
    return (
        levels.join(sides.forms.select(form_b="form", form_said="bits"), on="form_b", how="left", maintain_order="left")
        .with_columns(site=_site(), regime=_regime())
        .select(
            "a",
            "b",
            pl.col("level").alias("name"),
            sister=pl.col("sister") & ~pl.col("agrees"),
            permanent=(pl.col("own_a") == pl.col("own_b")).fill_null(False),
            number="number",
            place=pl.col("place") + pl.col("regime"),
            web=pl.col("site") + pl.col("regime"),
            form=_same_or_differ("form"),
            name_bits="bits",
            near=pl.col("place").is_in(["address", "postcode", "street"]).fill_null(False)
            | pl.col("site").is_in(["same", "named"]).fill_null(False),
            place_bits=_place_bits().fill_null(0),
            web_bits=_web_bits(most).fill_null(0),
            form_bits=pl.when(_same("form")).then("form_said").fill_null(0),
        )
    )


def _named(pairs: pl.DataFrame, names: Spelled, left: Said, right: Said) -> pl.DataFrame:
    """``pairs`` with the best level of their names, its bits, the forms in those names, and what their sites name."""
    row = pl.int_range(pl.len(), dtype=pl.Int64)
    x, y = left.names.select("id", x=row), right.names.select("id", y=row)
    met = (
        pairs.select("a", "b", pair=row)
        .join(x, left_on="a", right_on="id", maintain_order="left")
        .join(y, left_on="b", right_on="id", maintain_order="left")
    )
    rows = [met[row].to_numpy() for row in "xy"]
    told = pl.concat([met, names.compared(*rows)], how="horizontal")
    nth = [side.names["nth"].to_numpy()[row] for side, row in zip((left, right), rows, strict=True)]
    rank = ((told["level"].to_numpy() * 32768 + told["bits"].to_numpy()) * 64 - nth[0]) * 64 - nth[1]
    starts = np.diff(told["pair"].to_numpy(), prepend=-1) != 0
    first, group = np.flatnonzero(starts), np.cumsum(starts) - 1
    if not len(first):
        return pl.DataFrame(schema=_NAMED)
    best = np.flatnonzero(rank == np.maximum.reduceat(rank, first)[group])
    level, labelled = told["level"].to_numpy(), _label_bits(told, rows, left, right)
    return told[best].select(
        "a",
        "b",
        "bits",
        level=pl.Series(LEVELS, dtype=pl.String).gather(pl.Series(level[best])),
        sister=pl.Series(np.logical_or.reduceat(level == LEVELS.index("sister"), first)),
        agrees=pl.Series(np.logical_or.reduceat(np.isin(level, _AGREES), first)),
        fa=left.names["stated"].gather(rows[0][best]),
        fb=right.names["stated"].gather(rows[1][best]),
        label_bits=pl.Series(np.maximum.reduceat(labelled, first)),
    )


def _label_bits(told: pl.DataFrame, rows: list[Ints], left: Said, right: Said) -> Ints:
    """What it says that the site of the one is the name of the other, for each name with each."""
    sides = {"a": (left, rows[0]), "b": (right, rows[1])}
    columns = {}
    for side, (said, row) in sides.items():
        columns[f"label_{side}"] = said.about["label"].gather(_rows(said.about, told[side]))
        columns[f"bare_{side}"] = said.names["bare"].gather(row)
    label = pl.when(_is_label("label_a", "bare_b")).then("bits_b").when(_is_label("label_b", "bare_a")).then("bits_a")
    return told.with_columns(**columns).select(bits=label.otherwise(0).cast(pl.Int64))["bits"].to_numpy()


def _is_label(label: str, name: str) -> pl.Expr:
    letters = pl.col(label).str.len_chars()
    begins = (letters >= LONG_LABEL) & pl.col(name).str.starts_with(pl.col(label))
    return (letters >= LABEL_LETTERS) & ((pl.col(label) == pl.col(name)) | begins)


def _rows(about: pl.DataFrame, ids: pl.Series) -> Ints:
    """Where the statements ``ids`` stand in ``about``, that is in the order of id."""
    return np.searchsorted(about["id"].to_numpy(), ids.to_numpy())


def _weighed(about: pl.DataFrame, said: Frequencies, side: str) -> pl.DataFrame:
    """`_FIELDS` of each statement, with what those of `_SHARED` say, *_said; all names end on the ``side``."""
    stated = about.select(_FIELDS)
    for value in _SHARED[side]:
        table = "site" if value == "mail" else value
        columns = [value] if value == "mail" else list(COUNTED[table].columns)
        bits = said[table].rename({"bits": f"{value}_said"} | ({"site": "mail"} if value == "mail" else {}))
        stated = stated.join(bits, on=columns, how="left", maintain_order="left")
    return stated.select(pl.all().name.suffix(f"_{side}"))


def _same(field: str) -> pl.Expr:
    return (pl.col(f"{field}_a") == pl.col(f"{field}_b")).fill_null(False)


def _apart(field: str) -> pl.Expr:
    return (pl.col(f"{field}_a") != pl.col(f"{field}_b")).fill_null(False)


def _missing(field: str) -> pl.Expr:
    return pl.col(f"{field}_a").is_null() | pl.col(f"{field}_b").is_null()


def _same_or_differ(field: str) -> pl.Expr:
    return pl.when(_same(field)).then(pl.lit("same")).when(_apart(field)).then(pl.lit("differ"))


@cache
def _number() -> pl.Expr:
    unlike = pl.when(pl.col("kvk_slips") <= 1).then(pl.lit("slip")).otherwise(pl.lit("differ"))
    other = pl.when(_missing("kvk")).then(pl.when(_apart("rsin")).then(pl.lit("differ"))).otherwise(unlike)
    return pl.when(_same("kvk") | _same("rsin")).then(pl.lit("same")).otherwise(other)


# A digit that is another, or two that changed places, leave the first three or the last three as they are.
_KVK = (pl.col("kvk_a"), pl.col("kvk_b"))
_MAY_SLIP = (_KVK[0].str.head(3) == _KVK[1].str.head(3)) | (_KVK[0].str.tail(3) == _KVK[1].str.tail(3))
_CITY = (pl.col("city_a"), pl.col("city_b"))
_CITY_MAY_SLIP = (_CITY[0].str.head(1) == _CITY[1].str.head(1)) & (_CITY[0].str.len_chars() > 3)


@cache
def _place() -> pl.Expr:
    house, street, city, district = _same("house"), _same("street"), _same("city"), _same("district")
    at_home = (
        pl.when(house)
        .then(pl.lit("address"))
        .when(_missing("house"))
        .then(pl.lit("postcode"))
        .otherwise(pl.lit("beside"))
    )
    elsewhere = _apart("district") | (_apart("house") & _apart("street"))
    return (
        pl.when(_same("postcode"))
        .then(at_home)
        .when(street & house & (city | district | (_missing("city") & _missing("district"))))
        .then(pl.lit("street"))
        .when(district)
        .then(pl.lit("district"))
        .when(city)
        .then(pl.when(elsewhere).then(pl.lit("moved")).otherwise(pl.lit("city")))
        .when(pl.col("city_slips") == 1)
        .then(pl.lit("city"))
        .when(_apart("city") | _apart("district"))
        .then(pl.lit("away"))
    )


@cache
def _place_bits() -> pl.Expr:
    place, postcode = pl.col("place"), pl.col("postcode_said_b")
    return (
        pl.when(place == "address")
        .then(postcode + HOUSE_BITS)
        .when(place.is_in(["postcode", "beside"]))
        .then(postcode)
        .when(place == "street")
        .then("address_said_b")
        .when(place == "district")
        .then("district_said_b")
        .when(place == "city")
        .then(pl.col("city_said_b").fill_null(CITY_BITS))
        .when(place == "moved")
        .then("city_said_b")
    )


_OWN_SITE = (pl.col("site_a") == pl.col("site_b")) | (pl.col("site_a") == pl.col("mail_b"))
_OWN_MAIL = (pl.col("mail_a") == pl.col("site_b")) | (pl.col("mail_a") == pl.col("mail_b"))


@cache
def _web() -> pl.Expr:
    labelled = _same("label") & (pl.col("label_a").str.len_chars() >= LABEL_LETTERS)
    return (
        pl.when((_OWN_SITE | _OWN_MAIL).fill_null(False))
        .then(pl.lit("same"))
        .when(labelled)
        .then(pl.lit("label"))
        .when(~_missing("label"))
        .then(pl.lit("differ"))
    )


@cache
def _site() -> pl.Expr:
    """The level of the sites, where one of them may be the name of the other."""
    named, same = pl.col("label_bits") > 0, (pl.col("web") == "same").fill_null(False)
    telling = pl.col("web").fill_null("differ") == "differ"
    return (
        pl.when(named & same)
        .then(pl.lit("named"))
        .when(named & telling & ~pl.col("level").is_in(AGREES))
        .then(pl.lit("name"))
        .otherwise("web")
    )


def _web_bits(most: int) -> pl.Expr:
    shared = pl.when(_OWN_SITE.fill_null(False)).then("site_said_a").otherwise("mail_said_a")
    return (
        pl.when(pl.col("site").is_in(["same", "named"]))
        .then(shared)
        .when(pl.col("site") == "label")
        .then("label_said_b")
        .when(pl.col("site") == "name")
        .then(pl.min_horizontal("label_bits", most))
    )


@cache
def _regime() -> pl.Expr:
    """Place and site weigh otherwise beside names of sisters, and beside names that are not alike."""
    sister = pl.when("sister").then(pl.lit("/sister")).otherwise(pl.lit("/other"))
    return pl.when(pl.col("level").is_in(ALIKE)).then(pl.lit("")).otherwise(sister)


def _form(side: str) -> pl.Expr:
    """The legal form in the name that was compared, or else the stated one."""
    return pl.coalesce(f"f{side}", f"form_{side}")
