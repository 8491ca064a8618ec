"""What joining has to tell about things that agencies do together.

No oracle: that B did not deliver what A says they did together, is told to the secretariat and to B; that
two agencies state different amounts, to the secretariat. The words are those of the checks.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.intake.checks import check
from schakel.intake.findings import Finding
from schakel.intake.kinds import kind as record_kind
from schakel.register.joining.leading import differing
from schakel.register.linking import Told, rows


def missing_partners(database: BaseDatabaseWrapper, kind: str, records: pl.DataFrame) -> Iterator[Told]:
    """Tell of things said to be done with an agency that delivered this kind, and not this thing.

    ``records``: record, cluster, owner, year, number, title, together_with (slugs).
    """
    parties = _parties(database)
    named = (
        records.explode("together_with").drop_nulls("together_with").filter(pl.col("together_with") != pl.col("owner"))
    )
    has = records.select("cluster", together_with="owner")
    delivered = _delivered(database, kind)
    missing = (
        named.join(has, on=["cluster", "together_with"], how="anti")
        .join(delivered, on=["together_with", "year"], how="semi")
        .sort("year", "owner", "number", "together_with")
    )
    for row in missing.iter_rows(named=True):
        said = {"_number": row["number"], "agency": row["together_with"]}
        yield Told(parties["rom-nederland"], row["year"], _finding("joint.not-delivered", kind, row, said))
        said = {"agency": row["owner"], "title": row["title"] or row["number"]}
        yield Told(parties[row["together_with"]], row["year"], _finding("joint.named-by-other", kind, row, said))


def differing_amounts(
    database: BaseDatabaseWrapper, kind: str, field: str, records: pl.DataFrame, leads: pl.DataFrame
) -> Iterator[Told]:
    """Tell the secretariat where the amount of a joint thing differs from the leading agency's, which counts."""
    parties = _parties(database)
    labels = record_kind(kind).fields_by_name[field].labels
    numbers = dict(records.select("record", "number").iter_rows())
    owners = dict(records.join(leads.filter("leading"), on="record", how="semi").select("cluster", "owner").iter_rows())
    for row in differing(records, leads, field).iter_rows(named=True):
        number = numbers[row["record"]]
        said = {"_number": f"{row['owner']} {number}", "agency": owners[row["cluster"]]}
        said |= {"label_nl": labels.nl, "label_en": labels.en}
        yield Told(
            parties["rom-nederland"],
            row["year"],
            _finding("joint.amount-differs", kind, row | {"number": number}, said),
        )


def _finding(check_id: str, kind: str, row: dict[str, object], said: dict[str, object]) -> Finding:
    told = check(check_id)
    return Finding(
        check_id,
        told.severity,
        told.message.format(**said),
        told.remedy.format(**said),
        kind=kind,
        number=str(row["number"]) if check_id != "joint.named-by-other" else "",
    )


def _parties(database: BaseDatabaseWrapper) -> dict[str, int]:
    schema = {"slug": pl.String, "id": pl.Int64}
    return dict(rows(database, "SELECT slug, id FROM network_party", schema).iter_rows())


def _delivered(database: BaseDatabaseWrapper, kind: str) -> pl.DataFrame:
    sql = (
        "SELECT DISTINCT p.slug, d.period FROM intake_delivery d JOIN intake_deliveredtable t ON t.delivery_id = d.id"
        f" JOIN network_party p ON p.id = d.owner_id WHERE d.state = 'accepted' AND t.kind = '{kind}'"
    )
    return rows(database, sql, {"together_with": pl.String, "year": pl.Int32})
