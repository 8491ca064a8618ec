"""The archive of the embedded server's log of changes (WAL), beside which a copy of its files (a base) is kept.

Invariants: the server itself puts each finished piece of its log there, at the latest every half minute in which
something was written, whole or not at all, and never over another; a base is there whole or not at all. From a base and
what follows it the server can be made anew up to the last piece, or up to a moment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from schakel.cli.refusals import Refused

VARIABLE = "SCHAKEL_ARCHIVE"
SECONDS = 30  # that a piece is kept open at most; with the time to put it away, less than a minute is lost
MANIFEST = "schakel-base.json"
_SEGMENT = 16 * 1024 * 1024  # bytes of a piece, as initdb makes them
_PLAIN = re.compile(r"[\w./+:@ -]+")
# As PostgreSQL's manual asks of such a command: nothing is overwritten, and the same piece twice is no fault.
_PUT_AWAY = (
    'set -e; d="{folder}"; if [ -e "$d/%f.gz" ]; then gzip -dc "$d/%f.gz" | cmp -s - "%p"; exit; fi; '
    'gzip -c "%p" > "$d/%f.unfinished"; sync "$d/%f.unfinished"; mv "$d/%f.unfinished" "$d/%f.gz"'
)


@dataclass(frozen=True)
class Archive:
    """The folder that ``SCHAKEL_ARCHIVE`` names: ``wal`` holds the pieces, ``base`` the copies, by their moment."""

    root: Path

    @property
    def pieces(self) -> Path:
        """The folder into which the server writes."""
        return self.root / "wal"

    @property
    def server_settings(self) -> dict[str, str]:
        """What PostgreSQL is told, so that it archives."""
        return {
            "archive_mode": "on",
            "archive_timeout": str(SECONDS),
            "archive_command": _PUT_AWAY.format(folder=self.pieces),
        }

    @property
    def fetching(self) -> str:
        """The command by which a server that is made anew gets a piece."""
        return f'gzip -dc "{self.pieces}/%f.gz" > "%p"'

    def bases(self) -> list[Path]:
        """The bases that are whole, the oldest first."""
        return sorted(path.parent for path in (self.root / "base").glob(f"*/{MANIFEST}"))

    def base_before(self, moment: str | None) -> Path:
        """The newest base that was whole at ``moment`` (ISO 8601, UTC), or the newest of all. Raises Refused."""
        known = [base for base in self.bases() if moment is None or _ended(base) <= moment]
        if not known:
            when = f" from before {moment}" if moment else ""
            raise Refused(f"{self.root} holds no base{when}. `schakel backup --base` makes one.")
        return known[-1]


def archive_of(environ: Mapping[str, str]) -> Archive | None:
    """Return the archive that the environment names, or None. Raises Refused for a path that a shell would misread."""
    named = environ.get(VARIABLE, "")
    return archive_at(Path(named)) if named else None


def archive_at(root: Path) -> Archive:
    """Return the archive in a folder; see archive_of."""
    if not _PLAIN.fullmatch(str(root)):
        raise Refused(f"{root}: letters, digits, blanks and ./+:@_- are taken in the path of an archive.")
    return Archive(root.absolute())


def first_piece(base: Path) -> str:
    """Return the name of the first piece that ``base`` needs; those before it serve nothing any more."""
    known = json.loads((base / "backup_manifest").read_text(encoding="utf-8"))["WAL-Ranges"][0]
    high, low = (int(half, 16) for half in known["Start-LSN"].split("/"))
    return f"{known['Timeline']:08X}{high:08X}{low // _SEGMENT:08X}"


def _ended(base: Path) -> str:
    return str(json.loads((base / MANIFEST).read_text(encoding="utf-8"))["made_at"])
