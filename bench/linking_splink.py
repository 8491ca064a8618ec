"""The peer: Splink 5 on DuckDB, over the same records in our own spelling, as its documentation says to set it up."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import polars as pl
import splink.comparison_library as cl
from splink import ColumnExpression, Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from schakel.register.matching import statements
from schakel.register.matching.files import listed, told

# Pairs drawn at random to learn how often unlike records agree: Splink's documentation calls 1e9 best and 1e7 often
# adequate while a model is tried; 1e6 are drawn where nothing is said.
SAMPLE = 1e7
COLUMNS = ["unique_id", "name", "first_word", "kvk", "postcode", "district", "city", "site", "form"]


def main() -> None:
    """FOLDER WITH_REGISTER(0 or 1) OUT [SAMPLE]: writes rid, identity, entry."""
    folder, with_register, out = Path(sys.argv[1]), sys.argv[2] == "1", sys.argv[3]
    sample = float(sys.argv[4]) if len(sys.argv) > 4 else SAMPLE
    frames = [_frame(statements.of_records(told(folder)), several=False)]
    if with_register:
        frames.append(_frame(statements.of_register(listed(folder)), several=True))
    found = _predicted(frames, sample)
    if with_register:
        best = found.sort("match_weight", "unique_id_r", descending=[True, False]).unique("unique_id_l", keep="first")
        best.select(rid="unique_id_l", identity="unique_id_r", entry="unique_id_r").write_parquet(out)
    else:
        found.select(rid="unique_id", identity="cluster_id", entry=pl.lit(None, pl.Int64)).write_parquet(out)


def _frame(said: statements.Said, *, several: bool) -> pl.DataFrame:
    names = said.names.with_columns(
        name=pl.col("words").list.join(" ") + " " + pl.col("units"), first_word=pl.col("words").list.first()
    )
    chosen = names if several else names.unique("id", keep="first", maintain_order=True)
    about = said.about.with_columns(site=pl.coalesce("site", "mail"))
    return chosen.join(about, on="id").rename({"id": "unique_id"}).select(COLUMNS)


def _predicted(frames: list[pl.DataFrame], sample: float) -> pl.DataFrame:
    connection = duckdb.connect()
    connection.execute("SET threads = 2; SET lambda_syntax = 'ENABLE_SINGLE_ARROW'")
    database = DuckDBAPI(connection)
    link = len(frames) > 1
    if link:  # an entry with two names is two rows; its number is put back afterwards
        frames[1] = frames[1].with_columns(entry=pl.col("unique_id"), unique_id=pl.int_range(pl.len(), dtype=pl.Int64))
    shown = [
        database.register(frame.select(COLUMNS).to_arrow(), dataset_display_name=name)
        for frame, name in zip(frames, ("a_lists", "b_register"), strict=False)
    ]
    linker = Linker(shown if link else shown[0], _settings(link=link), log_level="ERROR")
    rules = [block_on("kvk"), block_on("name", "city"), block_on("name", "postcode")]
    linker.training.estimate_probability_two_random_records_match(rules, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=sample, seed=1)
    for rule in (block_on("kvk"), block_on("name")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    pairs = linker.inference.predict(threshold_match_weight=0)
    if not link:
        grouped = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_weight=3)
        return pl.DataFrame(grouped.as_pyarrow_table())
    found = pl.DataFrame(pairs.as_pyarrow_table())
    entries = frames[1].select(unique_id_r="unique_id", entry="entry")
    return found.join(entries, on="unique_id_r").drop("unique_id_r").rename({"entry": "unique_id_r"})


def _settings(*, link: bool) -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only" if link else "dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("kvk", 1),
            cl.LevenshteinAtThresholds("postcode", 1),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.ExactMatch("site"),
            cl.ExactMatch("form"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("kvk"),
            block_on("postcode"),
            block_on("site"),
            block_on("name"),
            block_on("first_word", "city"),
            block_on(ColumnExpression("name").substr(1, 6), "city"),
        ],
        retain_matching_columns=False,
    )


if __name__ == "__main__":
    main()
