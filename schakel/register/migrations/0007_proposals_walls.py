"""The walls of proposals, and the places in the log of what stood before it had them.

The secretariat answers for the network's figures and sees that something is proposed, by numbers alone; what it stands on
(names) only of agencies that take part in identity review. An agency sees a proposal where all records are its own: else
it would tell what another has.
"""

from django.db import migrations

from schakel.sharing.policies import append_only, owned
from schakel.sharing.roles import ALL_SEEING, LINKER, OWNER, WEB, WORKER

_PARTIES = f"{WEB}, {WORKER}"
_ACTING = "(SELECT NULLIF(current_setting('schakel.party', true), '')::bigint)"
_STEWARD = f"EXISTS (SELECT FROM network_party WHERE id = {_ACTING} AND kind = 'secretariat')"
_OWN = f"owners = ARRAY[{_ACTING}]"


def _of_the_linker(table: str, reads: str) -> migrations.RunSQL:
    """Row security on ``table``, which the linker alone writes; a party reads the rows of which ``reads`` is true."""
    policies = {
        "migrates": f"TO {OWNER} USING (true) WITH CHECK (true)",
        "sees_all": f"FOR SELECT TO {', '.join(ALL_SEEING)} USING (true)",
        "joins": f"TO {LINKER} USING (true) WITH CHECK (true)",
        "own": f"FOR SELECT TO {_PARTIES} USING ({reads})",
    }
    return migrations.RunSQL(
        sql=[
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            *(f"CREATE POLICY {name} ON {table} {rule}" for name, rule in policies.items()),
            f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {_PARTIES}",
            f"GRANT INSERT, UPDATE ON {table} TO {LINKER}",
        ],
        reverse_sql=[
            *(f"DROP POLICY {name} ON {table}" for name in policies),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )


_SEATS = """
UPDATE register_identitymember m SET seat = d.id FROM register_decision d
WHERE d.verb = 'linked' AND d.thing = m.thing AND d.record_kind = m.record_kind AND d.record_id = m.record_id
"""
_WAYS = """
INSERT INTO register_redirect (old_id, to_id, since, line)
SELECT other_id, identity_id, at, id FROM register_decision WHERE verb = 'merged' ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = (("register", "0006_proposals"), ("sharing", "0007_identity_review_wall"))
    operations = (
        _of_the_linker("register_proposal", f"{_OWN} OR {_STEWARD}"),
        _of_the_linker(
            "register_proposalground", f"{_OWN} OR ({_STEWARD} AND owners <@ (SELECT sharing_reviewing())::bigint[])"
        ),
        owned("register_ruling"),
        append_only("register_ruling"),
        migrations.RunSQL(
            sql=f"CREATE POLICY of_what_is_seen ON register_ruling AS RESTRICTIVE FOR INSERT TO {_PARTIES}"
            " WITH CHECK (EXISTS (SELECT FROM register_proposal p WHERE p.id = proposal_id))",
            reverse_sql="DROP POLICY of_what_is_seen ON register_ruling",
        ),
        migrations.RunSQL(sql=[_SEATS, _WAYS], reverse_sql=migrations.RunSQL.noop),
    )
