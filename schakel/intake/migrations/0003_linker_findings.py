"""The linker tells parties what only joining can see; it touches no finding about a delivery."""

from django.db import migrations

from schakel.sharing.roles import LINKER

_TABLE = "intake_deliveryfinding"


class Migration(migrations.Migration):
    dependencies = (("intake", "0002_walls"),)
    operations = (
        migrations.RunSQL(
            sql=[
                f"CREATE POLICY tells ON {_TABLE} TO {LINKER} USING (delivery_id IS NULL) WITH CHECK (delivery_id IS NULL)",
                f"GRANT INSERT, DELETE ON {_TABLE} TO {LINKER}",
            ],
            reverse_sql=[f"DROP POLICY tells ON {_TABLE}", f"REVOKE INSERT, DELETE ON {_TABLE} FROM {LINKER}"],
        ),
    )
