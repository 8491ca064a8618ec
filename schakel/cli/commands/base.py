"""`schakel backup --base`: a copy of the embedded server's files, beside its archived log of changes."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

from schakel.cli.archive import kept_files, manifest_of
from schakel.cli.binaries import major_of
from schakel.cli.command import Exit, Installation
from schakel.cli.continuous import MANIFEST, VARIABLE, Archive, archive_of, first_piece
from schakel.cli.database import reachable_database
from schakel.cli.postgres import Server, ServerInfo
from schakel.cli.refusals import Refused
from schakel.cli.tables import migrations_state

_PATIENCE = 120.0  # seconds for the last piece to be put away
_LAST_PIECE = "SELECT pg_walfile_name(pg_switch_wal())"


def make_base(installation: Installation, *, keep: int) -> int:
    """Copy the server's files while it is in use, and wait until all that was committed by then is in the archive.

    The newest ``keep`` bases stay, with the pieces that they need. Raises Refused.
    """
    archive = archive_of(installation.environ)
    if archive is None or installation.environ.get("DATABASE_URL"):
        raise Refused(
            f"a base is made of the embedded server, and {VARIABLE} names the folder for it. For a server of "
            "your own see docs/administrators/recovery.md."
        )
    with reachable_database(installation) as server:
        if server is None:
            raise Refused("the embedded server does not run")
        target, ended = _copied(archive, installation, server)
        _cleaned(archive, server.programs, keep=keep)
    sys.stdout.write(f"{target}: all that was committed before {ended} is in the archive.\n")
    return Exit.DONE


def _copied(archive: Archive, installation: Installation, server: Server) -> tuple[Path, str]:
    info = server.start()
    _archives(info)
    target = archive.root / "base" / _now().replace(":", "").replace("-", "")[:15]
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    command = [str(server.programs / "pg_basebackup"), "--pgdata", str(unfinished), "--format", "tar", "--gzip"]
    command += ["--wal-method", "stream", "--checkpoint", "fast", "--manifest-checksums", "SHA256", "--no-password"]
    account = {"PGHOST": info.host, "PGPORT": str(info.port), "PGUSER": info.superuser, "PGPASSWORD": info.password}
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, check=False, capture_output=True, text=True, env=dict(installation.environ) | account
    )
    if done.returncode != 0:
        raise Refused(f"pg_basebackup failed:\n{done.stderr.strip()}")
    manifest = manifest_of(
        installation.var, postgres=major_of(server.programs), migrations=migrations_state(), tables={}
    )
    for path in kept_files(installation.var):
        kept = unfinished / "files" / path.relative_to(installation.var)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, kept)
    (unfinished / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True), encoding="utf-8")
    unfinished.rename(target)
    return target, _put_away(archive, info)


def _archives(info: ServerInfo) -> None:
    with info.connect() as connection:
        if connection.execute("SHOW archive_mode").fetchone() != ("on",):
            raise Refused(f"the server was started without {VARIABLE}. Stop Schakel, and start it with that.")


def _put_away(archive: Archive, info: ServerInfo) -> str:
    """Have all that is committed by now archived; return that moment."""
    with info.connect() as connection:
        moment = _now()
        row = connection.execute(_LAST_PIECE).fetchone()
        piece = archive.pieces / f"{row[0] if row else ''}.gz"
        patience = time.monotonic() + _PATIENCE
        while not piece.exists():
            if time.monotonic() > patience:
                raise Refused(f"{piece} does not come; see the server's log.")
            time.sleep(0.1)
    return moment


def _cleaned(archive: Archive, programs: Path, *, keep: int) -> None:
    """Take away all bases but the newest, and the pieces that those left do not need."""
    bases = archive.bases()
    for old in bases[:-keep]:
        shutil.rmtree(old)
    oldest = first_piece(bases[-keep:][0])
    subprocess.run(  # noqa: S603 - our own arguments
        [programs / "pg_archivecleanup", "-x", ".gz", archive.pieces, oldest], check=True, capture_output=True
    )


def _now() -> str:
    return datetime.datetime.now(tz=datetime.UTC).isoformat(timespec="milliseconds")
