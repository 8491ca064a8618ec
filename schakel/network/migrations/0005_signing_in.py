"""Tries to sign in: the web process counts them, the worker takes old ones away, and nobody alters one.

Roles are written out here: this floor cannot import the one that names them.
"""

from django.db import migrations, models

_TABLE = "network_signintry"


class Migration(migrations.Migration):
    dependencies = (("network", "0004_people"), ("sharing", "0008_network_stands"))
    operations = (
        migrations.CreateModel(
            name="SignInTry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counter", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "sign-in tries",
                "indexes": [models.Index(fields=["counter", "at"], name="sign_in_try")],
            },
        ),
        migrations.RunSQL(
            sql=[
                f"REVOKE ALL ON {_TABLE} FROM schakel_web, schakel_worker, schakel_counter, schakel_linker",
                f"GRANT SELECT, INSERT, DELETE ON {_TABLE} TO schakel_web",
                f"GRANT SELECT, DELETE ON {_TABLE} TO schakel_worker",
            ],
            reverse_sql=migrations.RunSQL.noop,
        ),
    )
