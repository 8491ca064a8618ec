"""Joining is work from a queue of its own, so the linker may do with jobs what a worker may."""

from django.db import migrations

TABLES = "procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"


class Migration(migrations.Migration):
    dependencies = [("procrastinate", "0041_post_retry_failed_job")]
    operations = [
        migrations.RunSQL(
            sql=[f"GRANT INSERT, UPDATE, DELETE ON {TABLES} TO schakel_linker"],
            reverse_sql=[f"REVOKE INSERT, UPDATE, DELETE ON {TABLES} FROM schakel_linker"],
        ),
    ]
