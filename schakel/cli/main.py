"""`schakel`: the one command with which everything is started, fed, counted and kept."""

from __future__ import annotations

import signal
import sys
import traceback
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from rich.console import Console

from schakel import __version__
from schakel.cli.account import AccountError
from schakel.cli.binaries import BinariesError
from schakel.cli.command import Command, Exit, Installation
from schakel.cli.commands import COMMANDS
from schakel.cli.continuous import VARIABLE
from schakel.cli.database import reachable_database
from schakel.cli.django_command import run_django_command
from schakel.cli.help import show_help
from schakel.cli.postgres import PostgresError
from schakel.cli.refusals import Refused
from schakel.cli.rooms import RoomCommand, room_commands
from schakel.cli.tables import MigrationError
from schakel.databases import ROLES, DatabaseSettingsError

_REFUSALS = (Refused, PostgresError, AccountError, BinariesError, MigrationError, DatabaseSettingsError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code (see command.Exit)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    signal.signal(signal.SIGTERM, _leave)
    try:
        return _run(words)
    except _REFUSALS as refusal:
        _say(f"schakel: {refusal}")
        return Exit.REFUSED
    except KeyboardInterrupt:
        _say("Stopped. What was not finished is as if it had not begun.")
        return Exit.INTERRUPTED
    except Exception:
        _say(traceback.format_exc())
        _say("schakel: this is a fault in Schakel; please report it with the lines above.")
        return Exit.FAULT


def _leave(number: int, frame: FrameType | None) -> None:
    """Let a SIGTERM end a command as an error does, so that the embedded server is left in order."""
    raise SystemExit(128 + number)


def _run(words: list[str]) -> int:
    temporary = words[:1] == ["--temporary"]
    name, *rest = words[1 if temporary else 0 :] or ["--help"]
    if name in {"--help", "-h", "help"}:
        show_help(COMMANDS, room_commands())
        return Exit.DONE
    if name == "--version":
        sys.stdout.write(f"schakel {__version__}\n")
        return Exit.DONE
    with _installation(temporary=temporary) as installation:
        return _run_command(name, rest, installation)


@contextmanager
def _installation(*, temporary: bool) -> Iterator[Installation]:
    if not temporary:
        yield Installation()
        return
    with TemporaryDirectory(prefix="schakel-") as directory:
        usual = Installation()
        environ = {name: value for name, value in usual.environ.items() if name not in {"DATABASE_URL", VARIABLE}}
        yield Installation(Path(directory), environ | {"SCHAKEL_VAR": directory}, temporary=True)


def _run_command(name: str, rest: list[str], installation: Installation) -> int:
    if own := COMMANDS.get(name):
        return int(own.run(_parser(own).parse_args(rest), installation))
    if name == "manage":
        return _run_any(rest, installation)
    rooms = room_commands()
    name = name.replace("-", "_")  # a command's file cannot have a hyphen in its name; who types it may
    if name in rooms:
        return _run_of_room(rooms[name], rest, installation)
    near = get_close_matches(name, [*COMMANDS, *rooms, "manage"], n=1)
    hint = f" Did you mean `{near[0]}`?" if near else ""
    raise Refused(f"there is no command {name!r}.{hint} `schakel --help` shows them all.")


def _parser(command: Command) -> ArgumentParser:
    parser = ArgumentParser(prog=f"schakel {command.name}", description=command.summary)
    command.configure(parser)
    return parser


def _run_of_room(command: RoomCommand, rest: list[str], installation: Installation) -> int:
    with ExitStack() as stack:
        if command.needs_database(rest):
            stack.enter_context(_database(installation))
        return run_django_command(command.name, rest, role=command.role, installation=installation)


def _run_any(rest: list[str], installation: Installation) -> int:
    """Run any command of Django: ``schakel manage [--role web] shell``."""
    role = "owner"
    if rest[:1] == ["--role"]:
        role, rest = (rest[1] if len(rest) > 1 else ""), rest[2:]
    if not rest or role not in ROLES:
        raise Refused(f"use: schakel manage [--role {'|'.join(ROLES)}] COMMAND ...")
    with _database(installation):
        return run_django_command(rest[0], rest[1:], role=role, installation=installation)


def _database(installation: Installation) -> ExitStack:
    stack = ExitStack()
    stack.enter_context(reachable_database(installation))
    return stack


def _say(text: str) -> None:
    Console(stderr=True, highlight=False).print(text, markup=False, soft_wrap=True)
