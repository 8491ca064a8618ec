"""The walls of register facts and of what is known while somebody types, and the one function that asks it.

Facts are published: every process reads them, and only a load writes them, with the owner's rights. What an agency's
records are found under is the agency's. Conditions on lists of keys are not leakproof: behind row security they use
no index. So the function looks with the owner's rights and applies the grants itself, as the policies below say them:
what the acting party owns, and what is for all. A key holds whose it is, so another's is not even looked at. It gives
numbers of records; what is shown of them is read again behind the policies. Without an acting party it gives nothing.
"""

from django.db import migrations

from schakel.sharing.roles import ALL_SEEING, OWNER, WEB, WORKER

_PARTIES = f"{WEB}, {WORKER}"
_ACTING = "NULLIF(current_setting('schakel.party', true), '')::bigint"
_PUBLISHED = ("register_registerfact", "register_registerload")
_KEYS = "register_knownkeys"
_OWN = f"owner_id = (SELECT {_ACTING})"
_POLICIES = {
    "migrates": f"TO {OWNER} USING (true) WITH CHECK (true)",
    "sees_all": f"FOR SELECT TO {', '.join(ALL_SEEING)} USING (true)",
    "own": f"FOR SELECT TO {_PARTIES} USING ({_OWN})",
    "for_all": f"FOR SELECT TO {_PARTIES} USING (owner_id IS NULL AND (SELECT {_ACTING}) IS NOT NULL)",
    "keeps": f"TO {WORKER} USING ({_OWN}) WITH CHECK ({_OWN})",
    "keeps_for_all": f"TO {WORKER} USING (owner_id IS NULL) WITH CHECK (owner_id IS NULL)",
}
_WHAT = "register_known(text[], integer, integer)"
# Whose is said so that the index of owners is not taken for it: that of keys is narrower by far. A key that more than `common` records have says too little: a word such as "bouw".
_KNOWN = f"""
CREATE FUNCTION register_known(asked text[], common integer, at_most integer)
RETURNS TABLE (kind varchar, record bigint, shared integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET jit = off SET enable_seqscan = off AS $$
DECLARE
    party bigint := {_ACTING};
BEGIN
    IF party IS NULL THEN RETURN; END IF;
    RETURN QUERY
    WITH listed AS (SELECT DISTINCT said FROM unnest(asked[1:100]) AS said),
    own AS (
        SELECT l.said, k.kind, k.record_id AS record FROM listed l CROSS JOIN LATERAL (
            SELECT e.kind, e.record_id FROM register_knownkeys e
            WHERE e.keys @> ARRAY[hashtextextended(l.said, party)] AND coalesce(e.owner_id, 0) = party LIMIT common + 1
        ) k
    ),
    published AS (
        SELECT l.said, k.kind, k.record_id AS record FROM listed l CROSS JOIN LATERAL (
            SELECT e.kind, e.record_id FROM register_knownkeys e
            WHERE e.keys @> ARRAY[hashtextextended(l.said, 0)] AND coalesce(e.owner_id, 0) = 0 LIMIT common + 1
        ) k
    ),
    facts AS (
        SELECT l.said, 'register_fact'::varchar AS kind, f.id AS record FROM listed l CROSS JOIN LATERAL (
            SELECT e.id FROM register_registerfact e
            WHERE e.keys @> ARRAY[hashtextextended(l.said, 0)] LIMIT common + 1
        ) f
    ),
    hits AS (
        SELECT h.*, count(*) OVER (PARTITION BY h.source, h.said) AS having FROM (
            SELECT 1 AS source, * FROM own UNION ALL SELECT 2, * FROM published UNION ALL SELECT 3, * FROM facts
        ) h
    ),
    ranked AS (
        SELECT s.source, s.kind, s.record, count(*)::integer AS shared,
            row_number() OVER (PARTITION BY s.source ORDER BY count(*) DESC, s.record) AS place
        FROM hits s WHERE s.having <= common GROUP BY s.source, s.kind, s.record
    )
    SELECT r.kind, r.record, r.shared FROM ranked r WHERE r.place <= at_most ORDER BY r.source, r.place;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = (("register", "0010_facts"), ("sharing", "0001_privileges"))
    operations = (
        migrations.RunSQL(
            sql=[f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {_PARTIES}" for table in _PUBLISHED],
            reverse_sql=[f"GRANT INSERT, UPDATE, DELETE ON {table} TO {_PARTIES}" for table in _PUBLISHED],
        ),
        migrations.RunSQL(
            sql=[
                f"ALTER TABLE {_KEYS} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {_KEYS} FORCE ROW LEVEL SECURITY",
                *(f"CREATE POLICY {name} ON {_KEYS} {rule}" for name, rule in _POLICIES.items()),
                f"REVOKE INSERT, UPDATE, DELETE ON {_KEYS} FROM {WEB}",
            ],
            reverse_sql=[
                *(f"DROP POLICY {name} ON {_KEYS}" for name in _POLICIES),
                f"ALTER TABLE {_KEYS} NO FORCE ROW LEVEL SECURITY",
                f"ALTER TABLE {_KEYS} DISABLE ROW LEVEL SECURITY",
            ],
        ),
        migrations.RunSQL(
            sql=[
                _KNOWN,
                f"REVOKE ALL ON FUNCTION {_WHAT} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {_WHAT} TO {_PARTIES}",
            ],
            reverse_sql=f"DROP FUNCTION {_WHAT}",
        ),
    )
