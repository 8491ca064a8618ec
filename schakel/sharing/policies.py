"""Migration operations that put a table behind its wall.

The simplest policy: a row is its owner's. Agreements will widen who may read it; nothing else will.
"""

from __future__ import annotations

from django.db import migrations

from schakel.sharing.roles import ALL_SEEING, LINKER, OWNER, WEB, WORKER

_ACTING = "NULLIF(current_setting('schakel.party', true), '')::bigint"


def owned(table: str, *, owner: str = "owner_id", linker_writes: bool = False) -> migrations.RunSQL:
    """Row security, enabled and forced, on ``table`` whose column ``owner`` holds the owning party's id.

    ``linker_writes``: the table holds what joining decides, so the linker writes it too.
    """
    own = f"{owner} = (SELECT {_ACTING})"
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY own ON {table} TO {WEB}, {WORKER} USING ({own}) WITH CHECK ({own})",
        f"CREATE POLICY migrates ON {table} TO {OWNER} USING (true) WITH CHECK (true)",
        f"CREATE POLICY sees_all ON {table} FOR SELECT TO {', '.join(ALL_SEEING)} USING (true)",
    ]
    if linker_writes:
        statements += [
            f"CREATE POLICY joins ON {table} TO {LINKER} USING (true) WITH CHECK (true)",
            f"GRANT INSERT, UPDATE, DELETE ON {table} TO {LINKER}",
        ]
    undo = [f"DROP POLICY IF EXISTS {name} ON {table}" for name in ("own", "migrates", "sees_all", "joins")]
    undo += [f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"]
    return migrations.RunSQL(sql=statements, reverse_sql=undo)


def append_only(table: str) -> migrations.RunSQL:
    """No process may alter or remove rows of ``table``."""
    return migrations.RunSQL(
        sql=[f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {WEB}, {WORKER}"],
        reverse_sql=[f"GRANT UPDATE, DELETE ON {table} TO {WEB}, {WORKER}"],
    )
