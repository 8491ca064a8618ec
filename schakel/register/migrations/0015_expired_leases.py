"""Whoever sees a doubt may take away the lease of somebody who left off looking, of whichever party."""

from django.db import migrations

from schakel.sharing.roles import WEB, WORKER


class Migration(migrations.Migration):
    dependencies = (("register", "0005_judging_walls"),)
    operations = (
        migrations.RunSQL(
            sql=(
                f"CREATE POLICY expired ON register_lease FOR DELETE TO {WEB}, {WORKER}"
                " USING (until <= statement_timestamp() AND EXISTS (SELECT FROM register_doubt d WHERE d.id = doubt_id))"
            ),
            reverse_sql="DROP POLICY expired ON register_lease",
        ),
    )
