"""Where an organisation says it is, brought to one spelling."""

from __future__ import annotations

import polars as pl
from rapidfuzz.distance import OSA

from schakel.register.joining.spelling import respelled

# Places with two names of their own, not spellings of one.
OTHER_NAMES = {
    "den haag": "s gravenhage",
    "the hague": "s gravenhage",
    "den bosch": "s hertogenbosch",
    "ljouwert": "leeuwarden",
    "snits": "sneek",
    "flushing": "vlissingen",
}


def postcode(column: str) -> pl.Expr:
    """The Dutch postcode in ``column`` as "1234AB"; null where it is not whole."""
    tight = pl.col(column).str.to_uppercase().str.replace_all(r"[^0-9A-Z]", "")
    return pl.when(tight.str.contains(r"^[1-9]\d{3}[A-Z]{2}$")).then(tight)


def district(column: str) -> pl.Expr:
    """The four digits of the postcode in ``column``; null where there are none."""
    return pl.col(column).str.extract(r"^\s*([1-9]\d{3})(?:\D|$)", 1)


def city(column: str) -> pl.Expr:
    """The place in ``column`` in plain letters under its official name; null where there is none."""
    letters = respelled(pl.col(column), lambda place: OTHER_NAMES.get(place, place))
    return pl.when(letters != "").then(letters)


def of(postcode_in: str, city_in: str, country_in: str = "") -> list[pl.Expr]:
    """Expressions for "postcode", "district" and "city". Abroad there is only the city, with its country."""
    abroad = pl.col(country_in).fill_null("NL") != "NL" if country_in else pl.lit(False)
    away = city(city_in) + " " + pl.col(country_in) if country_in else city(city_in)
    return [
        pl.when(~abroad).then(postcode(postcode_in)).alias("postcode"),
        pl.when(~abroad).then(district(postcode_in)).alias("district"),
        pl.when(abroad).then(away).otherwise(city(city_in)).alias("city"),
    ]


def mended(said: pl.DataFrame, known: pl.Series) -> pl.DataFrame:
    """``said`` with each misspelt "city" replaced by the one ``known`` place that is a single slip away."""
    places = sorted(known.drop_nulls().unique())
    strange = sorted(set(said["city"].drop_nulls()) - set(places))
    mends = {city: found[0] for city in strange if len(found := _one_slip_from(city, places)) == 1}
    return said.with_columns(pl.col("city").replace(mends))


def _one_slip_from(city: str, places: list[str]) -> list[str]:
    return [place for place in places if len(city) > 3 and OSA.distance(city, place, score_cutoff=1) == 1]
