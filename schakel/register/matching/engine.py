"""Which records are one organisation, and which register entry it is: the round over all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl
from duckdb import DuckDBPyConnection, connect

from schakel.register.matching import blocking, comparing, frequencies, learning, repeats, scoring, statements
from schakel.register.matching.frequencies import Frequencies
from schakel.register.matching.grouping import Evidence, group
from schakel.register.matching.loading import load
from schakel.register.matching.matched import Matched
from schakel.register.matching.model import Model
from schakel.register.matching.statements import Said, Schema

JUDGED: Schema = {"a": pl.Int64, "b": pl.Int64, "entry": pl.Int64, "same": pl.Boolean}
STANDING: Schema = {"record": pl.Int64, "identity": pl.Int64}
SLICE = 400_000  # entries of the register that are put in one spelling at a time
LISTED: Schema = {"id": pl.Int64, "kvk": pl.String, "rsin": pl.String}
IN_LISTS = 0.5  # organisations to a record: in lists a name stands for about half as many as bear it
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
        with_entries = _with_entries(database, said, register, judged["entry"].drop_nulls())
        among = _among(database, said)
    used, learn = model or Model(), model is None
    entries, used = _entries(with_entries, used, learn=learn)
    pairs, used = _pairs(among, used, learn=learn)
    listed = with_entries.right.about.select(LISTED.keys())
    evidence = Evidence(said.about, listed, entries, pairs, judged, repeats.of_heads(standing, heads))
    return repeats.told(group(evidence, used), heads)


def _shaped(frame: pl.DataFrame | None, schema: Schema) -> pl.DataFrame:
    return pl.DataFrame(schema=schema) if frame is None else statements.shaped(frame, schema)


@dataclass(frozen=True, slots=True)
class Met:
    """Pairs [a, b] to compare, what both sides state, and what the values say that one of ``many`` states."""

    pairs: pl.DataFrame
    left: Said
    right: Said
    known: Frequencies
    many: int

    def compared(self) -> pl.DataFrame:
        """As of `comparing.compare`."""
        return comparing.compare(self.pairs, self.left, self.right, self.known, self.many)


def _with_entries(database: DuckDBPyConnection, said: Said, register: pl.DataFrame, judged: pl.Series) -> Met:
    """Records with the entries that share a telling key; the entries ``judged`` by people are on the right side too."""
    if register.is_empty():
        return Met(pl.DataFrame(), said, Said(pl.DataFrame(schema=LISTED), pl.DataFrame()), {}, 0)
    wanted, counted, parts = frequencies.counts(said), [], []
    blocking.begin_hits(database)
    for start in range(0, register.height, SLICE):
        part = statements.of_register(register.slice(start, SLICE))
        load(database, "slice", part)
        blocking.add_hits(database, "slice")
        counted.append(frequencies.counts(part, wanted))
        parts.append(part)
    pairs = blocking.pairs_with_hits(database, register.height)
    known = frequencies.weighed(frequencies.together(counted), each=1, many=register.height)
    entries = _stated(parts, pl.concat([pairs["b"], judged]).unique())
    return Met(pairs, said, entries, known, register.height)


def _among(database: DuckDBPyConnection, said: Said) -> Met:
    """Records with each other."""
    many = said.about.height
    known = frequencies.weighed(frequencies.counts(said), each=IN_LISTS, many=many)
    return Met(blocking.pairs_within(database, many), said, said, known, many)


def _stated(parts: list[Said], entries: pl.Series) -> Said:
    """What those ``entries`` state, out of what all do."""
    wanted = entries.to_frame("id")
    about, names = (
        pl.concat([frame.join(wanted, on="id", how="semi") for frame in frames]).sort(order)
        for frames, order in (([part.about for part in parts], ["id"]), ([part.names for part in parts], ["id", "nth"]))
    )
    return Said(about, names)


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
