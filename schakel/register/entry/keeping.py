"""Keeping what records are found under while somebody types, for the party whose records they are."""

from __future__ import annotations

import io

import polars as pl
from django.db import connection

from schakel.intake.records import RecordState
from schakel.network.models import PartyKind
from schakel.register.entry.keys import SAID, house_number, keys_of

# Columns in the order of SAID, with a digest of them: what has the same digest as its keys was not changed. Of each
# organisation its newest year: ten years of one are one to whoever types it, and ten times the work to look through.
_OWN = """
SELECT DISTINCT ON (number) id, ARRAY[name] AS names, ARRAY[kvk::text] AS numbers,
    coalesce(rsin, substring(vat FROM '^NL([0-9]{9})B')) AS rsin, postcode, address AS house_number, website
FROM register_organisation WHERE owner_id = %(owner)s AND state <> %(withdrawn)s AND name <> ''
ORDER BY number, period DESC
"""
_PUBLISHED = """
SELECT e.id, e.name || e.trade_names || e.former_names AS names, e.kvk::text || e.former_numbers::text[] AS numbers,
    e.rsin, e.postcode, e.house_number, e.website
FROM register_registerentry e JOIN network_party p ON p.id = e.owner_id
WHERE p.kind = %(secretariat)s AND e.state <> %(withdrawn)s
"""
_DIGEST = "md5(concat_ws('|', r.names, r.numbers, r.rsin, r.postcode, r.house_number, r.website))::uuid"
_CHANGED = f"""
SELECT r.*, {_DIGEST}::text FROM ({{records}}) r
LEFT JOIN register_knownkeys k ON k.kind = %(kind)s AND k.record_id = r.id WHERE k.of IS DISTINCT FROM {_DIGEST}
"""
_GONE = """
DELETE FROM register_knownkeys k WHERE k.kind = %(kind)s AND k.owner_id IS NOT DISTINCT FROM %(owner)s::bigint
AND NOT EXISTS (SELECT FROM ({records}) r WHERE r.id = k.record_id)
"""
_STAGE = "CREATE TEMPORARY TABLE register_keys_staged (record_id bigint, of uuid, keys text) ON COMMIT DROP"
_WRITE = """
INSERT INTO register_knownkeys (owner_id, kind, record_id, of, keys)
SELECT %(owner)s::bigint, %(kind)s, record_id, of,
    ARRAY(SELECT hashtextextended(key, coalesce(%(owner)s::bigint, 0)) FROM unnest(string_to_array(keys, ' ')) key)
FROM register_keys_staged
ON CONFLICT (kind, record_id) DO UPDATE SET of = EXCLUDED.of, keys = EXCLUDED.keys, owner_id = EXCLUDED.owner_id
"""


def keep_known(owner: int | None) -> int:
    """Make anew the keys of the records of ``owner`` that changed; of published entries for None. Says how many.

    In the transaction of a party that acts, with the worker's rights. The same twice changes nothing.
    """
    kind, records = ("organisation", _OWN) if owner is not None else ("register_entry", _PUBLISHED)
    asked = {
        "owner": owner,
        "kind": kind,
        "withdrawn": RecordState.WITHDRAWN.value,
        "secretariat": PartyKind.SECRETARIAT.value,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('known'), %s)", [owner or 0])
        cursor.execute(_GONE.replace("{records}", records), asked)
        cursor.execute(_CHANGED.replace("{records}", records), asked)
        changed = pl.DataFrame(cursor.fetchall(), SAID | {"of": pl.String}, orient="row")
        if changed.is_empty():
            return 0
        if owner is not None:
            changed = changed.with_columns(house_number=house_number(pl.col("house_number")))
        keys = keys_of(changed.drop("of")).select("id", of=changed["of"], keys=pl.col("keys").list.join(" "))
        cursor.execute(_STAGE)
        body = io.BytesIO()
        keys.write_csv(body, include_header=False)
        with cursor.copy("COPY register_keys_staged FROM STDIN (FORMAT csv)") as copy:
            copy.write(body.getvalue())
        cursor.execute(_WRITE, asked)
        cursor.execute("DROP TABLE register_keys_staged")
    return changed.height
