"""Who holds which role, behind a wall: all read those that stand, and a party gives and takes its own.

A role that has ended is read by no process of people from that hour on, so that it opens nothing, whatever asks. Roles
of the network itself are the secretariat's to give; the auditor's, at an auditor's office, only until a moment. That
it is the party's administrator who gives and takes, only the page can know: the database knows the acting party.
"""

from django.db import migrations

from schakel.sharing.policies import given_by_party
from schakel.sharing.roles import ALL_SEEING, OWNER, WEB, WORKER

_TABLE = "network_roleheld"
_NAMES = ("migrates", "sees_all", "stands", "gives", "takes")
_ROLES = "ARRAY[role]::text[]"
_GIVEN = given_by_party(roles=_ROLES, party="party_id", until="until")
_TAKEN = given_by_party(roles=_ROLES, party="party_id")


class Migration(migrations.Migration):
    dependencies = (("sharing", "0010_agreement_walls"), ("network", "0004_people"))
    operations = (
        migrations.RunSQL(
            sql=[
                f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {_TABLE} FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY migrates ON {_TABLE} TO {OWNER} USING (true) WITH CHECK (true)",
                f"CREATE POLICY sees_all ON {_TABLE} FOR SELECT TO {', '.join(ALL_SEEING)} USING (true)",
                f"CREATE POLICY stands ON {_TABLE} FOR SELECT TO {WEB}, {WORKER}"
                " USING (until IS NULL OR until > statement_timestamp())",
                f"CREATE POLICY gives ON {_TABLE} FOR INSERT TO {WEB} WITH CHECK ({_GIVEN})",
                f"CREATE POLICY takes ON {_TABLE} FOR DELETE TO {WEB} USING ({_TAKEN})",
                f"GRANT INSERT, DELETE ON {_TABLE} TO {WEB}",
            ],
            reverse_sql=[
                f"REVOKE INSERT, DELETE ON {_TABLE} FROM {WEB}",
                *(f"DROP POLICY IF EXISTS {name} ON {_TABLE}" for name in _NAMES),
                f"ALTER TABLE {_TABLE} NO FORCE ROW LEVEL SECURITY",
                f"ALTER TABLE {_TABLE} DISABLE ROW LEVEL SECURITY",
            ],
        ),
    )
