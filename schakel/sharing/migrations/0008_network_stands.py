"""Who is in the network, and who acts for whom, is what every wall stands on: no process writes it.

Parties and roles are an administrator's, by commands of the owner. Of a person the web process writes what signing in
changes: when, and the hash of the password where a better way of hashing came.
"""

from django.db import migrations

from schakel.sharing.roles import WEB, WORKER

_KEPT = (
    *(f"network_{name}" for name in ("party", "membership", "formername", "roleheld", "person")),
    *("auth_group", "auth_group_permissions", "auth_permission", "django_content_type"),
)
_SIGNING_IN = "network_person"
_COLUMNS = "last_login, password"


class Migration(migrations.Migration):
    dependencies = (
        ("sharing", "0007_identity_review_wall"),
        ("network", "0003_identity_steward"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    )
    operations = (
        *(
            migrations.RunSQL(
                sql=f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {WEB}, {WORKER}",
                reverse_sql=f"GRANT INSERT, UPDATE, DELETE ON {table} TO {WEB}, {WORKER}",
            )
            for table in _KEPT
        ),
        migrations.RunSQL(
            sql=f"GRANT UPDATE ({_COLUMNS}) ON {_SIGNING_IN} TO {WEB}",
            reverse_sql=f"REVOKE UPDATE ({_COLUMNS}) ON {_SIGNING_IN} FROM {WEB}",
        ),
    )
