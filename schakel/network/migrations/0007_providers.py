"""Providers of OpenID Connect stand in a file, and nothing they say is kept: no process writes the tables for it.

allauth looks whether somebody was linked before it asks us; nobody ever is.
"""

from django.db import migrations

_ALL = "schakel_web, schakel_worker, schakel_counter, schakel_linker"
_TABLES = ("socialaccount_socialapp", "socialaccount_socialtoken", "socialaccount_socialaccount")


class Migration(migrations.Migration):
    dependencies = (
        ("network", "0006_factors_and_sessions"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    )
    operations = (
        migrations.RunSQL(
            sql=[
                *(f"REVOKE ALL ON {table} FROM {_ALL}" for table in _TABLES),
                "GRANT SELECT ON socialaccount_socialaccount TO schakel_web",
            ],
            reverse_sql=migrations.RunSQL.noop,
        ),
    )
