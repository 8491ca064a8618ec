"""What a command of the command line is, and the groups in which `schakel --help` shows them."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from schakel.cli.places import var_directory

# Key and title of each group, in the order of the help. A room's command names one of these keys.
GROUPS = {
    "starting": "Starting",
    "delivering": "Deliveries",
    "counting": "Links and figures",
    "administration": "Administration",
    "processes": "Processes (`schakel up` starts them)",
}


class Exit(IntEnum):
    """What the exit code of a command means."""

    DONE = 0
    FINDINGS = 1  # done, and a person must look
    REFUSED = 2  # wrong use, or something it needs is not there; nothing was changed
    FAULT = 3  # a fault in Schakel itself
    INTERRUPTED = 130


@dataclass(frozen=True)
class Installation:
    """Which installation a command works on; ``temporary`` where it is thrown away afterwards."""

    var: Path = field(default_factory=var_directory)
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    temporary: bool = False

    @property
    def server_settings(self) -> dict[str, str]:
        """PostgreSQL settings that differ from the usual; a throw-away database need not survive a power cut."""
        return {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"} if self.temporary else {}


@dataclass(frozen=True)
class Command:
    """A command of the command line itself; those of the rooms are in their rooms (see rooms.py)."""

    name: str
    group: str
    summary: str
    run: Callable[[Namespace, Installation], int]
    configure: Callable[[ArgumentParser], object] = lambda parser: None
