"""What a data directory says of the PostgreSQL server that runs on it.

PostgreSQL keeps ``postmaster.pid`` there. After a kill, a restart of the machine or of a container, the number in it
may be nobody's, or that of another program; PostgreSQL then refuses to start. Here that is told apart.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_PROCESSES = Path("/proc")
_SHARED_MEMORY = Path("/proc/sysvipc/shm")
_LINES = 7


@dataclass(frozen=True)
class Postmaster:
    """The server that ``postmaster.pid`` names, running or not."""

    pid: int
    data_dir: Path
    port: int
    socket_dir: str
    memory: int

    def runs(self) -> bool:
        """Say whether this server is running: a living process that is PostgreSQL on this data directory."""
        if not self.exists():
            return False
        if not _PROCESSES.exists():
            return True
        return self._is_postgres()

    def exists(self) -> bool:
        """Say whether any process has the server's number, be it another program or a dead one not yet reaped."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True

    def _is_postgres(self) -> bool:
        try:
            name, state = _name_and_state(self.pid)
        except OSError:
            return False
        if name not in {"postgres", "postmaster"} or state in "ZX":
            return False
        try:
            return (_PROCESSES / str(self.pid) / "cwd").resolve(strict=True) == self.data_dir.resolve()
        except OSError:
            return True  # it may not be seen, or is just dying: not dead yet

    def memory_in_use(self) -> bool:
        """Say whether processes of the dead server still hold its shared memory; a new one would harm the data."""
        try:
            lines = _SHARED_MEMORY.read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            return False
        attached = {int(fields[1]): int(fields[6]) for fields in map(str.split, lines)}
        return attached.get(self.memory, 0) > 0


def read_postmaster(data_dir: Path) -> Postmaster | None:
    """Return what ``postmaster.pid`` says, or None where there is none or it is still being written."""
    try:
        lines = (data_dir / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < _LINES:
        return None
    memory = int(lines[6].split()[-1]) if lines[6].split() else -1
    return Postmaster(int(lines[0]), data_dir, int(lines[3]), lines[4].strip(), memory)


def _name_and_state(pid: int) -> tuple[str, str]:
    """Return a process's name and state letter; the name is in brackets and may itself hold some."""
    text = (_PROCESSES / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    name, _, rest = text.partition("(")[2].rpartition(")")
    return name, rest.split()[0]
