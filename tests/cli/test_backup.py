"""A backup holds everything of one moment, and a restore proves that it does."""

from __future__ import annotations

import io
import json
import tarfile
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

from schakel.cli.archive import DUMP, read_manifest
from schakel.cli.command import Exit, Installation
from schakel.cli.commands import accounts, backup, check, restore
from schakel.cli.connections import connect
from schakel.cli.database import create_database, note_state, prepare_accounts
from schakel.cli.postgres import Server, ServerInfo
from schakel.cli.refusals import Refused
from schakel.cli.tables import migrations_state
from schakel.databases import DATABASE_NAME, ROLES
from tests.cli.conftest import QUICK, own_folder

_WALLED = """
    CREATE TABLE IF NOT EXISTS walled (id int PRIMARY KEY, owner text, said text);
    ALTER TABLE walled ENABLE ROW LEVEL SECURITY;
    ALTER TABLE walled FORCE ROW LEVEL SECURITY;
    CREATE POLICY migrates ON walled TO schakel_owner USING (true) WITH CHECK (true);
    CREATE POLICY sees_all ON walled FOR SELECT TO schakel_backup USING (true);
    GRANT SELECT ON walled TO schakel_backup, schakel_web;
    CREATE TABLE IF NOT EXISTS procrastinate_jobs (status text);
    GRANT SELECT ON procrastinate_jobs TO schakel_backup;
    INSERT INTO walled SELECT number, 'nom', 'row ' || number FROM generate_series(1, 500) number;
"""


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Path, ServerInfo]]:
    """An embedded server with an empty database, which is taken for migrated."""
    with own_folder() as var, Server(var / "postgres", settings=QUICK) as info:
        yield var, info


@pytest.fixture
def installation(running: tuple[Path, ServerInfo]) -> Installation:
    """An installation with 500 walled rows and a kept file."""
    var, info = running
    prepare_accounts(info, var=var)
    with info.connect() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{DATABASE_NAME}" WITH (FORCE)')
        create_database(connection, DATABASE_NAME)
        note_state(connection, migrations_state())
    made = Installation(var, {"PATH": "/usr/bin:/bin"})
    with connect("owner", made) as connection:
        connection.execute(_WALLED)
    (var / "files").mkdir(exist_ok=True)
    (var / "files" / "delivery.xlsx").write_bytes(b"as it was delivered")
    return made


def back_up(installation: Installation, target: Path) -> Path:
    assert backup.run(Namespace(file=target, base=False), installation) == Exit.DONE
    return target


def restored(installation: Installation, archive: Path, *, replace: bool = True) -> int:
    return restore.run(Namespace(file=archive, replace=replace, archive=None), installation)


def said(installation: Installation, number: int) -> object:
    with connect("owner", installation) as connection:
        return connection.execute("SELECT said FROM walled WHERE id = %s", [number]).fetchone()


def test_what_was_lost_comes_back(installation: Installation, tmp_path: Path) -> None:
    archive = back_up(installation, tmp_path / "today.tar")
    with connect("owner", installation) as connection:
        connection.execute("DELETE FROM walled")
    (installation.var / "files" / "delivery.xlsx").unlink()
    assert restored(installation, archive) == Exit.DONE
    assert said(installation, 500) == ("row 500",)
    assert (installation.var / "files" / "delivery.xlsx").read_bytes() == b"as it was delivered"


def test_the_walls_come_back_too(installation: Installation, tmp_path: Path) -> None:
    restored(installation, back_up(installation, tmp_path / "today.tar"))
    with connect("web", installation) as connection:
        assert connection.execute("SELECT count(*) FROM walled").fetchone() == (0,)


def test_rows_that_are_held_back_from_the_site_and_so_from_the_owner_are_restored(
    installation: Installation, tmp_path: Path
) -> None:
    with connect("owner", installation) as connection:
        connection.execute("CREATE POLICY never ON walled AS RESTRICTIVE TO schakel_web USING (id > 20)")
    with connect("owner", installation) as connection:
        assert connection.execute("SELECT count(*) FROM walled").fetchone() == (480,)
    assert restored(installation, back_up(installation, tmp_path / "today.tar")) == Exit.DONE
    with connect("backup", installation) as connection:
        assert connection.execute("SELECT count(*) FROM walled").fetchone() == (500,)


def test_a_database_that_is_there_is_not_overwritten_but_kept(installation: Installation, tmp_path: Path) -> None:
    archive = back_up(installation, tmp_path / "today.tar")
    with connect("owner", installation) as connection:
        connection.execute("UPDATE walled SET said = 'changed' WHERE id = 1")
    with pytest.raises(Refused, match="there is a database already"):
        restored(installation, archive, replace=False)
    assert said(installation, 1) == ("changed",)
    restored(installation, archive)
    assert said(installation, 1) == ("row 1",)
    with connect("owner", installation) as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'schakel_before_%'").fetchall()
    assert names


def test_a_backup_holds_no_password(installation: Installation, tmp_path: Path) -> None:
    archive = back_up(installation, tmp_path / "today.tar")
    with tarfile.open(archive) as tar:
        assert {DUMP, "schakel-backup.json", "files/files/delivery.xlsx"} == set(tar.getnames())
    assert archive.stat().st_mode & 0o077 == 0


def test_a_backup_says_what_it_holds(installation: Installation, tmp_path: Path) -> None:
    manifest = read_manifest(back_up(installation, tmp_path / "today.tar"))
    assert manifest.tables == {"procrastinate_jobs": 0, "walled": 500}
    assert list(manifest.files) == ["files/delivery.xlsx"]


def test_rows_that_a_backup_could_not_see_are_not_left_out_in_silence(
    installation: Installation, tmp_path: Path
) -> None:
    with connect("owner", installation) as connection:
        connection.execute("DROP POLICY sees_all ON walled")
    with pytest.raises(Refused, match="may not see all rows of walled"):
        back_up(installation, tmp_path / "today.tar")
    assert not (tmp_path / "today.tar").exists()


def test_a_restore_that_lacks_rows_does_not_take_the_place_of_anything(
    installation: Installation, tmp_path: Path
) -> None:
    archive = with_manifest(back_up(installation, tmp_path / "today.tar"), tmp_path / "lacking.tar", walled=501)
    with connect("owner", installation) as connection:
        connection.execute("UPDATE walled SET said = 'in use' WHERE id = 1")
    with pytest.raises(Refused, match="not the rows they had: walled"):
        restored(installation, archive)
    assert said(installation, 1) == ("in use",)


def with_manifest(archive: Path, target: Path, **rows: int) -> Path:
    """A copy of the backup that says of itself that it holds other numbers of rows."""
    with tarfile.open(archive) as old, tarfile.open(target, "w") as new:
        for member in old:
            content = old.extractfile(member)
            data = content.read() if content else b""
            if member.name == "schakel-backup.json":
                known = json.loads(data)
                known["tables"] |= rows
                data = json.dumps(known).encode()
                member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return target


def test_a_backup_of_a_later_format_is_refused(installation: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "later.tar"
    with tarfile.open(archive, "w") as tar:
        text = b'{"format": 99}'
        member = tarfile.TarInfo("schakel-backup.json")
        member.size = len(text)
        tar.addfile(member, io.BytesIO(text))
    with pytest.raises(Refused, match="format 99"):
        restored(installation, archive)


def test_an_installation_as_it_should_be_has_no_findings(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check.run(Namespace(words=[], audit=False, leaks=False), installation) == Exit.DONE
    assert "as it should be" in capsys.readouterr().out


def test_a_hole_in_the_walls_is_found(
    installation: Installation, running: tuple[Path, ServerInfo], capsys: pytest.CaptureFixture[str]
) -> None:
    with connect("owner", installation) as connection:
        connection.execute("ALTER TABLE walled NO FORCE ROW LEVEL SECURITY")
        connection.execute("INSERT INTO procrastinate_jobs VALUES ('failed')")
    with running[1].connect() as superuser:
        superuser.execute("ALTER ROLE schakel_web REPLICATION")
        superuser.execute("GRANT schakel_backup TO schakel_worker")
    assert check.run(Namespace(words=[], audit=False, leaks=False), installation) == Exit.FINDINGS
    found = capsys.readouterr().out
    with running[1].connect() as superuser:
        superuser.execute("ALTER ROLE schakel_web NOREPLICATION")
        superuser.execute("REVOKE schakel_backup FROM schakel_worker")
    for finding in ("schakel_web may pass", "schakel_worker is a member of schakel_backup", "walled is not forced"):
        assert finding in found
    assert "1 jobs failed" in found


def test_a_server_of_your_own_gets_roles_with_passwords_from_files(
    running: tuple[Path, ServerInfo], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    info = running[1]
    server = f"postgresql://{info.superuser}:{info.password}@/postgres?host={info.host}"
    words = Namespace(server=server, ask=False, secrets=tmp_path / "secrets", database="of_your_own")
    assert accounts.run(words, Installation(tmp_path, {})) == Exit.DONE
    printed = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines())
    environ = printed | {"DATABASE_URL": f"postgresql:///of_your_own?host={info.host}"}
    for role in ROLES:
        with connect(role, Installation(tmp_path, environ)) as connection:
            assert connection.execute("SELECT current_user").fetchone() == (f"schakel_{role}",)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "secrets").iterdir())
