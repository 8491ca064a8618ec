"""Identity review behind its wall: who takes part is known to all, a party signs and ends for itself, once.

`sharing_reviewing()` gives the parties that take part by the clock of the statement. It is no SECURITY DEFINER, as every
party may read who takes part.
"""

from django.db import migrations

from schakel.sharing.policies import owned

_PARTIES = "schakel_web, schakel_worker"


class Migration(migrations.Migration):
    dependencies = (("sharing", "0006_identity_review"), ("network", "0003_identity_steward"))
    operations = (
        owned("sharing_identityreview", published=True),
        migrations.RunSQL(
            sql=[
                "CREATE POLICY ended_once ON sharing_identityreview AS RESTRICTIVE FOR UPDATE"
                f" TO {_PARTIES} USING (ended_at IS NULL) WITH CHECK (true)",
                f"REVOKE UPDATE, DELETE, TRUNCATE ON sharing_identityreview FROM {_PARTIES}",
                f"GRANT UPDATE (ended_at, ended_by_id) ON sharing_identityreview TO {_PARTIES}",
                "CREATE FUNCTION sharing_reviewing() RETURNS bigint[] LANGUAGE sql STABLE"
                " SET search_path = public, pg_temp AS"
                " $$ SELECT coalesce(array_agg(owner_id), '{}') FROM sharing_identityreview WHERE ended_at IS NULL $$",
            ],
            reverse_sql=[
                "DROP FUNCTION sharing_reviewing()",
                "DROP POLICY IF EXISTS ended_once ON sharing_identityreview",
                f"GRANT UPDATE, DELETE ON sharing_identityreview TO {_PARTIES}",
            ],
        ),
    )
