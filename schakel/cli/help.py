"""`schakel --help`: every command, by group."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from schakel.cli.command import GROUPS, Command
from schakel.cli.rooms import RoomCommand

_HEAD = "schakel — the shared system of a network of regional development agencies"
_USE = "Use: schakel [--temporary] COMMAND ...      `schakel COMMAND --help` says more."
_FOOT = """\
--temporary    work on a database that is made for this command and thrown away
manage         any command of Django: schakel manage [--role web] shell

Without DATABASE_URL, Schakel brings its own PostgreSQL; its data stands in SCHAKEL_VAR (var/).
Exit codes: 0 done · 1 findings that need a person · 2 wrong use or not possible · 3 a fault in Schakel"""


def show_help(own: Mapping[str, Command], rooms: Mapping[str, RoomCommand], console: Console | None = None) -> None:
    """Print the commands by group: those of the command line and those of the rooms alike."""
    console = console or Console(highlight=False)
    console.print(_HEAD, style="bold", markup=False)
    console.print(_USE, markup=False)
    grouped = _by_group([*own.values(), *rooms.values()])
    for key in [*GROUPS, *sorted(set(grouped) - set(GROUPS))]:
        if key in grouped:
            console.print()
            console.print(GROUPS.get(key, key), style="bold cyan", markup=False)
            console.print(_table(grouped[key]))
    console.print()
    console.print(_FOOT, markup=False)


def _by_group(commands: list[Command | RoomCommand]) -> dict[str, list[Command | RoomCommand]]:
    grouped: dict[str, list[Command | RoomCommand]] = {}
    for command in commands:
        grouped.setdefault(command.group, []).append(command)
    return grouped


def _table(commands: list[Command | RoomCommand]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=True, padding=(0, 2))
    table.add_column(min_width=14, no_wrap=True, style="green")
    table.add_column()
    for command in sorted(commands, key=lambda command: command.name):
        table.add_row(command.name, command.summary)
    return table
