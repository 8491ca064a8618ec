"""Which pairs are worth comparing: those that share a key that few others share.

A key is a sort and a hash of what is shared (a number, a postcode, a rare word with a place). All
sorts stand in one table, so that a kept index and a keyed delivery can bring that table instead.
A word with a place alone is too little. Of the
pairs of one statement those with the most telling keys are compared.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from duckdb import DuckDBPyConnection

from schakel.register.matching import statements
from schakel.register.matching.frequencies import BIT
from schakel.register.matching.loading import framed, load, show
from schakel.register.matching.statements import Said

# Sort of key, what it hashes, and how many statements may share one before it says too little.
KVK, RSIN, POSTCODE, SITE, NAME, WORDS, WORD, WORD_CITY, ADDRESS, HEAD, ENDS, LABEL, PERMANENT, KVK_PART = range(1, 15)
CROWD: Mapping[int, int] = {
    KVK: 50,
    RSIN: 50,
    POSTCODE: 40,
    SITE: 40,
    NAME: 40,
    WORD: 20,
    WORD_CITY: 12,
    ADDRESS: 30,
    HEAD: 12,
    ENDS: 12,
    LABEL: 20,
    PERMANENT: 100,
    WORDS: 40,
    KVK_PART: 5,
}
KEY = "hash(sort, key)"  # a key of any sort as one number
BEST = 10  # entries that one record is compared with; twice as many among records
SHORT_NAME, SHORT_LABEL, HEAD_LETTERS, LABEL_LETTERS = 4, 5, 6, 22

_KEYS = f"""
SELECT {KVK}::UTINYINT AS sort, hash(kvk) AS key, id FROM {{side}} WHERE kvk IS NOT NULL
UNION ALL SELECT {RSIN}, hash(rsin), id FROM {{side}} WHERE rsin IS NOT NULL
UNION ALL SELECT {POSTCODE}, hash(postcode), id FROM {{side}} WHERE postcode IS NOT NULL
UNION ALL SELECT {ADDRESS}, hash(street, house, coalesce(city, district)), id FROM {{side}}
  WHERE street IS NOT NULL AND house IS NOT NULL AND coalesce(city, district) IS NOT NULL
UNION ALL SELECT {PERMANENT}, hash(own), id FROM {{side}} WHERE own IS NOT NULL
UNION ALL SELECT {SITE}, hash(site), id FROM {{side}} WHERE site IS NOT NULL
UNION ALL SELECT {SITE}, hash(mail), id FROM {{side}} WHERE mail IS NOT NULL AND mail IS DISTINCT FROM site
UNION ALL SELECT {LABEL}, hash(label), id FROM {{side}} WHERE length(label) >= {SHORT_LABEL}
UNION ALL SELECT {LABEL}, hash(left(bare, {LABEL_LETTERS})), id FROM {{side}}_name
  WHERE length(bare) >= {SHORT_LABEL}
UNION ALL SELECT {NAME}, hash(tight), id FROM {{side}}_name
UNION ALL SELECT {WORDS}, list_sum(list_transform(words, lambda w: hash(w) >> 8))::UBIGINT, id
  FROM {{side}}_name WHERE len(words) > 1
UNION ALL SELECT {KVK_PART}, hash(unnest([left(kvk, 4), right(kvk, 4) || '-']), left(tight, 3)), id
  FROM {{side}}_name WHERE kvk IS NOT NULL
UNION ALL SELECT {HEAD}, hash(left(tight, {HEAD_LETTERS}), city), id
  FROM {{side}}_name WHERE length(tight) >= {HEAD_LETTERS} AND city IS NOT NULL
UNION ALL SELECT {ENDS}, hash(left(long, 1), right(long, 4), city), id
  FROM (SELECT id, list_filter(words, lambda w: length(w) > 5)[1] AS long, city FROM {{side}}_name)
  WHERE long IS NOT NULL AND city IS NOT NULL
UNION ALL SELECT unnest([{WORD}, {WORD_CITY}]::UTINYINT[]),
  unnest([CASE WHEN length(word) >= {SHORT_NAME} THEN hash(word) END,
    CASE WHEN city IS NOT NULL THEN hash(word, city) END]), id
  FROM (SELECT id, unnest(words) AS word, city FROM {{side}}_name) WHERE length(word) > 2
"""


def make_keys(database: DuckDBPyConnection, side: str) -> None:
    """Table ``side``_key [sort, key, id] from the tables ``side`` and ``side``_name."""
    database.execute(f"""
        CREATE OR REPLACE TEMP TABLE {side}_key AS
        SELECT DISTINCT * FROM ({_KEYS.format(side=side)}) WHERE key IS NOT NULL
        """)


def prepare_few(database: DuckDBPyConnection) -> None:
    """Tables few and few_name, and the question for the keys of what stands in them, thought out beforehand."""
    nobody = statements.of_records(pl.DataFrame(schema={"record": pl.Int64}))
    load(database, "rec", nobody)
    database.execute("CREATE TABLE few AS SELECT * FROM rec; CREATE TABLE few_name AS SELECT * FROM rec_name")
    asked = f"SELECT DISTINCT sort, {KEY} AS key, id FROM ({_KEYS.format(side='few')}) WHERE key IS NOT NULL"
    database.execute(f"PREPARE few_keys AS {asked}")


def keys_of_few(database: DuckDBPyConnection, said: Said) -> pl.DataFrame:
    """[sort, key, id] of what a few records state; key is over both. After `prepare_few`."""
    load(database, "rec", said)
    database.execute("""
        DELETE FROM few; DELETE FROM few_name;
        INSERT INTO few SELECT * FROM rec; INSERT INTO few_name SELECT * FROM rec_name
        """)
    return pl.DataFrame(database.execute("EXECUTE few_keys").fetchnumpy()).sort("sort", "key", "id")


def begin_hits(database: DuckDBPyConnection) -> None:
    """An empty table ``hit`` [sort, key, id], and the keys that records have, once each."""
    database.execute("""
        CREATE OR REPLACE TEMP TABLE hit (sort UTINYINT, key UBIGINT, id BIGINT);
        CREATE OR REPLACE TEMP TABLE wanted AS SELECT DISTINCT sort, key FROM rec_key
        """)


def add_hits(database: DuckDBPyConnection, side: str) -> None:
    """Add to ``hit`` the keys of ``side`` that records have too."""
    database.execute(f"""
        INSERT INTO hit
        SELECT DISTINCT sort, key, id FROM ({_KEYS.format(side=side)}) SEMI JOIN wanted USING (sort, key)
        """)


def pairs_with_hits(database: DuckDBPyConnection, many: int) -> pl.DataFrame:
    """[a, b]: records, and of ``many`` entries those with which they share the most telling keys."""
    _near(database, "hit", many, 1)
    return chosen_pairs(framed(database, met(WITH_HITS)), BEST)


def pairs_within(database: DuckDBPyConnection, many: int) -> pl.DataFrame:
    """[a, b], a < b: those of ``many`` records that share a key.

    Twice as many may share it as in a register, as of one thing there are several statements.
    """
    _near(database, "rec_key", many, 2)
    return chosen_pairs(framed(database, met(WITHIN)), 2 * BEST)


def chosen_pairs(met: pl.DataFrame, best: int) -> pl.DataFrame:
    """[a, b]: for each a the ``best`` with the most telling keys.

    ``met`` [a, b, told, many, sort]: what the keys that both have tell together, how many, and the lowest sort.
    """
    enough = met.filter((pl.col("many") > 1) | (pl.col("sort") != WORD_CITY))
    ordered = enough.sort("a", "told", "b", descending=[False, True, False])
    return ordered.filter(pl.int_range(pl.len()).over("a") < best).select("a", "b")


# Questions that DuckDB and Spark are asked alike.
WITH_HITS = "SELECT l.id AS a, r.id AS b, sort, bits FROM rec_key l JOIN near r USING (sort, key)"
WITHIN = "SELECT l.id AS a, r.id AS b, sort, l.bits FROM near l JOIN near r USING (sort, key) WHERE l.id < r.id"


def met(keys: str) -> str:
    """The question for what `chosen_pairs` chooses from, by that for ``keys`` [a, b, sort, bits]."""
    told = "CAST(sum(bits) AS BIGINT) AS told, count(*) AS many, min(sort) AS sort"
    return f"SELECT a, b, {told} FROM ({keys}) GROUP BY a, b HAVING count(*) > 1 OR min(sort) <> {WORD_CITY}"


def near(keys: str) -> str:
    """The question for [sort, key, id, bits]: of ``keys`` those that few share, by the table ``telling``."""
    shared = f"SELECT sort, key, count(*) AS bearers FROM {keys} GROUP BY sort, key"
    few = f"SELECT sort, key, bits FROM ({shared}) JOIN telling USING (sort, bearers)"
    return f"SELECT sort, key, id, bits FROM {keys} JOIN ({few}) USING (sort, key)"


def telling(database: DuckDBPyConnection, many: int, times: int) -> pl.DataFrame:
    """[sort, bearers, bits]: how many of ``many`` may share a key of each sort, and what it says to share it then.

    ``times``: how many statements there are of one thing.
    """
    crowds = ", ".join(f"({sort}, {crowd * times})" for sort, crowd in CROWD.items())
    bits = f"round({BIT} * log2({many + 1} / bearers))::INT"
    each = f"SELECT sort, unnest(range({times}, crowd + 1)) AS bearers FROM (VALUES {crowds}) AS of (sort, crowd)"
    return framed(database, f"SELECT sort::UTINYINT AS sort, bearers, {bits} AS bits FROM ({each})")


def _near(database: DuckDBPyConnection, keys: str, many: int, times: int) -> None:
    """Table ``near`` of `near`."""
    show(database, "telling", telling(database, many, times))
    database.execute(f"CREATE OR REPLACE TEMP TABLE near AS {near(keys)}")
