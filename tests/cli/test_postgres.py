"""The embedded server: made, joined, stopped, killed and recovered."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from schakel.cli.postgres import PostgresError, Server
from schakel.cli.postmaster import Postmaster, read_postmaster
from tests.cli.conftest import QUICK


def running(server: Server) -> Postmaster:
    found = read_postmaster(server.data_dir)
    assert found is not None
    return found


def kill(server: Server) -> None:
    """Kill the server as a crash does, and wait until it is dead."""
    victim = running(server)
    os.kill(victim.pid, signal.SIGKILL)
    while victim.runs():
        time.sleep(0.01)


def test_it_starts_keeps_what_was_written_and_stops(server: Server) -> None:
    with server.start().connect() as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (line text)")
        connection.execute("INSERT INTO kept VALUES ('ja')")
    server.stop()
    assert read_postmaster(server.data_dir) is None
    with server.start().connect() as connection:
        assert connection.execute("SELECT DISTINCT line FROM kept").fetchall() == [("ja",)]


def test_nobody_enters_without_the_password(server: Server) -> None:
    info = server.start()
    for password in ("", "wrong"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host=info.host, user=info.superuser, password=password, dbname="postgres")
    with info.connect() as connection:
        ways = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
    assert ways == [("scram-sha-256",)]


def test_it_listens_on_no_network(server: Server) -> None:
    with server.start().connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_only_we_read_the_password_and_enter_the_socket(server: Server, home: Path) -> None:
    info = server.start()
    assert (home / "secrets" / "postgres").stat().st_mode & 0o077 == 0
    assert Path(info.host).stat().st_mode & 0o077 == 0
    assert server.data_dir.stat().st_mode & 0o077 == 0


def test_a_second_user_joins_and_the_last_one_stops_it(server: Server) -> None:
    server.start()
    first = running(server).pid
    other = Server(server.data_dir, settings=QUICK)
    other.start()
    assert running(server).pid == first
    server.stop()
    assert running(server).runs()
    other.stop()
    assert read_postmaster(server.data_dir) is None


def test_a_killed_server_is_revived_with_what_was_committed(server: Server) -> None:
    with server.start().connect() as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS committed (number int)")
        connection.execute("INSERT INTO committed VALUES (7)")
    kill(server)
    assert server.revive() is True
    assert server.revive() is False
    with server.start().connect() as connection:
        assert connection.execute("SELECT max(number) FROM committed").fetchone() == (7,)


def test_a_server_killed_beside_a_working_session_is_revived(server: Server) -> None:
    with server.start().connect() as busy:
        kill(server)
        assert server.revive() is True
        with pytest.raises(psycopg.OperationalError):
            busy.execute("SELECT 1")


def test_a_server_whose_starter_was_killed_is_found_again(server: Server) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", _START_AND_WAIT, str(server.data_dir)], stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    assert starter.stdout.readline() == "up\n"
    starter.kill()
    starter.wait()
    left_behind = running(server).pid
    server.start()
    assert running(server).pid == left_behind
    server.stop()
    assert read_postmaster(server.data_dir) is None


_START_AND_WAIT = """
import sys, time
from pathlib import Path
from schakel.cli.postgres import Server
from tests.cli.conftest import QUICK
Server(Path(sys.argv[1]), settings=QUICK).start()
print("up", flush=True)
time.sleep(600)
"""


def test_a_number_that_now_is_another_programs_does_not_block_the_start(server: Server) -> None:
    server.start()
    kill(server)
    path = server.data_dir / "postmaster.pid"
    lines = path.read_text().splitlines()
    while running(server).memory_in_use():
        time.sleep(0.01)
    path.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    lock = Path(running(server).socket_dir) / ".s.PGSQL.5432.lock"
    lock.write_text("\n".join([str(os.getpid()), *lock.read_text().splitlines()[1:]]) + "\n")
    assert server.revive() is True


def test_a_deep_directory_gets_a_socket_with_a_short_path(tmp_path: Path) -> None:
    deep = tmp_path / ("long-name-" * 8) / "postgres"
    with Server(deep, settings=QUICK) as info, info.connect() as connection:
        assert len(info.host) < 90
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not Path(info.host).exists()


def test_data_of_another_version_is_refused_with_the_remedy(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(PostgresError, match=r"made by PostgreSQL 9.*backup"):
        Server(data).start()


def test_a_lost_password_is_named_with_the_remedy(server: Server, home: Path) -> None:
    server.start()
    server.stop()
    secret = home / "secrets" / "postgres"
    kept = secret.read_text()
    secret.unlink()
    try:
        with pytest.raises(PostgresError, match=r"is gone.*embedded-server\.md"):
            server.start()
    finally:
        secret.write_text(kept)
        secret.chmod(0o600)
