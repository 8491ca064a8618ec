"""Tables of a network in use are brought up to date after a backup, or not at all; others refuse them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from schakel.cli import database, upgrading
from schakel.cli.archive import read_manifest
from schakel.cli.command import Installation
from schakel.cli.connections import connect
from schakel.cli.database import Behind, create_database, note_state, noted_state, prepare_accounts, reachable_database
from schakel.cli.postgres import Server
from schakel.cli.refusals import Refused
from schakel.cli.tables import MigrationError, Standing, Waiting, migrations_state
from schakel.databases import DATABASE_NAME
from tests.cli.conftest import QUICK, own_folder

BEHIND = Standing((Waiting("invest.0005_rounds", ()),), ())
NEWER = Standing((), ("invest.0006_later",))
_NETWORK = """
    CREATE TABLE network_party (slug text);
    GRANT SELECT ON network_party TO schakel_backup;
    INSERT INTO network_party VALUES ('bom');
"""


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Path, Server]]:
    """An embedded server."""
    with own_folder() as var:
        server = Server(var / "postgres", settings=QUICK)
        server.start()
        yield var, server
        server.stop()


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which migrations were begun; none is really done, and one waits."""
    begun: list[str] = []

    def migrate(**_where: object) -> dict[str, float]:
        begun.append("migrated")
        return {}

    for module in (upgrading, database):
        monkeypatch.setattr(module, "migrate", migrate)
        monkeypatch.setattr(module, "standing", lambda **_where: BEHIND)
    return begun


@pytest.fixture
def old(running: tuple[Path, Server]) -> Installation:
    """An installation with a network in tables of an earlier version."""
    var, server = running
    info = server.start()
    prepare_accounts(info, var=var)
    with info.connect() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{DATABASE_NAME}" WITH (FORCE)')
        create_database(connection, DATABASE_NAME)
        note_state(connection, "of before")
    made = Installation(var, {"PATH": "/usr/bin:/bin"})
    with connect("owner", made) as connection:
        connection.execute(_NETWORK)
    return made


def _noted(server: Server) -> str:
    with server.start().connect() as connection:
        return noted_state(connection)


def _kept(var: Path) -> list[Path]:
    return sorted((var / "backups").glob("before-upgrade-*.tar"))


def test_a_backup_comes_first(old: Installation, running: tuple[Path, Server], done: list[str]) -> None:
    upgrading.bring_up_to_date(old, running[1])
    assert done == ["migrated"]
    kept = _kept(old.var)[-1]
    assert read_manifest(kept).tables == {"network_party": 1}
    assert read_manifest(kept).migrations == "of before", "the backup is of the tables of before"
    assert _noted(running[1]) == migrations_state()


def test_without_a_backup_nothing_is_migrated(
    old: Installation, running: tuple[Path, Server], done: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    nowhere = replace(old, environ={**old.environ, upgrading.VARIABLE: str(tmp_path / "a file")})
    with pytest.raises(Refused, match="no backup could be made, so nothing was migrated"):
        upgrading.bring_up_to_date(nowhere, running[1])
    assert done == []
    assert _noted(running[1]) == "of before"


def test_who_has_a_backup_of_their_own_says_so(
    old: Installation, running: tuple[Path, Server], done: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = _kept(old.var)
    told = replace(old, environ={**old.environ, upgrading.VARIABLE: upgrading.NONE})
    upgrading.bring_up_to_date(told, running[1])
    assert done == ["migrated"]
    assert _kept(old.var) == before
    assert "no backup is made, as SCHAKEL_UPGRADE_BACKUP is none" in capsys.readouterr().out


def test_tables_of_a_newer_version_are_left_alone(
    old: Installation, running: tuple[Path, Server], done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrading, "standing", lambda **_where: NEWER)
    with pytest.raises(Refused, match=r"of a newer version of Schakel \(it did invest\.0006_later\)"):
        upgrading.bring_up_to_date(old, running[1])
    assert done == []
    assert "newer version" in upgrading.said_of_tables(old, running[1])


def test_a_migration_that_fails_says_how_to_go_back(
    old: Installation, running: tuple[Path, Server], done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_where: object) -> dict[str, float]:
        raise MigrationError("Migration invest.0005_rounds failed")

    monkeypatch.setattr(upgrading, "migrate", fails)
    with pytest.raises(MigrationError, match=r"invest\.0005_rounds failed\nTo go back: `schakel restore .*--replace`"):
        upgrading.bring_up_to_date(old, running[1])
    assert _noted(running[1]) == "of before"


def test_no_other_command_migrates_a_network(old: Installation, done: list[str]) -> None:
    with (
        pytest.raises(MigrationError, match="1 migrations wait"),
        reachable_database(old),
    ):
        pass
    with reachable_database(old, behind=Behind.LEAVE):
        pass
    assert done == []


def test_where_nobody_has_anything_yet_tables_are_made_at_once(
    old: Installation, running: tuple[Path, Server], done: list[str]
) -> None:
    with connect("owner", old) as connection:
        connection.execute("TRUNCATE network_party")
    with reachable_database(old):
        pass
    assert done == ["migrated"]
    assert _noted(running[1]) == migrations_state()
