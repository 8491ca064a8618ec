"""How the tables of the database stand to this version, as JSON, for the command line (see `schakel.cli.tables`)."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations import Migration, operations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# What takes away or rewrites what stood in a table; whatever else is done to one leaves its rows as they are.
_REWRITING = (
    operations.AlterField,
    operations.AlterModelTable,
    operations.DeleteModel,
    operations.RemoveField,
    operations.RenameField,
    operations.RenameModel,
)


class Command(BaseCommand):
    """``python -m django standing``: the migrations that wait, and those that this version does not know."""

    help = "Say which migrations wait, which tables each rewrites, and which are of a newer version."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it as one line."""
        executor = MigrationExecutor(connection)
        loader = executor.loader
        ours = {config.label for config in apps.get_app_configs() if config.name.startswith("schakel.")}
        unknown = sorted(
            f"{app}.{name}"
            for app, name in loader.applied_migrations
            if app in ours and (app, name) not in loader.disk_migrations
        )
        state = loader.project_state([key for key in loader.applied_migrations if key in loader.graph.nodes])
        waiting = []
        for migration, _backwards in executor.migration_plan(loader.graph.leaf_nodes()):
            waiting.append(
                {"name": f"{migration.app_label}.{migration.name}", "rewrites": _rewritten(migration, state)}
            )
            state = migration.mutate_state(state, preserve=False)
        self.stdout.write(json.dumps({"waiting": waiting, "unknown": unknown}))


def _rewritten(migration: Migration, state: ProjectState) -> list[str]:
    """The tables that a migration says it rewrites: in ``rewrites``, and by what Django is told to do."""
    told = set(getattr(migration, "rewrites", ()))
    for operation in migration.operations:
        if isinstance(operation, _REWRITING):
            told.add(_table(migration.app_label, operation, state))
    return sorted(told)


def _table(app: str, operation: Operation, state: ProjectState) -> str:
    named = (getattr(operation, name, None) for name in ("model_name", "old_name", "name"))
    model = str(next(filter(None, named)))
    known = state.models.get((app, model.lower()))
    table = known.options.get("db_table") if known else None
    return str(table or f"{app}_{model.lower()}")
