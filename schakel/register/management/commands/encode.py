"""Encode an agency's list with the key of a round, so that it can be counted without its names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.register.keyed import KeyedRefused, encode_records, encode_register, new_key, read_key
from schakel.register.keyed.delivering import write_table
from schakel.register.keyed.encoding import Encoded
from schakel.register.keyed.reading import records_in, register_in
from schakel.register.keyed.refusing import refused
from schakel.words import Words

_DONE = Words(
    "{rows} records versleuteld voor ronde {round}; van {left_out} was het KvK-nummer of RSIN ongeldig en is het "
    "weggelaten. Het merk van de sleutel is {mark}. Geschreven: {out}.",
    "Encoded {rows} records for round {round}; of {left_out} the KvK number or RSIN was invalid and left out. "
    "The mark of the key is {mark}. Wrote {out}.",
)
_KEY_MADE = Words(
    "Een nieuwe sleutel staat in {path}. Geef hem alleen aan de bureaus van deze ronde, nooit aan wie telt, en nooit "
    "met een lijst mee.",
    "A new key is in {path}. Give it to the agencies of this round only, never to who counts, and never along with "
    "a list.",
)


class Command(BaseCommand):
    """``schakel encode FILE --key KEYFILE --round R --out OUT`` and ``schakel encode --new-key KEYFILE``."""

    help = "Encode a list with a round's key, so that names stay at the agency; --new-key makes a key"
    group = "delivering"
    of_files = "all"

    def add_arguments(self, parser: CommandParser) -> None:
        """What is encoded, with which key, and where the codes go."""
        parser.add_argument("file", nargs="?", type=Path, help="the list: parquet or csv")
        parser.add_argument("--key", type=Path, metavar="KEYFILE", help="the key of the round; yours only to read")
        parser.add_argument("--round", default="", help="the round's name, the same at all agencies, such as 2024-1")
        parser.add_argument("--out", type=Path, help="where the codes go: .csv to deliver, else .parquet")
        parser.add_argument("--agency", default="", help="whose list it is, where the file has no column agency")
        parser.add_argument("--register", action="store_true", help="the file is the trade register")
        parser.add_argument("--new-key", type=Path, metavar="KEYFILE", help="write a new random key, and do no more")
        parser.add_argument("--language", choices=["nl", "en"], default="nl", help="language of what is said")

    def handle(self, *args: Any, **options: Any) -> None:
        """Encode or make a key, and say in one line what was done."""
        try:
            done = _made(options["new_key"]) if options["new_key"] else _encoded(options)
        except KeyedRefused as refusal:
            raise CommandError(refusal.why.in_(options["language"]), returncode=2) from refusal
        except OSError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(done.in_(options["language"]))


def _made(path: Path) -> Words:
    new_key(path)
    return _KEY_MADE.format(path=path)


def _encoded(options: dict[str, Any]) -> Words:
    file, key, out = options["file"], options["key"], options["out"]
    if not (file and key and out):
        raise refused(
            "Noem de lijst, de sleutel en waar het heen moet: schakel encode LIJST --key SLEUTEL --round RONDE --out "
            "UIT.parquet",
            "Name the list, the key and where it goes: schakel encode LIST --key KEY --round ROUND --out OUT.parquet",
        )
    if out.exists() and any(out.samefile(kept) for kept in (file, key) if kept.exists()):
        raise refused(
            "{out} is de lijst of de sleutel zelf; kies een andere naam.",
            "{out} is the list or the key itself; choose another name.",
            out=out,
        )
    used = read_key(key, options["round"])
    made: Encoded
    if options["register"]:
        made = encode_register(register_in(file), used)
    else:
        made = encode_records(records_in(file, options["agency"]), used)
    if out.suffix.lower() == ".csv":
        write_table(made.index, out)
    else:
        made.index.write(out)
    told = {"rows": made.index.rows.height, "round": used.round, "left_out": made.left_out, "mark": used.check}
    return _DONE.format(**told, out=out)
