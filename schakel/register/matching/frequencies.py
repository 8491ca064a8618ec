"""How much it says that two statements share a value: rare values say more than common ones.

In thousandths of a bit: -log2 of the share of a population (the register, else the records
themselves) that has the value. Integers, so that no sum depends on the order of its terms.
"""

from __future__ import annotations

import math

from duckdb import DuckDBPyConnection

BIT = 1000
FEWEST = 1000  # statements that count as seen before any: in few records a value is not common yet
LIMIT = 18  # bits; more is never said by one name, however large the register

# What is counted, where it stands, and how many of FEWEST unseen statements would have such a value.
COUNTED = {
    "name": ("tight, units", "SELECT id, tight, units FROM {side}_name", 0),
    "word": ("word", "SELECT id, unnest(words) AS word FROM {side}_name", 0),
    "label": ("label", "SELECT id, label FROM {side} WHERE label IS NOT NULL", 0),
    "site": ("site", "SELECT id, site FROM {side} UNION ALL SELECT id, mail FROM {side} WHERE mail <> site", 0),
    "city": ("city", "SELECT id, city FROM {side} WHERE city IS NOT NULL", 10),
    "district": ("district", "SELECT id, district FROM {side} WHERE district IS NOT NULL", 1),
    "postcode": ("postcode", "SELECT id, postcode FROM {side} WHERE postcode IS NOT NULL", 0),
    "address": ("street, house", "SELECT id, street, house FROM {side} WHERE street || house IS NOT NULL", 0),
    "form": ("form", "SELECT id, form FROM {side} WHERE form IS NOT NULL", 300),
}


def size(database: DuckDBPyConnection, side: str) -> int:
    """How many statements ``side`` has."""
    return int(database.execute(f"SELECT count(*) FROM {side}").fetchall()[0][0])


def count(database: DuckDBPyConnection, side: str, *, each: float, many: int) -> None:
    """Tables of frequencies f_* over the population ``side``, of values that stand in a candidate pair.

    ``each``: how many things one statement stands for: 1 in a register, less in lists that tell of
    one thing more than once. ``many``: how many the population has, of which ``side`` may be a part.
    """
    for table, (columns, source, usual) in COUNTED.items():
        asked = f"SEMI JOIN ({source.format(side='rec')}) USING ({columns})" if side != "rec" else ""
        database.execute(f"""
            CREATE OR REPLACE TEMP TABLE f_{table} AS
            SELECT {columns}, round({BIT} * log2(
              {many + FEWEST} / (greatest(count(DISTINCT id) * {each}, 1) + {usual})))::INT AS bits
            FROM ({source.format(side=side)}) {asked} GROUP BY ALL
            """)


def weigh_names(database: DuckDBPyConnection, side: str, ids: str, many: int) -> None:
    """Table ``side``_weighed: names of the statements in column ``ids`` of pair, and what they say.

    Adds bits, of the whole name, and word_bits, of each of its words.
    """
    most = limit(many)
    asked = f"SEMI JOIN (SELECT DISTINCT {ids} AS id FROM pair) p USING (id)" if ids else ""
    database.execute(f"""
        CREATE OR REPLACE TEMP TABLE {side}_weighed AS
        SELECT n.*, least(coalesce(f.bits, {most}), {LIMIT * BIT}) AS bits, w.word_bits, tight || units AS whole
        FROM {side}_name n {asked}
        LEFT JOIN f_name f USING (tight, units) JOIN (
          SELECT name_id, list(coalesce(bits, {most}) ORDER BY place) AS word_bits
          FROM (SELECT name_id, unnest(words) AS word, generate_subscripts(words, 1) AS place
            FROM {side}_name {asked})
          LEFT JOIN f_word USING (word) GROUP BY name_id) w USING (name_id)
        """)


def limit(many: int) -> int:
    """What a value says that one of ``many`` statements has."""
    return round(BIT * math.log2(many + FEWEST))
