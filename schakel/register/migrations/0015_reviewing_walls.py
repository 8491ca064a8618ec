"""Walls of reviewing: leases that ran out, and what is doubtful within one agency.

Whoever sees a doubt may take away the lease of somebody who left off looking, of whichever party; the linker any lease
of a doubt that it takes away. A doubt between two
records of one agency is its own, also while it takes part in identity review: the agreement is of pairs between parties.
"""

from django.db import migrations

from schakel.sharing.roles import LINKER, WEB, WORKER

_PARTIES = f"{WEB}, {WORKER}"
_ACTING = "(SELECT NULLIF(current_setting('schakel.party', true), '')::bigint)"
_COLUMNS = {"register_doubt": ("owner_a_id", "owner_b_id"), "register_card": ("owner_id", "other_id")}


class Migration(migrations.Migration):
    dependencies = (("register", "0011_facts_walls"),)
    operations = (
        migrations.RunSQL(
            sql=(
                f"CREATE POLICY expired ON register_lease FOR DELETE TO {_PARTIES}"
                " USING (until <= statement_timestamp() AND EXISTS (SELECT FROM register_doubt d WHERE d.id = doubt_id))"
            ),
            reverse_sql="DROP POLICY expired ON register_lease",
        ),
        migrations.RunSQL(
            sql=[
                f"CREATE POLICY takes_away ON register_lease FOR DELETE TO {LINKER} USING (true)",
                f"GRANT DELETE ON register_lease TO {LINKER}",
            ],
            reverse_sql=["DROP POLICY takes_away ON register_lease", f"REVOKE DELETE ON register_lease FROM {LINKER}"],
        ),
        *(
            migrations.RunSQL(
                sql=(
                    f"CREATE POLICY within_is_own ON {table} AS RESTRICTIVE FOR SELECT TO {_PARTIES}"
                    f" USING ({one} IS DISTINCT FROM {other} OR {one} = {_ACTING})"
                ),
                reverse_sql=f"DROP POLICY within_is_own ON {table}",
            )
            for table, (one, other) in _COLUMNS.items()
        ),
    )
