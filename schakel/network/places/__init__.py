"""Which province a place lies in, from its postcode or else its name.

Source: GeoNames postal codes for the Netherlands (CC BY 4.0, www.geonames.org), state of August 2024:
four-digit postcode > place > municipality > province. Approximate: a few four-digit postcodes cross a
province's border, and municipalities change over the years; see docs/developers/decisions.md.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

SOURCE = "GeoNames (CC BY 4.0), 2024-08"
PROVINCES: dict[str, str] = {
    "GR": "Groningen",
    "FR": "Fryslân",
    "DR": "Drenthe",
    "OV": "Overijssel",
    "FL": "Flevoland",
    "GE": "Gelderland",
    "UT": "Utrecht",
    "NH": "Noord-Holland",
    "ZH": "Zuid-Holland",
    "ZE": "Zeeland",
    "NB": "Noord-Brabant",
    "LI": "Limburg",
}
UNKNOWN, ABROAD = "unknown", "abroad"

# A name that stands for places in several provinces counts only where nearly all its postcodes agree.
_AGREEMENT = 0.8
# How people and foreigners also write some cities; the table has the official names only.
_ALSO = {
    "den haag": "'s-gravenhage",
    "the hague": "'s-gravenhage",
    "den bosch": "'s-hertogenbosch",
    "bois-le-duc": "'s-hertogenbosch",
}


@cache
def _table() -> pl.DataFrame:
    return pl.read_csv(Path(__file__).with_name("postcodes.csv"), schema_overrides={"postcode4": pl.String})


def _key(name: pl.Expr) -> pl.Expr:
    plain = name.str.to_lowercase().str.strip_chars().str.replace_all("[’`´]", "'")
    return plain.replace(_ALSO)


@cache
def _by_postcode() -> pl.DataFrame:
    counted = (
        _table()
        .group_by("postcode4", "province")
        .len()
        .sort("postcode4", "len", "province", descending=[False, True, False])
    )
    return counted.unique("postcode4", keep="first").select("postcode4", by_postcode="province")


@cache
def _by_name() -> pl.DataFrame:
    both = pl.concat(
        [_table().select("province", "postcode4", key=_key(pl.col(column))) for column in ("place", "municipality")]
    ).unique()
    counted = both.group_by("key", "province").len().with_columns(share=pl.col("len") / pl.col("len").sum().over("key"))
    return counted.filter(pl.col("share") >= _AGREEMENT).select("key", by_name="province")


def provinces_of(places: pl.DataFrame) -> pl.Series:
    """Province codes for rows with the columns ``postcode``, ``city`` and ``country`` (String, nullable).

    A country other than NL is "abroad". Else the postcode decides; without a known one the city's
    name, where nearly all postcodes of that name lie in one province; else "unknown".
    """
    found = (
        places.lazy()
        .select("country", postcode4=pl.col("postcode").str.slice(0, 4), key=_key(pl.col("city")))
        .with_row_index("at")
        .join(_by_postcode().lazy(), on="postcode4", how="left")
        .join(_by_name().lazy(), on="key", how="left")
        .sort("at")
        .select(
            pl.when(pl.col("country").fill_null("NL") != "NL")
            .then(pl.lit(ABROAD))
            .otherwise(pl.coalesce("by_postcode", "by_name", pl.lit(UNKNOWN)))
            .alias("province")
        )
        .collect()
    )
    return found["province"]
