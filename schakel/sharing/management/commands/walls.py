"""What the database enforces, table by table."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from schakel.sharing.walls import page, walls


class Command(BaseCommand):
    """``schakel walls``: the page `docs/administrators/walls.md`, of the database that is asked."""

    help = "Say of every table by which policies its rows are read and written, as a Markdown page."
    group = "administration"

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page."""
        self.stdout.write("\n".join(page(walls(connection))))
