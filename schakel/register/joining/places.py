"""Where an organisation says it is, brought to one spelling."""

from __future__ import annotations

import polars as pl

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


def city(column: str) -> pl.Expr:
    """The place in ``column`` in plain letters under its official name; null where there is none."""
    letters = respelled(pl.col(column), lambda place: OTHER_NAMES.get(place, place))
    return pl.when(letters != "").then(letters)
