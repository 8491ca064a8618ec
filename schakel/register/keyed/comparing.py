"""How two encoded statements stand to each other: the table that `matching.scoring` weighs, made from codes.

The levels are those of `matching.comparing` as far as codes can tell them: a name is the same (one code), of
sisters (another code, one core), part of the other or more or less alike by its filter. How much a shared code says
is counted as it is of open values: -log2 of how common it is, in thousandths of a bit.
"""

from __future__ import annotations

import polars as pl

from schakel.register.keyed.filters import contained, likeness
from schakel.register.keyed.pairing import Coded, one_slip_apart
from schakel.register.matching.frequencies import BIT, FEWEST, LIMIT, limit

# Filters so much alike (thousandths) count as the level of open names that such pairs mostly have.
ALIKE = {"typo": 820, "short": 650, "some": 450, "other": 0}
_RANKS = ("other", "some", "part", "short", "typo", "same")  # the best of several names counts
_AGREES = _RANKS.index("typo")
_SLICE = 500_000  # pairs of names held against each other at a time
_HOUSE_BITS = 3 * BIT  # a house number within its postcode
_USUAL_CITY = 10  # of `FEWEST` unseen statements, how many would be in any one place


def compared(pairs: pl.DataFrame, left: Coded, right: Coded, *, each: float) -> pl.DataFrame:
    """For ``pairs`` [a, b]: the levels of each field (null where not both state it), and what shared codes say.

    Columns as of table ``compared`` in `matching.comparing`. ``each``: things to a statement of ``right``,
    over which is counted how common a code is.
    """
    mine = left.about.select("id", pl.all().exclude("id").name.suffix("_a"))
    theirs = right.about.select("id", pl.all().exclude("id").name.suffix("_b"))
    both = (
        pairs.join(_names(pairs, left, right, each), on=["a", "b"], how="left")
        .with_columns(pl.col("name").fill_null("other"), pl.col("sister").fill_null(False))
        .with_columns(pl.col("name_bits").fill_null(0))
        .join(mine, left_on="a", right_on="id")
        .join(theirs, left_on="b", right_on="id")
        .join(one_slip_apart(left, right).with_columns(slip=True), on=["kvk_a", "kvk_b"], how="left")
        .with_columns(number=_number(), place=_place(), shared=pl.col("sites_a").list.set_intersection("sites_b"))
        .with_columns(web=_web(), shared_site=pl.col("shared").list.sort().list.first())
    )
    for field, code in (
        ("postcode", "postcode_b"),
        ("city", "city_b"),
        ("address", "address_b"),
        ("site", "shared_site"),
    ):
        said = _bits(right, field, each).rename({"bits": f"{field}_bits"})
        both = both.join(said, left_on=code, right_on="code", how="left")
    beside = pl.when(pl.col("name").is_in(["other", "some"])).then(pl.lit("/other")).otherwise(pl.lit(""))
    regime = pl.when("sister").then(pl.lit("/sister")).otherwise(beside)
    return both.select(
        "a",
        "b",
        "name",
        "sister",
        "number",
        "name_bits",
        pl.col("place") + regime,
        pl.col("web") + regime,
        permanent=pl.lit(False),
        form=pl.lit(None, pl.String),
        form_bits=pl.lit(0, pl.Int64),
        near=pl.col("place").is_in(["address", "postcode", "street"]).fill_null(False)
        | (pl.col("web") == "same").fill_null(False),
        place_bits=_place_bits().fill_null(0),
        web_bits=pl.when(pl.col("web") == "same").then("site_bits").fill_null(0),
    ).sort("a", "b")


def _number() -> pl.Expr:
    same = (pl.col("kvk_a") == pl.col("kvk_b")) | (pl.col("rsin_a") == pl.col("rsin_b"))
    differ = (pl.col("kvk_a") != pl.col("kvk_b")).fill_null(pl.col("rsin_a") != pl.col("rsin_b"))
    return (
        pl.when(same.fill_null(False))
        .then(pl.lit("same"))
        .when("slip")
        .then(pl.lit("slip"))
        .when(differ)
        .then(pl.lit("differ"))
    )


def _place() -> pl.Expr:
    house = pl.col("house_a") == pl.col("house_b")
    at_home = pl.when(house).then(pl.lit("address")).when(~house).then(pl.lit("beside")).otherwise(pl.lit("postcode"))
    postcode, city, street = (pl.col(f"{field}_a") == pl.col(f"{field}_b") for field in ("postcode", "city", "address"))
    in_city = pl.when(~postcode).then(pl.lit("moved")).otherwise(pl.lit("city"))
    return (
        pl.when(postcode)
        .then(at_home)
        .when(street)
        .then(pl.lit("street"))
        .when(city)
        .then(in_city)
        .when(~city | ~postcode)
        .then(pl.lit("away"))
    )


def _place_bits() -> pl.Expr:
    place = pl.col("place")
    house = pl.when(place == "address").then(_HOUSE_BITS).otherwise(0)
    at_home = place.is_in(["address", "postcode", "beside"])
    return (
        pl.when(at_home)
        .then(pl.col("postcode_bits") + house)
        .when(place == "street")
        .then("address_bits")
        .when(place.is_in(["city", "moved"]))
        .then("city_bits")
    )


def _web() -> pl.Expr:
    shared, stated = pl.col("shared").list.len() > 0, pl.min_horizontal(pl.col("sites_a", "sites_b").list.len()) > 0
    return pl.when(shared).then(pl.lit("same")).when(stated).then(pl.lit("differ"))


def _bits(side: Coded, field: str, each: float) -> pl.DataFrame:
    """[code, bits]: what it says to share each code of ``field``."""
    usual = _USUAL_CITY if field == "city" else 0
    bearers = pl.max_horizontal(pl.col("id").n_unique() * each, pl.lit(1.0)) + usual
    said = (BIT * ((side.many + FEWEST) / bearers).log(2)).round().cast(pl.Int64)
    return side.stated(field).group_by("code").agg(said.alias("bits"))


def _names(pairs: pl.DataFrame, left: Coded, right: Coded, each: float) -> pl.DataFrame:
    """[a, b, name, sister, name_bits] for ``pairs`` of which both have a name; each name with each, the best counts."""
    met = [_met(part, left, right, each) for part in pairs.iter_slices(_SLICE)]
    if not met:
        empty = {"a": pl.Int64, "b": pl.Int64, "name": pl.String, "sister": pl.Boolean, "name_bits": pl.Int64}
        return pl.DataFrame(schema=empty)
    return pl.concat(met)


def _met(pairs: pl.DataFrame, left: Coded, right: Coded, each: float) -> pl.DataFrame:
    bits = _bits(right, "name", each)
    most = min(limit(right.many), LIMIT * BIT)
    mine, theirs = (_weighed(side, bits, most) for side in (left, right))
    met = pairs.join(mine, left_on="a", right_on="id").join(theirs, left_on="b", right_on="id", suffix="_b")
    filters = left.filters[met["row"].to_numpy()], right.filters[met["row_b"].to_numpy()]
    same = pl.col("name") == pl.col("name_b")
    met = met.with_columns(
        pl.Series("alike", likeness(*filters)),
        pl.Series("part", contained(*filters)),
        sister=(pl.col("core") == pl.col("core_b")) & ~same,
        bits=_least("bits", "bits_b"),
    )
    said = met.with_columns(
        rank=pl.when("sister").then(-1).when(same).then(len(_RANKS) - 1).otherwise(_rank()).cast(pl.Int64),
        bits=pl.when(same)
        .then("bits")
        .when("part")
        .then("bits")
        .when(pl.col("alike") >= ALIKE["some"])
        .then(pl.col("bits") * pl.col("alike") // 1000),
    ).with_columns(bits=pl.when(pl.col("rank") > 0).then("bits").fill_null(0))
    best = said.group_by("a", "b").agg(
        pl.col("rank").max(), pl.col("sister").any(), pl.col("bits").sort_by("rank", "bits").last().alias("name_bits")
    )
    levels = pl.col("rank").replace_strict(dict(enumerate(_RANKS)) | {-1: "sister"}, return_dtype=pl.String)
    return best.select("a", "b", levels.alias("name"), pl.col("sister") & (pl.col("rank") < _AGREES), "name_bits")


def _least(one: str, other: str) -> pl.Expr:
    return pl.min_horizontal(one, other)


def _weighed(side: Coded, bits: pl.DataFrame, most: int) -> pl.DataFrame:
    named = side.names.with_row_index("row").join(
        bits, left_on="name", right_on="code", how="left", maintain_order="left"
    )
    return named.select("id", "row", "name", "core", pl.col("bits").fill_null(most).clip(upper_bound=most))


def _rank() -> pl.Expr:
    levels = pl.lit(0)
    for level, least in sorted(ALIKE.items(), key=lambda item: item[1]):
        levels = pl.when(pl.col("alike") >= least).then(_RANKS.index(level)).otherwise(levels)
    return pl.when(pl.col("part") & (levels < _AGREES)).then(_RANKS.index("part")).otherwise(levels)
