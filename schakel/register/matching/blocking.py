"""Which pairs are worth comparing: those that share a key that few others share.

A key is a sort and a hash of what is shared (a number, a postcode, a rare word with a place). All
sorts stand in one table, so that a kept index and a keyed delivery can bring that table instead.
"""

from __future__ import annotations

from collections.abc import Mapping

from duckdb import DuckDBPyConnection

# Sort of key, what it hashes, and how many statements may share one before it says too little.
KVK, RSIN, POSTCODE, SITE, NAME, WORD, WORD_CITY, WORD_DISTRICT, ADDRESS, HEAD, LABEL, PERMANENT = range(1, 13)
CROWD: Mapping[int, int] = {
    KVK: 50,
    RSIN: 50,
    POSTCODE: 40,
    SITE: 40,
    NAME: 40,
    WORD: 20,
    WORD_CITY: 12,
    WORD_DISTRICT: 12,
    ADDRESS: 30,
    HEAD: 12,
    LABEL: 20,
    PERMANENT: 100,
}
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
UNION ALL SELECT DISTINCT {LABEL}, hash(left(bare, {LABEL_LETTERS})), id FROM {{side}}_name
  WHERE length(bare) >= {SHORT_LABEL}
UNION ALL SELECT DISTINCT {NAME}, hash(tight), id FROM {{side}}_name
UNION ALL SELECT DISTINCT {NAME}, hash(sorted), id FROM {{side}}_name WHERE sorted <> tight
UNION ALL SELECT DISTINCT {HEAD}, hash(left(tight, {HEAD_LETTERS}), city), id
  FROM {{side}}_name JOIN {{side}} USING (id) WHERE length(tight) >= {HEAD_LETTERS} AND city IS NOT NULL
UNION ALL SELECT {WORD}, hash(word), id FROM {{side}}_word WHERE length(word) >= {SHORT_NAME}
UNION ALL SELECT {WORD_CITY}, hash(word, city), id FROM {{side}}_word JOIN {{side}} USING (id)
  WHERE length(word) >= 3 AND city IS NOT NULL
UNION ALL SELECT {WORD_DISTRICT}, hash(word, district), id FROM {{side}}_word JOIN {{side}} USING (id)
  WHERE length(word) >= 3 AND district IS NOT NULL
"""


def make_keys(database: DuckDBPyConnection, side: str) -> None:
    """Table ``side``_key [sort, key, id] from the tables ``side``, ``side``_name and ``side``_word."""
    database.execute(f"CREATE OR REPLACE TEMP TABLE {side}_key AS {_KEYS.format(side=side)}")


def pairs_between(database: DuckDBPyConnection, left: str, right: str) -> None:
    """Table ``pair`` [a, b]: statements of ``left`` and ``right`` that share a key that is not crowded in ``right``."""
    database.execute(f"""
        CREATE OR REPLACE TEMP TABLE hit AS SELECT * FROM {right}_key r SEMI JOIN {left}_key l USING (sort, key);
        CREATE OR REPLACE TEMP TABLE sparse AS {_sparse("hit", 1)};
        CREATE OR REPLACE TEMP TABLE pair AS
        SELECT DISTINCT l.id AS a, r.id AS b
        FROM {left}_key l JOIN sparse USING (sort, key) JOIN hit r USING (sort, key)
        """)


def pairs_within(database: DuckDBPyConnection, side: str) -> None:
    """Table ``pair`` [a, b], a < b: statements of ``side`` that share a key.

    Twice as many may share it as in a register, as of one thing there are several statements.
    """
    database.execute(f"""
        CREATE OR REPLACE TEMP TABLE sparse AS {_sparse(f"{side}_key", 2)};
        CREATE OR REPLACE TEMP TABLE pair AS
        SELECT DISTINCT l.id AS a, r.id AS b
        FROM {side}_key l JOIN sparse USING (sort, key) JOIN {side}_key r USING (sort, key) WHERE l.id < r.id
        """)


def _sparse(keys: str, times: int) -> str:
    crowds = " ".join(f"WHEN {sort} THEN {many * times}" for sort, many in CROWD.items())
    return f"""SELECT sort, key FROM (SELECT sort, key, count(*) AS many FROM {keys} GROUP BY ALL)
        WHERE many <= CASE sort {crowds} END""" + (" AND many > 1" if times > 1 else "")
