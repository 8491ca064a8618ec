"""How much it says that two statements share a value: rare values say more than common ones.

In thousandths of a bit: -log2 of the share of a population (the register, else the records
themselves) that has the value. Integers, so that no sum depends on the order of its terms.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from schakel.register.matching.statements import Said

BIT = 1000
FEWEST = 1000  # statements that count as seen before any: in few records a value is not common yet
IN_LISTS = 0.5  # organisations to a record: in lists a name stands for about half as many as bear it
LIMIT = 18  # bits; more is never said by one name, however large the register
Frequencies = Mapping[str, pl.DataFrame]
"""By the names of `COUNTED`: its columns and bits, for values that stand in the population."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: ``columns`` together, in the rows that ``stated`` gives.

    ``once``: a statement may say it more often, and counts once; then the rows have its id too.
    ``usual``: of `FEWEST` unseen statements, how many would have such a value.
    """

    columns: tuple[str, ...]
    stated: Callable[[Said], pl.DataFrame]
    usual: int = 0
    once: bool = False


def _about(*columns: str) -> Callable[[Said], pl.DataFrame]:
    return lambda said: said.about.select(columns).drop_nulls()


def _sites(said: Said) -> pl.DataFrame:
    both = said.about.select("site", "mail")
    other = both.filter(pl.col("mail") != pl.col("site")).select(site="mail")
    return pl.concat([both.select("site").drop_nulls(), other])


COUNTED: Mapping[str, Counted] = {
    "name": Counted(("tight", "units"), lambda said: said.names.select("tight", "units")),
    "word": Counted(("word",), lambda said: said.names.select("id", word="words").explode("word"), once=True),
    "label": Counted(("label",), _about("label")),
    "site": Counted(("site",), _sites),
    "city": Counted(("city",), _about("city"), 10),
    "district": Counted(("district",), _about("district"), 1),
    "postcode": Counted(("postcode",), _about("postcode")),
    "address": Counted(("street", "house"), _about("street", "house")),
    "form": Counted(("form",), _about("form"), 300),
}


def counts(said: Said, wanted: Frequencies | None = None) -> Frequencies:
    """By the names of `COUNTED` its columns and many: how many of ``said`` state a value, of those ``wanted``."""
    found = {}
    for name, what in COUNTED.items():
        stated = what.stated(said)
        if wanted is not None:
            stated = stated.join(wanted[name], on=what.columns, how="semi")
        bearers = pl.col("id").n_unique() if what.once else pl.len()
        found[name] = stated.group_by(what.columns).agg(many=bearers.cast(pl.Int64))
    return found


def together(parts: Iterable[Frequencies]) -> Frequencies:
    """The `counts` of several parts of a population as those of the whole."""
    every = list(parts)
    return {
        name: pl.concat([part[name] for part in every]).group_by(what.columns).agg(pl.col("many").sum())
        for name, what in COUNTED.items()
    }


def weighed(found: Frequencies, *, each: float, many: int) -> Frequencies:
    """What each value says, from `counts` over a population.

    ``each``: how many things one statement stands for: 1 in a register, less in lists that tell of
    one thing more than once. ``many``: how many the population has, of which a part may be counted.
    """
    return {
        name: found[name].select(*what.columns, bits=said_by(pl.col("many"), each=each, usual=what.usual, many=many))
        for name, what in COUNTED.items()
    }


def said_by(bearers: pl.Expr, *, each: float, usual: int | pl.Expr, many: int) -> pl.Expr:
    """What a value says that ``bearers`` of ``many`` statements have."""
    things = pl.max_horizontal(bearers * each, 1.0) + usual
    return (BIT * ((many + FEWEST) / things).log(2)).round().cast(pl.Int64)


def limit(many: int) -> int:
    """What a value says that one of ``many`` statements has."""
    return round(BIT * math.log2(many + FEWEST))
