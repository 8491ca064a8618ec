"""Rounds: investments in one company that belong to one raising of capital.

The rule (network definition: a round has a company and dates within 60 days): the first investment in a
company opens a round; what follows within 60 days of that first day is of the same round; the next
investment after that opens another. The window never shifts along, so a row of small tranches does
not chain a year into one round.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

WINDOW = timedelta(days=60)
NEAR = timedelta(days=14)  # so soon after a round has closed, money may yet belong to it


def rounds(investments: pl.DataFrame) -> pl.DataFrame:
    """[record, round]: the round of each investment, called after its first record. Sorted by record.

    ``investments``: record, company (organisation cluster; null if unknown), date (null if unknown).
    An investment without company or date is a round of its own.
    """
    found: dict[int, int] = {}
    known = investments.drop_nulls(["company", "date"]).sort("company", "date", "record")
    company, opened, opener = None, date.min, 0
    for record, its_company, day in known.select("record", "company", "date").iter_rows():
        if its_company != company or day - opened > WINDOW:
            company, opened, opener = its_company, day, record
        found[record] = opener
    rows = [(record, found.get(record, record)) for record in sorted(investments["record"])]
    return pl.DataFrame(rows, {"record": pl.Int64, "round": pl.Int64}, orient="row")


def near_rounds(investments: pl.DataFrame) -> pl.DataFrame:
    """[one, other]: first investments of rounds that follow each other so closely that they may be one.

    ``investments``: record, company, date and ``round``, of `rounds`. A round that opened no more than `NEAR` after
    the window of the one before it.
    """
    opened = (
        investments.drop_nulls(["company", "date"])
        .filter(pl.col("record") == pl.col("round"))
        .sort("company", "date", "record")
        .with_columns(before=pl.col("record").shift().over("company"), since=pl.col("date").shift().over("company"))
    )
    near = opened.filter(pl.col("date") - pl.col("since") <= WINDOW + NEAR)
    return near.select(one="before", other="record").sort("one", "other")
