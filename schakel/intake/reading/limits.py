"""What a file may cost to read. Whoever sends more gets a finding, not a dead server."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000
NO_ROOM = 28  # the child's exit code where the disk is full: that is no fault of a file


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on the reading of one file. All but ``file_bytes`` hold inside the child process.

    ``memory_bytes``: address space of the child. ``cpu_seconds`` and ``wall_seconds``: per file.
    ``cells``: non-empty cells of a file. ``unpacked_bytes``: what a workbook's parts may come to
    when unpacked. ``ratio``: how many times larger than packed, once past ``ratio_from_bytes``.
    ``files``: of one delivery.
    """

    memory_bytes: int = 1_500 * MEGABYTE
    cpu_seconds: int = 60
    wall_seconds: float = 120.0
    cells: int = 6_000_000
    unpacked_bytes: int = 600 * MEGABYTE
    ratio: int = 300
    ratio_from_bytes: int = 64 * MEGABYTE
    file_bytes: int = 100 * MEGABYTE
    files: int = 500
