"""What was set, said or stated is not altered: only its end can be added; and comments wait for publication."""

from django.db import migrations

from schakel.sharing.policies import owned

_PARTIES = "schakel_web, schakel_worker"
_ACTING = "NULLIF(current_setting('schakel.party', true), '')::bigint"

# Of which columns the value may still be given, and while which column is empty.
_ENDS = {
    "figures_target": ("ended_at, ended_because", "ended_at"),
    "figures_figurecomment": ("withdrawn_at", "withdrawn_at"),
    "figures_pipelineentry": ("came, replaced_at", "replaced_at"),
}

_MAKER = f"EXISTS (SELECT FROM network_party WHERE id = (SELECT {_ACTING}) AND kind IN ('agency', 'secretariat'))"
# The hour alone; whether all bodies approved too is asked where comments are read (``comments``).
_HOUR_CAME = """EXISTS (
    SELECT FROM figures_publication p JOIN figures_closing c ON c.id = p.closing_id
    WHERE p.period = figures_figurecomment.period AND p.withdrawn_at IS NULL AND p.publish_at <= statement_timestamp()
    AND (c.id = figures_figurecomment.closing_id
         OR (figures_figurecomment.closing_id IS NULL AND c.made_at >= figures_figurecomment.written_at))
)"""
_CHOSEN = "CREATE POLICY chosen ON figures_figurecomment FOR SELECT TO {to} USING ({what})"


def _only_ends(table: str, columns: str, empty: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        sql=[
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {_PARTIES}",
            f"GRANT UPDATE ({columns}) ON {table} TO {_PARTIES}",
            f"CREATE POLICY stays ON {table} AS RESTRICTIVE FOR UPDATE TO {_PARTIES}"
            f" USING ({empty} IS NULL) WITH CHECK (true)",
        ],
        reverse_sql=[f"DROP POLICY stays ON {table}", f"GRANT UPDATE, DELETE ON {table} TO {_PARTIES}"],
    )


class Migration(migrations.Migration):
    dependencies = (("figures", "0006_targets_comments_pipeline"),)
    operations = (
        owned("figures_pipelineentry", read_by=("secretariat",)),
        *(_only_ends(table, columns, empty) for table, (columns, empty) in _ENDS.items()),
        migrations.RunSQL(
            sql=[
                "DROP POLICY chosen ON figures_figurecomment",
                _CHOSEN.format(to=_PARTIES, what=f"shared AND withdrawn_at IS NULL AND ({_MAKER} OR {_HOUR_CAME})"),
            ],
            reverse_sql=[
                "DROP POLICY chosen ON figures_figurecomment",
                _CHOSEN.format(to=_PARTIES, what="shared"),
            ],
        ),
    )
