"""Which records are one organisation, and which register entry it is: the round over all of them."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
from duckdb import DuckDBPyConnection, connect

from schakel.register.matching import blocking, comparing, frequencies, learning, repeats, scoring, statements
from schakel.register.matching.grouping import Evidence, group
from schakel.register.matching.loading import keep, load
from schakel.register.matching.matched import Matched
from schakel.register.matching.model import Model
from schakel.register.matching.statements import Schema

JUDGED: Schema = {"a": pl.Int64, "b": pl.Int64, "entry": pl.Int64, "same": pl.Boolean}
STANDING: Schema = {"record": pl.Int64, "identity": pl.Int64}
SLICE = 400_000  # entries of the register that are put in one spelling at a time
LISTED: Schema = {"id": pl.Int64, "kvk": pl.String, "rsin": pl.String}
IN_LISTS = 0.5  # organisations to a record: in lists a name stands for about half as many as bear it
LINKS = """SELECT a, b, score, number, name, place, web, form, sister FROM scored
    WHERE score >= {least} OR number = 'same'
      OR permanent OR (sister AND near)
    ORDER BY a, b"""
_LEVELS = dict.fromkeys(("number", "name", "place", "web", "form"), pl.String)
BEST = (
    {"a": pl.Int64, "b": pl.Int64, "score": pl.Int64}
    | _LEVELS
    | {"sister": pl.Boolean, "place_among": pl.Int64, "lead": pl.Int64}
)
ENTRIES = """SELECT a, b, odds AS score, number, name, place, web, form, sister, place_among, lead FROM ranked
    WHERE place_among = 1 OR number = 'same' ORDER BY a, place_among"""


def match(
    records: pl.DataFrame,
    register: pl.DataFrame,
    *,
    judged: pl.DataFrame | None = None,
    standing: pl.DataFrame | None = None,
    model: Model | None = None,
    backend: str = "duckdb",
    threads: int = 2,
) -> Matched:
    """Hold ``records`` against each other and the ``register``; columns that miss are empty.

    ``records``: record (unique), owner, year, number (permanent within owner), name, other_names, kvk,
    rsin, legal_form, street or address, house_number, postcode, city, country, website, mail, kind.
    ``register``: entry, kvk, rsin, name, trade_names, former_names, legal_form, street, house_number,
    postcode, city, website. ``judged``: a, b or entry, same. ``standing``: record, identity; these
    records stay where they are. ``model``: weights as they are; without one they are learned from
    these very records. The answer depends on neither the order of rows nor ``threads``. Raises
    ValueError for a ``backend`` that is not there.
    """
    if backend != "duckdb":
        raise ValueError(f"no backend {backend!r}")
    judged, standing = _shaped(judged, JUDGED), _shaped(standing, STANDING)
    heads = repeats.heads(records, judged, standing)
    said = statements.of_records(records.filter(pl.col("record").is_in(heads["head"].implode())))
    with connect() as database:
        database.execute(f"SET threads = {threads}")
        load(database, "rec", said)
        blocking.make_keys(database, "rec")
        used = model or Model()
        entries, listed, used = _against_register(database, register, used, learn=model is None)
        pairs, used = _against_each_other(database, used, learn=model is None)
    evidence = Evidence(said.about, listed, entries, pairs, judged, repeats.of_heads(standing, heads))
    return repeats.told(group(evidence, used), heads)


def _shaped(frame: pl.DataFrame | None, schema: Schema) -> pl.DataFrame:
    return pl.DataFrame(schema=schema) if frame is None else statements.shaped(frame, schema)


def _against_register(
    database: DuckDBPyConnection, register: pl.DataFrame, model: Model, *, learn: bool
) -> tuple[pl.DataFrame, pl.DataFrame, Model]:
    """The best entries of each record, what those entries state, and the model with what was learned."""
    many = register.height
    if many == 0:
        return pl.DataFrame(schema=BEST), pl.DataFrame(schema=LISTED), model
    blocking.begin_hits(database)
    for start in range(0, many, SLICE):
        load(database, "slice", statements.of_register(register.slice(start, SLICE)))
        blocking.add_hits(database, "slice")
        keep(database, "slice", "reg", first=start == 0)
    blocking.pairs_with_hits(database, many)
    frequencies.count(database, "reg", each=1, many=many)
    frequencies.weigh_names(database, "rec", "a", many)
    frequencies.weigh_names(database, "reg", "b", many)
    comparing.compare(database, "rec", "reg", many)
    side = scoring.entry_side(model, many)
    if learn and (taught := learning.learned(database, side)) is not side:
        side = replace(taught, prior=taught.prior + model.lift)
    scoring.score(database, side, many)
    scoring.rank_entries(database)
    entries = framed(database, ENTRIES)
    listed = framed(database, "SELECT id, kvk, rsin FROM reg SEMI JOIN ranked ON ranked.b = reg.id ORDER BY id")
    database.execute("DROP TABLE reg; DROP TABLE reg_name; DROP TABLE hit; DROP TABLE compared; DROP TABLE ranked")
    return entries, listed, replace(model, entry=side)


def _against_each_other(database: DuckDBPyConnection, model: Model, *, learn: bool) -> tuple[pl.DataFrame, Model]:
    many = frequencies.size(database, "rec")
    blocking.pairs_within(database, many)
    frequencies.count(database, "rec", each=IN_LISTS, many=many)
    frequencies.weigh_names(database, "rec", "", many)
    comparing.compare(database, "rec", "rec", many)
    began = scoring.record_side(model, many)
    side = learning.learned(database, began) if learn else began
    scoring.score(database, side, many)
    return framed(database, LINKS.format(least=model.join - 4000)), replace(model, record=side)


def framed(database: DuckDBPyConnection, sql: str) -> pl.DataFrame:
    """What ``sql`` answers."""
    return pl.DataFrame(database.sql(sql).to_arrow_table())
