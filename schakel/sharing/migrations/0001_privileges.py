"""Before any table is made: what each process may do with tables that the owner will make.

Runs first of all, as the owner. Row security and what a later migration takes back come on top of it.
"""

from django.db import migrations

from schakel.sharing.roles import BACKUP, COUNTER, LINKER, PROCESS_ROLES, WEB, WORKER

_GRANTS = {
    "SELECT, INSERT, UPDATE, DELETE ON TABLES": (WEB, WORKER),
    "SELECT ON TABLES": (COUNTER, LINKER, BACKUP),
    "USAGE, SELECT ON SEQUENCES": (WEB, WORKER, LINKER),
    "SELECT ON SEQUENCES": (BACKUP,),
}


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    run_before = (
        ("contenttypes", "0001_initial"),
        ("sessions", "0001_initial"),
        ("procrastinate", "0001_initial"),
        ("trail", "0001_initial"),
        ("network", "0001_initial"),
    )
    operations = tuple(
        migrations.RunSQL(
            sql=f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {what} TO {', '.join(roles)}",
            reverse_sql=f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE {what} FROM {', '.join(roles)}",
        )
        for what, roles in _GRANTS.items()
    ) + (
        migrations.RunSQL(
            sql=f"GRANT USAGE ON SCHEMA public TO {', '.join(PROCESS_ROLES)}", reverse_sql=migrations.RunSQL.noop
        ),
    )
