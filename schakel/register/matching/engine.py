"""Which records are one organisation, and which register entry it is: the round over all of them."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from schakel.register.matching import learning, repeats, scoring, statements
from schakel.register.matching.backends import Backend, Met
from schakel.register.matching.grouping import Evidence, group
from schakel.register.matching.matched import Matched
from schakel.register.matching.model import Model
from schakel.register.matching.on_duckdb import OnDuckDB
from schakel.register.matching.statements import Schema

JUDGED: Schema = {"a": pl.Int64, "b": pl.Int64, "entry": pl.Int64, "same": pl.Boolean}
STANDING: Schema = {"record": pl.Int64, "identity": pl.Int64}
LOOKED_AT = 4000  # thousandths of a bit below the threshold: from there on a pair is asked about, or tells why not
_LEVELS = dict.fromkeys(("number", "name", "place", "web", "form"), pl.String)
BEST = (
    {"a": pl.Int64, "b": pl.Int64, "score": pl.Int64}
    | _LEVELS
    | {"sister": pl.Boolean, "place_among": pl.Int64, "lead": pl.Int64}
)


def match(
    records: pl.DataFrame,
    register: pl.DataFrame,
    *,
    judged: pl.DataFrame | None = None,
    standing: pl.DataFrame | None = None,
    model: Model | None = None,
    backend: Backend | None = None,
) -> Matched:
    """Hold ``records`` against each other and the ``register``; columns that miss are empty.

    ``records``: record (unique), owner, year, number (permanent within owner), name, other_names, kvk,
    rsin, legal_form, street or address, house_number, postcode, city, country, website, mail, kind.
    ``register``: entry, kvk, rsin, name, trade_names, former_names, legal_form, street, house_number,
    postcode, city, website. ``judged``: a, b or entry, same. ``standing``: record, identity; these
    records stay where they are. ``model``: weights as they are; without one they are learned from
    these very records. ``backend``: where pairs are met and compared, DuckDB if nothing is said. The
    answer depends on neither the order of rows nor the backend. Raises what opening the backend does.
    """
    judged, standing = _shaped(judged, JUDGED), _shaped(standing, STANDING)
    heads = repeats.heads(records, judged, standing)
    said = statements.of_records(records.filter(pl.col("record").is_in(heads["head"].implode())))
    used, learn = model or Model(), model is None
    with (backend or OnDuckDB()).meet(said, register) as (with_entries, among):
        entries, used = _entries(with_entries, used, learn=learn)
        pairs, used = _pairs(among, used, learn=learn)
    known = pl.concat([entries["b"], judged["entry"].drop_nulls()]).unique()
    listed = statements.numbers(register, known)
    evidence = Evidence(said.about, listed, entries, pairs, judged, repeats.of_heads(standing, heads))
    return repeats.told(group(evidence, used), heads)


def _shaped(frame: pl.DataFrame | None, schema: Schema) -> pl.DataFrame:
    return pl.DataFrame(schema=schema) if frame is None else statements.shaped(frame, schema)


def _entries(met: Met, model: Model, *, learn: bool) -> tuple[pl.DataFrame, Model]:
    """The best entries of each record, and the model with what was learned."""
    if not met.many:
        return pl.DataFrame(schema=BEST), model
    compared, side = met.compared(), scoring.entry_side(model, met.many)
    if learn and (taught := learning.learned(compared, side)) is not side:
        side = replace(taught, prior=taught.prior + model.lift)
    return best_entries(scoring.rank_entries(scoring.score(compared, side, met.many))), replace(model, entry=side)


def best_entries(ranked: pl.DataFrame) -> pl.DataFrame:
    """Rows of BEST: of each record the likeliest entry, and those that bear its number; the score is the odds."""
    kept = ranked.filter((pl.col("place_among") == 1) | (pl.col("number") == "same"))
    return kept.with_columns(score="odds").select(BEST.keys()).sort("a", "place_among")


def _pairs(met: Met, model: Model, *, learn: bool) -> tuple[pl.DataFrame, Model]:
    """The pairs of records that may be one, and the model with what was learned."""
    compared, began = met.compared(), scoring.record_side(model, met.many)
    side = learning.learned(compared, began) if learn else began
    return links(scoring.score(compared, side, met.many), model), replace(model, record=side)


def links(scored: pl.DataFrame, model: Model) -> pl.DataFrame:
    """The pairs of ``scored`` that may join two records or tell why not."""
    told = (pl.col("score") >= model.join - LOOKED_AT) | (pl.col("number") == "same") | pl.col("permanent")
    kept = scored.filter(told.fill_null(False) | (pl.col("sister") & pl.col("near")))
    return kept.select("a", "b", "score", *_LEVELS, "sister").sort("a", "b")
