"""Link encoded indexes of one round to each other, without names and without the key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.register.keyed import Index, KeyedRefused, link_indexes
from schakel.words import Words

_DONE = Words(
    "{records} records zonder naam, {organisations} organisaties, waarvan {listed} in het handelsregister. "
    "Geschreven: {out}.",
    "{records} records without names, {organisations} organisations, {listed} of them in the trade register. "
    "Wrote {out}.",
)


class Command(BaseCommand):
    """``schakel link-keyed INDEX... [--register INDEX] --out FILE``."""

    help = "Link encoded indexes of one round to each other, without names and without the key"
    group = "counting"
    of_files = "all"

    def add_arguments(self, parser: CommandParser) -> None:
        """What is linked, and where the answers go."""
        parser.add_argument("indexes", nargs="+", type=Path, metavar="INDEX", help="what `schakel encode` wrote")
        parser.add_argument("--register", type=Path, metavar="INDEX", help="the encoded trade register")
        parser.add_argument("--out", type=Path, default=Path("linking.csv"))
        parser.add_argument("--language", choices=["nl", "en"], default="nl", help="language of what is said")

    def handle(self, *args: Any, **options: Any) -> None:
        """Link, write [rid, number, agency, identity, decided], and say in one line what was done."""
        try:
            register = Index.read(options["register"]) if options["register"] else None
            links = link_indexes([Index.read(path) for path in options["indexes"]], register)
        except KeyedRefused as refusal:
            raise CommandError(refusal.why.in_(options["language"]), returncode=2) from refusal
        except OSError as error:
            raise CommandError(str(error), returncode=2) from error
        links.answers.select("rid", "number", "agency", "identity", "decided").write_csv(options["out"])
        done = _DONE.format(
            records=links.answers.height,
            organisations=links.answers["identity"].n_unique(),
            listed=links.matched.answers["entry"].drop_nulls().n_unique(),
            out=options["out"],
        )
        self.stdout.write(done.in_(options["language"]))
