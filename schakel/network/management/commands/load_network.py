"""Bring the parties of the network up to date from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from schakel.network.actions import NETHERLANDS, load_network
from schakel.trail.actors import Actor


class Command(BaseCommand):
    """``schakel load_network``."""

    help = "Bring the parties of the network up to date from a TOML file (the Dutch network if none is named)."
    group = "administration"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file to read."""
        parser.add_argument("file", nargs="?", type=Path, default=NETHERLANDS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many."""
        count = load_network(actor=Actor(party=None, process="command line"), path=options["file"])
        self.stdout.write(f"{count} parties are up to date")
