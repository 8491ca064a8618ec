"""The embedded PostgreSQL: a real server on a directory of its own, for a demo, a test or a small installation.

Invariants: every account needs a password (scram), also over the local socket; it listens on no network; whoever
started it, the last one to use it stops it; a killed server is recovered, never started twice.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

import psycopg

from schakel.cli.account import Account, let_through, server_account
from schakel.cli.binaries import binaries, major_of
from schakel.cli.locks import SharedUse, only_one
from schakel.cli.postmaster import Postmaster, read_postmaster

SUPERUSER = "postgres"
PORT = 5432
_SECONDS_TO_START = 300
_SECONDS_TO_LEAVE = 30
_SECONDS_TO_STOP = 60
_LONGEST_SOCKET = 100  # bytes of path that every Unix takes for a socket; Linux takes 107
_LARGEST_LOG = 10_000_000
_LOCALE = "C.UTF-8"  # the same order of letters everywhere; Dutch order comes from stored sort keys
_DEFAULTS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}


class PostgresError(RuntimeError):
    """The embedded server does not start or stop; the message says why and what to do."""


@dataclass(frozen=True)
class ServerInfo:
    """How to reach the server as its superuser. ``host`` is the directory of its Unix socket."""

    host: str
    port: int
    superuser: str
    password: str

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """Open a connection of the superuser, each statement its own transaction."""
        return psycopg.connect(
            host=self.host,
            port=self.port,
            user=self.superuser,
            password=self.password,
            dbname=database,
            connect_timeout=5,
            autocommit=True,
        )


class Server:
    """The server of one data directory; its socket, secrets and log stand beside that directory.

    ``settings`` overrides configuration of PostgreSQL ("fsync": "off" for tests). ``writes``: folders elsewhere that
    the server writes into. A context manager as well.
    """

    def __init__(
        self, data_dir: Path, *, settings: Mapping[str, str] | None = None, writes: Sequence[Path] = ()
    ) -> None:
        self.data_dir = data_dir.absolute()
        self.home = self.data_dir.parent
        self.settings = {**_DEFAULTS, **(settings or {})}
        self._writes = tuple(writes)
        self._process: subprocess.Popen[bytes] | None = None
        self._use = SharedUse(self.home / f"{data_dir.name}.used")

    def __enter__(self) -> ServerInfo:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> ServerInfo:
        """Start the server, or join the one that runs already; make the data directory where there is none.

        Returns how to reach it, once it answers. Raises PostgresError, AccountError or BinariesError with what to do.
        """
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with only_one(self._lock):
            self._use.join()
            try:
                return self._started()
            except BaseException:
                self._use.leave()
                raise

    def stop(self) -> None:
        """Leave the server, and stop it cleanly where nobody else uses it. A second call does nothing."""
        if self._use.joined:
            with only_one(self._lock):
                if self._use.leave():
                    self._halt()

    def revive(self) -> bool:
        """Start the server again where it has died; say whether that was needed."""
        if self._process is not None:
            self._process.poll()  # takes leave of a dead child, which otherwise still looks alive
        if (running := read_postmaster(self.data_dir)) and running.runs():
            return False
        self.start()
        return True

    @property
    def programs(self) -> Path:
        """The directory of the PostgreSQL programs that fit the data directory."""
        return binaries(self._data_major())

    @property
    def _lock(self) -> Path:
        return self.home / f"{self.data_dir.name}.lock"

    def _data_major(self) -> int | None:
        version = self.data_dir / "PG_VERSION"
        return int(version.read_text(encoding="ascii")) if version.exists() else None

    def _started(self) -> ServerInfo:
        account = server_account()
        programs = self._fitting_programs()
        password = self._password()
        let_through(account, self.data_dir)
        for folder in self._writes:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            let_through(account, folder)
            account.own(folder)
        if self._data_major() is None:
            self._initialise(account, programs, password)
        return self._joined(password) or self._launched(account, programs, password)

    def _fitting_programs(self) -> Path:
        programs, major = self.programs, self._data_major()
        if major is not None and major != major_of(programs):
            raise PostgresError(
                f"{self.data_dir} was made by PostgreSQL {major}, and {programs} is version {major_of(programs)}. "
                "Make a backup with the old version and restore it with the new: see docs/administrators/upgrading.md."
            )
        return programs

    def _password(self) -> str:
        path = self.home / "secrets" / SUPERUSER
        if not path.exists():
            if self._data_major() is not None:
                raise PostgresError(
                    f"{path} is gone, and {self.data_dir} cannot be opened without it. Put it back from a backup, or "
                    "set a new password: see docs/administrators/embedded-server.md."
                )
            keep_secret(path, secrets.token_urlsafe(32))
        return path.read_text(encoding="utf-8").strip()

    def _initialise(self, account: Account, programs: Path, password: str) -> None:
        fresh = self.data_dir.with_name(f"{self.data_dir.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        account.own(fresh)
        with tempfile.NamedTemporaryFile("w", dir=self._socket_dir(account), encoding="utf-8") as given:
            account.own(Path(given.name))
            given.write(password)
            given.flush()
            self._initdb(account, programs, fresh, given.name)
        # Renamed when whole, so that a directory of this name is never half made.
        fresh.rename(self.data_dir)

    def _initdb(self, account: Account, programs: Path, fresh: Path, password_file: str) -> None:
        command = [str(programs / "initdb"), "--pgdata", str(fresh), "--username", SUPERUSER]
        command += ["--pwfile", password_file, "--auth-local", "scram-sha-256", "--auth-host", "scram-sha-256"]
        command += ["--encoding", "UTF8", "--locale", _LOCALE, "--data-checksums", "--no-instructions"]
        command += ["--no-sync"] if self.settings.get("fsync") == "off" else []
        with tempfile.TemporaryFile() as said:
            status = _begin(account, command, output=said).wait()
            if status != 0:
                said.seek(0)
                raise PostgresError(f"initdb failed in {fresh}:\n{said.read().decode(errors='replace').strip()}")

    def _socket_dir(self, account: Account) -> Path:
        """Return a directory that only we and the server can enter, with a path short enough for a socket."""
        directory = self.home / "socket"
        if len(bytes(directory / f".s.PGSQL.{PORT}.lock")) > _LONGEST_SOCKET:
            name = hashlib.sha256(bytes(self.data_dir)).hexdigest()[:12]
            directory = Path(tempfile.gettempdir()) / f"schakel-{name}"
        directory.mkdir(mode=0o700, exist_ok=True)
        known = directory.lstat()
        if not stat.S_ISDIR(known.st_mode) or known.st_uid not in {os.geteuid(), account.uid}:
            raise PostgresError(f"{directory} is not ours; remove it, or set TMPDIR to a directory of your own.")
        directory.chmod(0o700)
        account.own(directory)
        return directory

    def _joined(self, password: str) -> ServerInfo | None:
        """Return the server that already runs here, once it answers; None when there is none."""
        patience = time.monotonic() + _SECONDS_TO_START
        while (running := read_postmaster(self.data_dir)) and running.runs():
            info = ServerInfo(running.socket_dir, running.port, SUPERUSER, password)
            if _answers(info):
                return info
            if time.monotonic() > patience:
                raise PostgresError(f"PostgreSQL runs (process {running.pid}) but does not answer; see {self._log}.")
            time.sleep(0.05)
        return None

    def _launched(self, account: Account, programs: Path, password: str) -> ServerInfo:
        info = ServerInfo(str(self._socket_dir(account)), PORT, SUPERUSER, password)
        patience = time.monotonic() + _SECONDS_TO_LEAVE
        while True:
            self._clear_dead(Path(info.host), patience)
            self._process = self._run(account, programs, info.host)
            if self._answered(self._process, info):
                return info
            # Processes of a killed server may hold its memory for a moment; then it is tried again.
            if "still in use" not in self._last_words() or time.monotonic() > patience:
                raise PostgresError(f"PostgreSQL does not start. The end of {self._log}:\n{self._last_words()}")
            time.sleep(0.2)

    def _clear_dead(self, socket_dir: Path, patience: float) -> None:
        """Remove what a dead server left: its number may be another program's now, which PostgreSQL cannot know."""
        dead = read_postmaster(self.data_dir)
        if dead is not None and dead.exists():
            while dead.memory_in_use():
                if time.monotonic() > patience:
                    raise PostgresError(f"Processes of an earlier PostgreSQL still use {self.data_dir}; stop them.")
                time.sleep(0.1)
            (self.data_dir / "postmaster.pid").unlink(missing_ok=True)
        # The folder of the socket is this data directory's alone, and no server runs on that.
        for name in (f".s.PGSQL.{PORT}.lock", f".s.PGSQL.{PORT}"):
            (socket_dir / name).unlink(missing_ok=True)

    def _run(self, account: Account, programs: Path, socket_dir: str) -> subprocess.Popen[bytes]:
        settings = {**self.settings, "unix_socket_directories": socket_dir}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._log.parent.mkdir(mode=0o700, exist_ok=True)
        if self._log.exists() and self._log.stat().st_size > _LARGEST_LOG:
            self._log.replace(self._log.with_suffix(".log.1"))
        with self._log.open("ab") as log:
            return _begin(account, [str(programs / "postgres"), "-D", str(self.data_dir), *options], output=log)

    def _answered(self, process: subprocess.Popen[bytes], info: ServerInfo) -> bool:
        patience = time.monotonic() + _SECONDS_TO_START
        while process.poll() is None:
            running = read_postmaster(self.data_dir)
            if running and running.pid == process.pid and _answers(info):
                return True
            if time.monotonic() > patience:
                raise PostgresError(f"PostgreSQL started but does not answer; see {self._log}.")
            time.sleep(0.02)
        return False

    def _halt(self) -> None:
        running = read_postmaster(self.data_dir)
        if running is None or not running.runs():
            return
        self._ask_to_stop(running)
        if self.home not in Path(running.socket_dir).parents:
            with suppress(OSError):  # a folder under /tmp: not ours any more, and empty
                Path(running.socket_dir).rmdir()

    def _ask_to_stop(self, running: Postmaster) -> None:
        for request, seconds in ((signal.SIGINT, _SECONDS_TO_STOP), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
            os.kill(running.pid, request)
            if self._gone(running, seconds):
                return
        raise PostgresError(f"PostgreSQL (process {running.pid}) does not stop.")

    def _gone(self, running: Postmaster, seconds: float) -> bool:
        patience = time.monotonic() + seconds
        while time.monotonic() < patience:
            if self._process is not None:
                self._process.poll()
            if not running.runs():
                return True
            time.sleep(0.02)
        return False

    @property
    def _log(self) -> Path:
        return self.home / "log" / "postgres.log"

    def _last_words(self) -> str:
        return "\n".join(self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])


def keep_secret(path: Path, value: str) -> None:
    """Write a secret so that only we can read it, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as fresh:
        fresh.write(value)
    Path(fresh.name).replace(path)  # made with mode 0600 by tempfile


def _begin(account: Account, command: list[str], *, output: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a program of PostgreSQL as its account, outside directories that it may not see."""
    return subprocess.Popen(  # noqa: S603 - our own arguments
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd="/",
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": _LOCALE, "TZ": "UTC"},
        umask=0o077,
        user=account.uid if account.other else None,
        group=account.gid if account.other else None,
        extra_groups=[] if account.other else None,
        start_new_session=True,  # Ctrl-C is for us; we stop it when its users are done
    )


def _answers(info: ServerInfo) -> bool:
    try:
        with info.connect() as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise PostgresError(
                "The password in secrets/postgres is not the server's: see docs/administrators/embedded-server.md."
            ) from error
        return False
