"""`schakel restore --archive DIR`: the embedded server made anew from a base and the archived log of changes."""

from __future__ import annotations

import datetime
import json
import shutil
import sys
import tarfile
import time
from pathlib import Path

from schakel.cli.account import Account, server_account
from schakel.cli.archive import Manifest, digest, manifest_in
from schakel.cli.binaries import binaries, major_of
from schakel.cli.command import Exit, Installation
from schakel.cli.connections import connect
from schakel.cli.contents import first_broken_seal, newest_line
from schakel.cli.continuous import MANIFEST, Archive, archive_at
from schakel.cli.database import prepare_accounts
from schakel.cli.erasing_again import erase_again
from schakel.cli.locks import only_one
from schakel.cli.postgres import Server, ServerInfo
from schakel.cli.refusals import Refused

_ASKED = ("restore_command", "recovery_target_time", "recovery_target_action")


def replay(installation: Installation, root: Path, *, until: str | None) -> int:
    """Make the server of an empty folder anew, up to the last archived piece or to the moment ``until``.

    Every file is held to its SHA-256 in the base's manifest, the trail to its chain. Returns the exit code; raises
    Refused where there is a server already, no fitting base, or a damaged file. Nothing is written to the archive.
    """
    archive, moment = archive_at(root), _moment(until)
    data = installation.var / "postgres"
    if data.exists():
        raise Refused(f"{data} is there already. Stop Schakel, move it away, and restore into what is then empty.")
    base = archive.base_before(moment)
    manifest = manifest_in((base / MANIFEST).read_text(encoding="utf-8"), named=base)
    programs = binaries(manifest.postgres)
    if major_of(programs) != manifest.postgres:
        raise Refused(f"the base is of PostgreSQL {manifest.postgres}, and {programs} is another version.")
    installation.var.mkdir(parents=True, exist_ok=True, mode=0o700)
    _unpack(base, data, archive, moment)
    broken, newest = _replayed(installation, data)
    files = _put_back(base, manifest, installation.var)
    erase_again(installation)
    sys.stdout.write(f"Restored from {base.name}, {files} files; the last line of the trail is of {newest}.\n")
    sys.stdout.write("Make a new base once it runs: `schakel backup --base`.\n")
    if broken is not None:
        sys.stdout.write(f"- the trail is broken from seal {broken} on; see `schakel check --audit`\n")
    return Exit.DONE if broken is None else Exit.FINDINGS


def _moment(until: str | None) -> str | None:
    if until is None:
        return None
    try:
        said = datetime.datetime.fromisoformat(until)
    except ValueError as error:
        raise Refused(f"{until} is no moment; write it as 2026-11-23T20:15:00Z.") from error
    return said.astimezone(datetime.UTC).isoformat(timespec="milliseconds")


def _unpack(base: Path, data: Path, archive: Archive, moment: str | None) -> None:
    """Put the base's files beside their place, hold them to its manifest, and rename them when whole."""
    account, fresh = server_account(), data.with_name(f"{data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    for packed, place in ((base / "base.tar.gz", fresh), (base / "pg_wal.tar.gz", fresh / "pg_wal")):
        with tarfile.open(packed) as tar:
            tar.extractall(place, filter="data")
    shutil.copy2(base / "backup_manifest", fresh)
    if damaged := damaged_files(fresh):
        raise Refused(f"{base} is damaged: {', '.join(damaged[:5])}")
    wanted = {"restore_command": archive.fetching, "recovery_target_action": "promote"}
    wanted |= {"recovery_target_time": moment} if moment else {}
    with (fresh / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
        settings.writelines(f"{name} = '{value}'\n" for name, value in wanted.items())
    (fresh / "recovery.signal").touch()
    _give(account, fresh)
    fresh.rename(data)


def damaged_files(directory: Path) -> list[str]:
    """The files of an unpacked base that are not there, or not as its manifest says by their SHA-256."""
    # As pg_verifybackup does; that program is not among those of every build of PostgreSQL, or does not run there.
    known = json.loads((directory / "backup_manifest").read_text(encoding="utf-8"))["Files"]
    paths = {directory / (one.get("Path") or bytes.fromhex(one["Encoded-Path"]).decode()): one for one in known}
    return sorted(
        str(path.relative_to(directory))
        for path, one in paths.items()
        if not path.is_file() or digest(path) != one["Checksum"]
    )


def _give(account: Account, directory: Path) -> None:
    for path in [directory, *directory.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
        account.own(path)


def _replayed(installation: Installation, data: Path) -> tuple[int | None, str]:
    """Start it, wait until it has replayed all there is, and look: the first broken seal, and the newest line."""
    server = Server(data, settings=installation.server_settings)
    info = server.start()
    try:
        _wait(info)
        with only_one(installation.var / "database.lock"):
            prepare_accounts(info, var=installation.var)
        with connect("owner", installation) as connection:
            return first_broken_seal(connection), newest_line(connection)
    finally:
        server.stop()


def _wait(info: ServerInfo) -> None:
    with info.connect() as connection:
        while connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,):
            time.sleep(0.1)
        for name in _ASKED:
            connection.execute(f"ALTER SYSTEM RESET {name}")


def _put_back(base: Path, manifest: Manifest, var: Path) -> int:
    for name, known in manifest.files.items():
        (var / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(base / "files" / name, var / name)
        if digest(var / name) != known:
            raise Refused(f"{name} in {base} is damaged.")
    return len(manifest.files)
