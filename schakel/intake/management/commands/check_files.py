"""Check files where they are, without a server: what stands behind ``schakel check FILE`` and the public page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.intake.desk import Look, look_at, report
from schakel.intake.findings import Severity
from schakel.intake.mapping import MappingError
from schakel.intake.saying import say


class Command(BaseCommand):
    """``schakel check FILE...``."""

    help = "Check files or a folder, and keep nothing"

    def add_arguments(self, parser: CommandParser) -> None:
        """What is checked, as whose, and how it is said."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="file")
        parser.add_argument("--agency", default="", help="slug of the agency, such as impuls-zeeland")
        parser.add_argument("--year", type=int, help="the year it is about (last year)")
        parser.add_argument("--mapping", type=Path, help="a mapping (TOML) to read by; without it one is proposed")
        parser.add_argument("--language", choices=["nl", "en"], default="nl", help="language of the findings")
        parser.add_argument("--json", action="store_true", help="all of it as JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, say, and end with exit code 1 where a row would be kept out."""
        missing = [str(path) for path in options["paths"] if not path.exists()]
        if missing:
            raise CommandError(f"{missing[0]} does not exist; name a file or a folder that does.", returncode=2)
        try:
            text = options["mapping"].read_text(encoding="utf-8") if options["mapping"] else ""
            look = look_at(options["paths"], agency=options["agency"], period=options["year"], text=text)
        except (MappingError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(report(look, options["language"]), ensure_ascii=False))
        else:
            self._say(look, options["language"])
        if not look.examination.readable or any(f.severity is Severity.ERROR for f in look.examination.findings):
            raise SystemExit(1)

    def _say(self, look: Look, language: str) -> None:
        said = report(look, language)
        for line in say(look.examination.findings, language):
            self.stderr.write(line)
        read = ", ".join(f"{kind['rows']} {kind['name']}" for kind in said["kinds"]) or "nothing"
        self.stdout.write(f"{look.period}: read {read}; {len(said['findings'])} findings. Nothing was kept.")
