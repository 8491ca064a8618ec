"""The register of processing as a page of `docs/`: ``schakel processing``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from schakel.privacy.processing_register import page


class Command(BaseCommand):
    """``schakel processing [--language en]``: the register of article 30 as Markdown."""

    help = "Write the register of processing (article 30 of the GDPR) as a Markdown page."
    group = "administration"

    def add_arguments(self, parser: CommandParser) -> None:
        """In which language."""
        parser.add_argument("--language", choices=("nl", "en"), default="nl", help="nl or en")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page."""
        self.stdout.write("\n".join(page(options["language"])))
