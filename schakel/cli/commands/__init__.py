"""The commands of the command line itself, by name."""

from schakel.cli.commands import accounts, backup, check, demo, migrate, psql, rehearse, restore, up

_ALL = [
    demo.COMMAND,
    up.COMMAND,
    *(module.COMMAND for module in (backup, restore, rehearse, migrate, check, psql, accounts)),
]
COMMANDS = {command.name: command for command in _ALL}
