"""Django makes this table before any migration, so before what processes may do with tables is said."""

from django.db import migrations

PROCESSES = "schakel_web, schakel_worker, schakel_counter, schakel_linker, schakel_backup"


class Migration(migrations.Migration):
    dependencies = [("cli", "0001_linker_works_a_queue")]
    operations = [
        migrations.RunSQL(
            sql=[
                f"GRANT SELECT ON django_migrations TO {PROCESSES}",
                "GRANT SELECT ON SEQUENCE django_migrations_id_seq TO schakel_backup",
            ],
            reverse_sql=[
                f"REVOKE SELECT ON django_migrations FROM {PROCESSES}",
                "REVOKE SELECT ON SEQUENCE django_migrations_id_seq FROM schakel_backup",
            ],
        ),
    ]
