"""Hold the ledger of identities against its log."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from schakel.register.keeping import differences
from schakel.register.linking import joinables
from schakel.sharing.roles import LINKER, database_role


class Command(BaseCommand):
    """``schakel replay``: whether what stands follows from the log; exit code 1 where it does not."""

    help = "Replay the log of identities and say where the tables say something else."
    group = "counting"

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay, and say what differs."""
        with database_role(LINKER):
            found = [f"{joinable.thing}: {line}" for joinable in joinables() for line in differences(joinable.thing)]
        for line in found:
            self.stdout.write(line)
        self.stdout.write(f"identities: {len(found)} differences between the log and what stands")
        if found:
            sys.exit(1)
