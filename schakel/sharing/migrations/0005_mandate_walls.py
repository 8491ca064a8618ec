"""Mandates behind their wall, what they open, and the trail for who audits.

The functions are asked once a statement. They name their search path, so that no temporary table can stand in for the
mandates; they are no SECURITY DEFINER, as an auditor may read the mandates that name it. A mandate stands by the
clock of the statement, not of the transaction: one that began before its end reads nothing after it.
"""

from django.db import migrations

from schakel.sharing.policies import append_only, owned

_ACTING = "NULLIF(current_setting('schakel.party', true), '')::bigint"
_PARTIES = "schakel_web, schakel_worker"
_FUNCTION = "LANGUAGE sql STABLE SET search_path = public, pg_temp AS"
_STANDS = (
    f"auditor_id = {_ACTING} AND withdrawn_at IS NULL AND since <= statement_timestamp()"
    " AND until > statement_timestamp() AND (with_valuations OR NOT secret)"
)
_FUNCTIONS = [
    f"CREATE FUNCTION sharing_audited_years(secret boolean) RETURNS TABLE (giver bigint, year smallint) {_FUNCTION}"
    f" $$ SELECT DISTINCT owner_id, unnest(years) FROM sharing_mandate WHERE {_STANDS} $$",
    f"CREATE FUNCTION sharing_audited(secret boolean) RETURNS bigint[] {_FUNCTION}"
    f" $$ SELECT coalesce(array_agg(DISTINCT owner_id), '{{}}') FROM sharing_mandate WHERE {_STANDS} $$",
    f"CREATE FUNCTION sharing_first_audited(secret boolean) RETURNS bigint {_FUNCTION}"
    f" $$ SELECT min(owner_id) FROM sharing_mandate WHERE {_STANDS} $$",
    f"CREATE FUNCTION sharing_last_audited(secret boolean) RETURNS bigint {_FUNCTION}"
    f" $$ SELECT max(owner_id) FROM sharing_mandate WHERE {_STANDS} $$",
]
_GIVEN = "owner_id = ANY ((SELECT sharing_audited(false))::bigint[])"
_NARROW = "owner_id BETWEEN (SELECT sharing_first_audited(false)) AND (SELECT sharing_last_audited(false))"
_NETWORK = "EXISTS (SELECT FROM network_party WHERE kind = 'secretariat' AND id = ANY ((SELECT sharing_audited(false))::bigint[]))"
_AUDITOR = "EXISTS (SELECT FROM network_party WHERE id = auditor_id AND kind = 'auditor')"
_POLICIES = [
    f"CREATE POLICY audits ON sharing_mandate FOR SELECT TO {_PARTIES} USING (auditor_id = (SELECT {_ACTING}))",
    f"CREATE POLICY to_auditors ON sharing_mandate AS RESTRICTIVE FOR INSERT TO {_PARTIES}"
    f" WITH CHECK ({_AUDITOR} AND withdrawn_at IS NULL)",
    f"CREATE POLICY withdrawn_once ON sharing_mandate AS RESTRICTIVE FOR UPDATE TO {_PARTIES}"
    " USING (withdrawn_at IS NULL) WITH CHECK (true)",
    f"REVOKE UPDATE, DELETE, TRUNCATE ON sharing_mandate FROM {_PARTIES}",
    f"GRANT UPDATE (withdrawn_by_id, withdrawn_at, withdrawn_because) ON sharing_mandate TO {_PARTIES}",
]
_UNDO = [
    *(f"DROP POLICY IF EXISTS {name} ON sharing_mandate" for name in ("audits", "to_auditors", "withdrawn_once")),
    f"GRANT UPDATE, DELETE ON sharing_mandate TO {_PARTIES}",
]
# What is of no party and of nobody in person (joining, loading) is the network's, and for who audits the network.
_TRAIL = [
    f"CREATE POLICY audited ON trail_entry FOR SELECT TO {_PARTIES} USING ({_NARROW} AND {_GIVEN})",
    f"CREATE POLICY audited_network ON trail_entry FOR SELECT TO {_PARTIES}"
    f" USING (owner_id IS NULL AND person_id IS NULL AND {_NETWORK})",
]


class Migration(migrations.Migration):
    dependencies = (("sharing", "0004_mandate"), ("trail", "0003_find_acts_by_verb"), ("network", "0002_auditor"))
    operations = (
        owned("sharing_mandate"),
        owned("sharing_look", sender="viewer_id"),
        append_only("sharing_look"),
        migrations.RunSQL(sql=_POLICIES, reverse_sql=_UNDO),
        migrations.RunSQL(
            sql=_FUNCTIONS,
            reverse_sql=[
                "DROP FUNCTION sharing_audited_years(boolean)",
                "DROP FUNCTION sharing_audited(boolean)",
                "DROP FUNCTION sharing_first_audited(boolean)",
                "DROP FUNCTION sharing_last_audited(boolean)",
            ],
        ),
        migrations.RunSQL(
            sql=_TRAIL,
            reverse_sql=[
                "DROP POLICY IF EXISTS audited ON trail_entry",
                "DROP POLICY IF EXISTS audited_network ON trail_entry",
            ],
        ),
    )
