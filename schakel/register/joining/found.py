"""What a joining of joint things found, as the linker reads it; and what people said, as the joining reads it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from schakel.register.joining.joint import PERSON, Compared, Judged
from schakel.register.joining.leading import leading
from schakel.register.linking import DOUBTFUL, LINKS, Found, Known, joined


def judged(known: Known, kind: str) -> Judged:
    """What people said of pairs of records of ``kind``."""
    said = known.judged.filter((pl.col("kind_a") == kind) & (pl.col("kind_b") == kind))
    same, apart = (
        frozenset(said.filter(pl.col("same") == which).select("record_a", "record_b").iter_rows())
        for which in (True, False)
    )
    return Judged(same, apart)


def found(kind: str, compared: Compared, records: pl.DataFrame, marks: Mapping[str, str] | None = None) -> Found:
    """What the linker is told of ``records`` (record, owner_id, and what `leading` reads).

    ``marks``: column of ``records`` to slot, of numbers that part what bears another.
    """
    rows = joined(kind, compared.clusters, records).with_columns(
        by=pl.when(pl.col("rule") == PERSON).then(pl.lit("person")).otherwise(pl.lit("rule"))
    )
    if marks:
        borne = [(pl.lit(f"{slot}=") + pl.col(column).cast(pl.String)) for column, slot in marks.items()]
        said = records.select("record", marks=pl.concat_list(borne).list.drop_nulls())
        rows = rows.join(said, on="record", how="left", maintain_order="left")

    def lead(homes: pl.DataFrame) -> pl.DataFrame:
        of_kind = homes.select("record", "cluster")
        told = leading(records.drop("cluster", strict=False).join(of_kind, on="record"))
        return told.select(pl.lit(kind).alias("record_kind"), "record", "leading")

    sides = {"kind_a": pl.lit(kind), "record_a": pl.col("a"), "kind_b": pl.lit(kind), "record_b": pl.col("b")}
    score = pl.lit(None, pl.Int64)
    doubtful = compared.doubtful.select(**sides, score=score, reasons=pl.col("reasons"), gain=pl.col("gain"))
    links = compared.links.select(**sides, rule=pl.col("rule"), evidence=pl.col("evidence"), score=score)
    return Found(joined=rows, doubtful=doubtful.select(*DOUBTFUL), links=links.select(*LINKS), lead=lead)
