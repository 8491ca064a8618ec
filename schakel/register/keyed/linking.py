"""Keyed records with keyed records: which are one organisation, found by who holds no key.

Pairs are weighed (`matching.scoring`, `matching.learning`) and clustered (`matching.grouping`) by the same code
as open records, so the same invariants hold: no cluster with clashing numbers, two register entries or two
permanent numbers of one agency. The answer does not depend on the order of indexes or rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from schakel.register.keyed.comparing import compared
from schakel.register.keyed.index import RECORDS, REGISTER, Index
from schakel.register.keyed.pairing import Coded, coded, one_slip_apart, pairs_across, pairs_within
from schakel.register.keyed.refusing import refused
from schakel.register.matching import learning, scoring
from schakel.register.matching.engine import BEST, JUDGED, STANDING, best_entries, links
from schakel.register.matching.frequencies import IN_LISTS
from schakel.register.matching.grouping import Evidence, group
from schakel.register.matching.matched import Matched
from schakel.register.matching.model import Model
from schakel.register.matching.statements import LISTED

# Witnesses to learn from: by codes fewer pairs are met than by names, and weights not learned fit codes less.
FEWEST = 50


@dataclass(frozen=True, slots=True)
class KeyedLinks:
    """``answers``: agency, rid, number, identity (1 for the first organisation), decided; in order of agency and rid.

    ``matched``: all that was answered, by the place of a record in that order; an entry by its place in its index.
    """

    answers: pl.DataFrame
    matched: Matched


def link_indexes(indexes: Sequence[Index], register: Index | None = None) -> KeyedLinks:
    """Hold the records of ``indexes`` against each other and, where it is there, the encoded ``register``.

    Raises KeyedRefused where they are of different rounds or keys, or a record comes twice.
    """
    _refuse_mixed(indexes, register)
    rows = pl.concat([index.rows for index in indexes]).sort("agency", "record")
    if rows.select("agency", "record").is_duplicated().any():
        raise refused(
            "Een record komt twee keer voor; geef van elk bureau één lijst.",
            "A record comes twice; give one index for each agency.",
        )
    rows = rows.with_columns(id=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    entries = None if register is None else register.rows.with_columns(id=pl.int_range(pl.len(), dtype=pl.Int64))
    matched = group(*weighed(rows, entries))
    number = pl.col("cluster").rank("dense").cast(pl.Int64)
    found = matched.answers.select("record", number.alias("identity"), "decided")
    answers = rows.join(found, left_on="id", right_on="record", maintain_order="left")
    return KeyedLinks(answers.select("agency", "number", "identity", "decided", rid="record"), matched)


def _refuse_mixed(indexes: Sequence[Index], register: Index | None) -> None:
    sides = [index.side for index in indexes]
    if not indexes or set(sides) != {RECORDS} or (register is not None and register.side != REGISTER):
        raise refused(
            "Geef een of meer versleutelde lijsten van bureaus, en het versleutelde handelsregister apart.",
            "Give one or more encoded lists of agencies, and the encoded trade register apart.",
        )
    every = [*indexes, *([register] if register is not None else [])]
    if len({index.round for index in every}) > 1:
        raise refused(
            "De lijsten zijn van verschillende ronden: {rounds}. Alleen lijsten van één ronde zijn te vergelijken.",
            "The indexes are of different rounds: {rounds}. Only those of one round can be compared.",
            rounds=", ".join(sorted({index.round for index in every})),
        )
    if len({index.check for index in every}) > 1:
        raise refused(
            "De lijsten zijn met verschillende sleutels gemaakt. Ga na of elk bureau de sleutel van deze ronde heeft.",
            "The indexes were made with different keys. See that each agency has the key of this round.",
        )


def weighed(rows: pl.DataFrame, entries: pl.DataFrame | None) -> tuple[Evidence, Model]:
    """What speaks for which of ``rows`` and ``entries`` being one, and the weights learned from them.

    ``rows``: id, agency, number and the columns of `CODES` and `LISTS`; ``entries``: id and the same columns. All are
    of one key, which is not looked at here.
    """
    records, model = coded(rows), Model()
    best, listed = pl.DataFrame(schema=BEST), pl.DataFrame(schema=LISTED)
    if entries is not None and entries.height:
        best, model = _against_register(records, coded(entries), model)
        listed = _numbers(entries.join(best.select(id="b").unique(), on="id", how="semi")).select("id", "kvk", "rsin")
    pairs, model = _against_each_other(records, model, _permanent(rows))
    empty = {name: pl.DataFrame(schema=schema) for name, schema in (("judged", JUDGED), ("standing", STANDING))}
    told = (_about(rows), listed, best, pairs, empty["judged"], empty["standing"])
    return Evidence(*told, mistyped=_mistyped(records)), model


def _against_register(records: Coded, entries: Coded, model: Model) -> tuple[pl.DataFrame, Model]:
    known = compared(pairs_across(records, entries), records, entries, each=1)
    side = scoring.entry_side(model, entries.many)
    if (taught := learning.learned(known, side, fewest=FEWEST)) is not side:
        side = replace(taught, prior=taught.prior + model.lift)
    ranked = scoring.rank_entries(scoring.score(known, side, entries.many))
    return best_entries(ranked), replace(model, entry=side)


def _against_each_other(records: Coded, model: Model, permanent: pl.DataFrame) -> tuple[pl.DataFrame, Model]:
    pairs = pl.concat([pairs_within(records), permanent]).unique().sort("a", "b")
    own = pl.struct("a", "b").is_in(permanent.to_struct().implode())
    known = compared(pairs, records, records, each=IN_LISTS).with_columns(permanent=own)
    side = learning.learned(known, scoring.record_side(model, records.many), fewest=FEWEST)
    scored = scoring.score(known, side, records.many)
    return links(scored, model), replace(model, record=side)


def _permanent(rows: pl.DataFrame) -> pl.DataFrame:
    """[a, b]: two records of an agency under one permanent number, each with the first."""
    numbered = rows.select("id", "agency", "number").filter(pl.col("number").fill_null("") != "")
    first = numbered.with_columns(a=pl.col("id").min().over("agency", "number"))
    return first.filter(pl.col("a") != pl.col("id")).select("a", b="id")


def _mistyped(records: Coded) -> Callable[[str, str], bool]:
    """Whether the codes of two KvK numbers, as `_numbers` gives them, are of one number or of two one slip apart."""
    near = one_slip_apart(records, records).select(pl.all().bin.encode("hex"))
    apart = frozenset(near.iter_rows())
    return lambda number, other: number == other or (number, other) in apart


def _numbers(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col("kvk", "rsin").bin.encode("hex"))


def _about(rows: pl.DataFrame) -> pl.DataFrame:
    own = pl.when(pl.col("number").fill_null("") != "").then(pl.col("agency") + " " + pl.col("number"))
    return _numbers(rows).select("id", "kvk", "rsin", "number", own=own, owner="agency")
