"""The commands that the rooms offer: each a Django management command of its room.

A room's command class says in plain text which ``group`` of `schakel --help` it belongs to, and in ``help`` what it
does; optionally in ``database_role`` which database role it works with (else the owner's), and in ``of_files`` the
option after which a file or folder can be named, for what needs no database then ("all" for what never needs one).
These are read from the source, so that the help comes at once, without loading what the commands need.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from schakel.cli.places import ROOT


@dataclass(frozen=True)
class RoomCommand:
    """A command of a room, as its source describes it."""

    name: str
    group: str
    summary: str
    role: str
    of_files: str = ""

    def needs_database(self, words: Sequence[str]) -> bool:
        """Whether what these words ask for is done in the database: all but help, and what is asked of a file."""
        if self.of_files == "all" or {"--help", "-h"} & set(words):
            return False
        if not self.of_files or self.of_files not in words:
            return True
        named = [word for word in words if not word.startswith("-")]
        return not any(not word.isdigit() and Path(word).exists() for word in named)


def room_commands(package: Path = ROOT / "schakel") -> dict[str, RoomCommand]:
    """Return the commands of all rooms that name a group, by name."""
    found = [_described(path) for path in sorted(package.glob("*/management/commands/*.py"))]
    return {command.name: command for command in found if command is not None}


def _described(path: Path) -> RoomCommand | None:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == "Command":
            words = dict(pair for statement in node.body if (pair := _plain_text(statement)))
            if "group" in words:
                name = path.stem
                role, of_files = words.get("database_role", "owner"), words.get("of_files", "")
                return RoomCommand(name, words["group"], words.get("help", ""), role, of_files)
    return None


def _plain_text(statement: ast.stmt) -> tuple[str, str] | None:
    """Return (name, text) of an assignment of text, joined where it stands in pieces; None for all else."""
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        name: str = statement.targets[0].id
        value: ast.expr | None = statement.value
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        name, value = statement.target.id, statement.value
    else:
        return None
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return name, value.value
    return None
