"""From levels to totals, and from totals to how likely each register entry is the one.

Invariant: names of sister companies, or two legal forms, never make two one, whatever else they
share; sisters with one number between them are a doubt, not an answer.
"""

from __future__ import annotations

import math
from dataclasses import replace

from duckdb import DuckDBPyConnection

from schakel.register.matching.frequencies import BIT, FEWEST, limit
from schakel.register.matching.model import FIELDS, Model, Side

SISTER_MOST = -3 * BIT  # the highest total of sisters' names
SISTER_NUMBER = -1500  # ... when they share a number: less than even, but worth asking
NUMBER_LEAST = -11 * BIT  # what all else may say against two that share a number


def score(database: DuckDBPyConnection, side: Side, many: int) -> None:
    """Table ``scored``: ``compared`` with the total of all fields, ``score``, in thousandths of a bit."""
    levels = " + ".join(_weight(field, side) for field in FIELDS)
    number = side.weights["number"]
    shared = limit(many) + number["same"]
    database.execute(f"""
        CREATE OR REPLACE TEMP TABLE scored AS SELECT * EXCLUDE (fields), (CASE
          WHEN sister AND number = 'same' THEN {SISTER_NUMBER}
          WHEN sister OR (form = 'differ' AND number IS DISTINCT FROM 'same') THEN least(fields, {SISTER_MOST})
          WHEN number = 'same' THEN greatest(fields, {NUMBER_LEAST}) + {shared}
          ELSE fields + CASE number WHEN 'slip' THEN {number["slip"]} WHEN 'differ' THEN {number["differ"]} ELSE 0 END
          END)::INT AS score
        FROM (SELECT *, name_bits + place_bits + web_bits + form_bits + {side.prior} + {levels} AS fields FROM compared)
        """)


def _weight(field: str, side: Side) -> str:
    cases = " ".join(f"WHEN '{level}' THEN {weight}" for level, weight in sorted(side.weights[field].items()))
    return f"CASE {field} {cases} ELSE 0 END"


def entry_side(model: Model, many: int) -> Side:
    """Weights against ``many`` entries. A prior not learned: that the register does not hold the organisation."""
    if model.entry.prior:
        return model.entry
    return replace(model.entry, prior=-round(BIT * math.log2((many + FEWEST) * model.absent / (1000 - model.absent))))


def record_side(model: Model, many: int) -> Side:
    """Weights among ``many`` records. A prior not learned: that each is told of about twice."""
    return model.record if model.record.prior else replace(model.record, prior=BIT - limit(many))


def rank_entries(database: DuckDBPyConnection) -> None:
    """Table ``ranked``: ``scored`` with place among the record's entries and odds against all others and none.

    ``odds``: log2 of the odds that this entry is the one, in thousandths; no entry at all is one of
    the others, with a score of 0. ``lead``: score above the runner-up's, null where there is none.
    """
    database.execute(f"""
        CREATE OR REPLACE TEMP TABLE ranked AS
        WITH likely AS (SELECT *, least(greatest(score, {-40 * BIT}), {40 * BIT}) AS kept FROM scored),
        chance AS (SELECT *, (pow(2, kept / {BIT}.0) * 1048576)::HUGEINT AS share FROM likely),
        whole AS (SELECT *, sum(share) OVER (PARTITION BY a) + 1048576 - share AS others,
          row_number() OVER (PARTITION BY a ORDER BY score DESC, b) AS place_among,
          score - lead(score) OVER (PARTITION BY a ORDER BY score DESC, b) AS lead FROM chance)
        SELECT * EXCLUDE (kept, share, others),
          round({BIT} * (log2(share::DOUBLE + 1) - log2(others::DOUBLE + 1)))::INT AS odds FROM whole
        """)
