"""Running a management command of a room in this process, as one of the database roles."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import django
from django.core.management import BaseCommand, CommandError, get_commands, load_command_class

from schakel.cli.command import Exit, Installation
from schakel.cli.environments import process_environment
from schakel.cli.refusals import Refused


def run_django_command(name: str, arguments: Sequence[str], *, role: str, installation: Installation) -> int:
    """Run the command and return its exit code.

    Wrong words, and a CommandError without a code of its own, are ``Exit.REFUSED``; a command that leaves findings for
    a person ends with ``sys.exit(1)``. Raises Refused where there is no such command.
    """
    environment = process_environment(role, environ=installation.environ, var=installation.var)
    os.environ.clear()
    os.environ.update({"SCHAKEL_LOG_LEVEL": "WARNING"} | environment)
    django.setup()
    command = _loaded(name)
    try:
        _execute(command, name, arguments)
    except CommandError as error:
        command.stderr.write(f"schakel {name}: {error}")
        return Exit.REFUSED if error.returncode == 1 else int(error.returncode)
    except SystemExit as leaving:
        return _exit_code(leaving)
    return Exit.DONE


def _loaded(name: str) -> BaseCommand:
    app = get_commands().get(name)
    if app is None:
        raise Refused(f"there is no command {name!r}.")
    return app if isinstance(app, BaseCommand) else load_command_class(app, name)


def _execute(command: BaseCommand, name: str, arguments: Sequence[str]) -> None:
    # So that wrong words end with the use of the command, and code 2.
    command._called_from_command_line = True  # type: ignore[attr-defined]
    parser = command.create_parser("schakel", name)
    options = vars(parser.parse_args(list(arguments)))
    positional = options.pop("args", ())
    # The system checks have been passed by tests; a command of every day need not wait for them.
    command.execute(*positional, **(options | {"skip_checks": True}))


def _exit_code(leaving: SystemExit) -> int:
    if isinstance(leaving.code, str):
        sys.stderr.write(f"{leaving.code}\n")
        return Exit.REFUSED
    return int(leaving.code or Exit.DONE)
