"""What policies ask about mandates is planned once for a connection: every statement about records asks it.

In SQL, each of the three was planned for each statement, half a millisecond in all; few parties audit anything.
"""

from django.db import migrations

_STANDS = (
    "auditor_id = NULLIF(current_setting('schakel.party', true), '')::bigint AND withdrawn_at IS NULL"
    " AND since <= statement_timestamp() AND until > statement_timestamp() AND (with_valuations OR NOT secret)"
)
_ASKED = {
    "sharing_audited(secret boolean) RETURNS bigint[]": "coalesce(array_agg(DISTINCT owner_id), '{}')",
    "sharing_first_audited(secret boolean) RETURNS bigint": "min(owner_id)",
    "sharing_last_audited(secret boolean) RETURNS bigint": "max(owner_id)",
}


def _made(language: str, body: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {name} LANGUAGE {language} STABLE SET search_path = public, pg_temp"
        f" AS $$ {body.format(said=f'SELECT {said} FROM sharing_mandate WHERE {_STANDS}')} $$"
        for name, said in _ASKED.items()
    ]


class Migration(migrations.Migration):
    dependencies = (("sharing", "0013_invitation_walls"),)
    operations = (
        migrations.RunSQL(sql=_made("plpgsql", "BEGIN RETURN ({said}); END"), reverse_sql=_made("sql", "{said}")),
    )
