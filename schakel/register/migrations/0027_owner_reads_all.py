"""The owner of the tables reads every question: it is a member of the roles that ``within_is_own`` holds back.

A policy for a role is one for its members too, and one that restricts cannot be opened by another. Without this a
restore found fewer questions than the backup had, and refused.
"""

from django.db import migrations

from schakel.sharing.roles import OWNER

_ME = "(SELECT NULLIF(current_setting('schakel.party', true), '')::bigint)"
_TABLES = {"register_doubt": ("owner_a_id", "owner_b_id"), "register_card": ("owner_id", "other_id")}
_IS_OWNER = f"(SELECT pg_has_role('{OWNER}', 'USAGE'))"


def _altered(table: str, one: str, other: str) -> migrations.RunSQL:
    holds = f"{one} IS DISTINCT FROM {other} OR {one} = {_ME}"
    return migrations.RunSQL(
        f"ALTER POLICY within_is_own ON {table} USING ({holds} OR {_IS_OWNER})",
        reverse_sql=f"ALTER POLICY within_is_own ON {table} USING ({holds})",
    )


class Migration(migrations.Migration):
    dependencies = [("register", "0026_erasable")]
    operations = [_altered(table, *columns) for table, columns in _TABLES.items()]
