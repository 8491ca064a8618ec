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


def count(database: DuckDBPyConnection, side: str, *, each: float, whole: int = 0) -> int:
    """Tables of frequencies f_* over the population ``side``; returns how many statements it has.

    ``each``: how many things one statement stands for: 1 in a register, less in lists that tell of
    one thing more than once. ``whole``: how many the population has of which ``side`` is a part.
    """
    many: int = whole or database.execute(f"SELECT count(*) FROM {side}").fetchall()[0][0]
    for table, (columns, source, usual) in _COUNTED.items():
        database.execute(f"""
            CREATE OR REPLACE TEMP TABLE f_{table} AS
            SELECT {columns}, round({BIT} * log2(
              {many + FEWEST} / (greatest(count(DISTINCT id) * {each}, 1) + {usual})))::INT AS bits
            FROM ({source.format(side=side)}) GROUP BY ALL
            """)
    return many


# What is counted, where it stands, and how many of FEWEST unseen statements would have such a value.
_COUNTED = {
    "name": ("tight, units", "SELECT id, tight, units FROM {side}_name", 0),
    "word": ("word", "SELECT id, word FROM {side}_word", 0),
    "label": ("label", "SELECT id, label FROM {side} WHERE label IS NOT NULL", 0),
    "site": ("site", "SELECT id, unnest([site, mail]) AS site FROM {side}", 0),
    "city": ("city", "SELECT id, city FROM {side} WHERE city IS NOT NULL", 10),
    "district": ("district", "SELECT id, district FROM {side} WHERE district IS NOT NULL", 1),
    "postcode": ("postcode", "SELECT id, postcode FROM {side} WHERE postcode IS NOT NULL", 0),
    "address": (
        "street, house",
        "SELECT id, street, house FROM {side} WHERE street IS NOT NULL AND house IS NOT NULL",
        0,
    ),
    "form": ("form", "SELECT id, coalesce(stated, form) AS form FROM {side}_name JOIN {side} USING (id)", 300),
}


def weigh_names(database: DuckDBPyConnection, side: str, many: int) -> None:
    """Table ``side``_weighed: ``side``_name with what the name says (bits) and each of its words (word_bits)."""
    most = limit(many)
    database.execute(f"""
        CREATE OR REPLACE TEMP TABLE {side}_weighed AS
        SELECT n.*, least(coalesce(f.bits, {most}), {LIMIT * BIT}) AS bits, w.word_bits
        FROM {side}_name n LEFT JOIN f_name f USING (tight, units) JOIN (
          SELECT name_id, list(coalesce(bits, {most}) ORDER BY place) AS word_bits
          FROM (SELECT name_id, unnest(words) AS word, generate_subscripts(words, 1) AS place FROM {side}_name)
          LEFT JOIN f_word USING (word) GROUP BY name_id) w USING (name_id)
        """)


def limit(many: int) -> int:
    """What a value says that one of ``many`` statements has."""
    return round(BIT * math.log2(many + FEWEST))
