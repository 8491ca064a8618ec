"""The walls of effects on figures.

Where records move tells what everybody has: it is for the linker that foresees it and the counter that counts it. What
a round was to a party, and what was counted for it, is that party's; only the worker keeps a count, and of a proposal
only one that the party sees.
"""

from django.db import migrations

from schakel.sharing.policies import owned
from schakel.sharing.roles import ALL_SEEING, LINKER, OWNER, WEB, WORKER

_PARTIES = f"{WEB}, {WORKER}"


def _for_counting(table: str) -> migrations.RunSQL:
    """A table that the linker writes, and no party reads."""
    policies = {
        "migrates": f"TO {OWNER} USING (true) WITH CHECK (true)",
        "sees_all": f"FOR SELECT TO {', '.join(ALL_SEEING)} USING (true)",
        "joins": f"TO {LINKER} USING (true) WITH CHECK (true)",
    }
    return migrations.RunSQL(
        sql=[
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            *(f"CREATE POLICY {name} ON {table} {rule}" for name, rule in policies.items()),
            f"REVOKE ALL ON {table} FROM {_PARTIES}",
            f"GRANT INSERT, UPDATE, DELETE ON {table} TO {LINKER}",
        ],
        reverse_sql=[
            *(f"DROP POLICY {name} ON {table}" for name in policies),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {_PARTIES}",
        ],
    )


_OF_WHAT_IS_SEEN = (
    f"CREATE POLICY of_what_is_seen ON register_figureeffect AS RESTRICTIVE FOR INSERT TO {_PARTIES} WITH CHECK ("
    "EXISTS (SELECT FROM register_proposal p WHERE p.id = proposal_id)"
    " OR EXISTS (SELECT FROM register_roundtold t WHERE t.id = told_id AND t.owner_id = register_figureeffect.owner_id))"
)


class Migration(migrations.Migration):
    dependencies = (("register", "0017_effects"),)
    operations = (
        _for_counting("register_proposalmoves"),
        _for_counting("register_joininground"),
        owned("register_roundtold", written_by="linker"),
        owned("register_figureeffect"),
        migrations.RunSQL(
            sql=[_OF_WHAT_IS_SEEN, f"REVOKE INSERT, UPDATE, DELETE ON register_figureeffect FROM {WEB}"],
            reverse_sql=[
                "DROP POLICY of_what_is_seen ON register_figureeffect",
                f"GRANT INSERT, UPDATE, DELETE ON register_figureeffect TO {WEB}",
            ],
        ),
    )
