"""A backup: one file with the database and the kept files of the same moment, and what must be found in it again.

It holds no passwords and no keys: those of `var/secrets` are kept apart, so that who finds a backup finds no way in.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from schakel import __version__
from schakel.cli.refusals import Refused

FORMAT = 2
_READ = {1, 2}  # 1 had no digests
DUMP = "database.dump"
_MANIFEST = "schakel-backup.json"
_FILES = "files"
# Made again by a start, secret, or to be newer than any backup. All else under var/ is kept, also what a later version
# puts there.
_NOT_KEPT = {
    "secrets",
    "erasures",
    "socket",
    "run",
    "log",
    "static",
    "extract",
    "backups",
    "before-upgrade",
    "database.json",
    "demonstration.json",
}


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    ``tables``: rows of each table, ``digests``: what stands in them (see contents); ``files``: SHA-256 of each kept
    file; ``trail``: the moment of the trail's newest line.
    """

    made_at: str
    version: str
    postgres: int
    migrations: str
    tables: dict[str, int]
    files: dict[str, str]
    digests: dict[str, str] = field(default_factory=dict)
    trail: str = ""
    format: int = FORMAT


def kept_files(var: Path) -> Iterator[Path]:
    """Yield the files of an installation that a backup keeps."""
    for entry in sorted(var.iterdir()) if var.exists() else []:
        if entry.name in _NOT_KEPT or entry.name.startswith("postgres") or entry.suffix == ".lock":
            continue
        yield from sorted(path for path in [entry, *entry.rglob("*")] if path.is_file())


def manifest_of(
    var: Path,
    *,
    postgres: int,
    migrations: str,
    tables: dict[str, int],
    digests: dict[str, str] | None = None,
    trail: str = "",
) -> Manifest:
    """Describe an installation as it is now."""
    now = datetime.datetime.now(tz=datetime.UTC).isoformat(timespec="seconds")
    files = {str(path.relative_to(var)): digest(path) for path in kept_files(var)}
    return Manifest(now, __version__, postgres, migrations, tables, files, digests or {}, trail)


def write_archive(target: Path, *, manifest: Manifest, dump: Path, var: Path) -> None:
    """Write the backup, whole or not at all, readable by us only.

    Raises Refused where a kept file changed while it was read.
    """
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        with tarfile.open(unfinished, "w") as tar:
            _add_text(tar, _MANIFEST, json.dumps(asdict(manifest), indent=1, sort_keys=True))
            tar.add(dump, DUMP)
            for name, known in manifest.files.items():
                tar.add(var / name, f"{_FILES}/{name}", recursive=False)
                if digest(var / name) != known:
                    raise Refused(f"{name} changed while the backup was made; make it again.")
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def read_manifest(archive: Path) -> Manifest:
    """Return what a backup says of itself. Raises Refused for a file that is no backup, or of a later format."""
    try:
        with tarfile.open(archive) as tar:
            found = tar.extractfile(_MANIFEST)
            said = found.read().decode() if found else ""
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        raise Refused(f"{archive} is not a backup of Schakel that can be read ({error}).") from error
    return manifest_in(said, named=archive)


def manifest_in(said: str, *, named: Path) -> Manifest:
    """Return the manifest that ``said`` is. Raises Refused for what is none, or of a later format."""
    try:
        known = json.loads(said)
    except ValueError as error:
        raise Refused(f"{named} is not a backup of Schakel that can be read ({error}).") from error
    if known.get("format") not in _READ:
        raise Refused(f"{named} has format {known.get('format')!r}; this version reads {FORMAT}. Use a later version.")
    return Manifest(**known)


def extract_dump(archive: Path, directory: Path) -> Path:
    """Write the backup's database dump into ``directory`` and return its path."""
    with tarfile.open(archive) as tar:
        tar.extract(DUMP, directory, filter="data")
    return directory / DUMP


def extract_files(archive: Path, manifest: Manifest, var: Path) -> int:
    """Put the kept files back under ``var``; return how many. Raises Refused where one is not what it was."""
    with tarfile.open(archive) as tar:
        for name, known in manifest.files.items():
            member = tar.getmember(f"{_FILES}/{name}")
            member.name = name
            tar.extract(member, var, filter="data")
            if digest(var / name) != known:
                raise Refused(f"{name} in {archive} is damaged.")
    return len(manifest.files)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    member = tarfile.TarInfo(name)
    content = text.encode()
    member.size = len(content)
    member.mode = 0o600
    tar.addfile(member, io.BytesIO(content))
