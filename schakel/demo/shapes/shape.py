"""The shape in which one agency's system exports its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from schakel.demo.lists import Lists, Numbering
from schakel.demo.shapes.ways import Filled, Sheet, fill


class Writer(Protocol):
    """Writes filled sheets of a year to files in a directory."""

    def __call__(self, directory: Path, sheets: Sequence[Filled], year: int) -> None:
        """Write ``sheets`` of ``year`` into ``directory``."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An agency's export. ``renamed``: per year, headers that have another name since, old to new."""

    agency: str
    numbering: Numbering
    sheets: tuple[Sheet, ...]
    writer: Writer
    renamed: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def write(self, directory: Path, lists: Lists, year: int) -> None:
        """Write the lists of ``year`` into ``directory``, which is made if need be."""
        directory.mkdir(parents=True, exist_ok=True)
        renamed = self.renamed.get(year, {})
        self.writer(directory, [fill(sheet, lists[sheet.kind], renamed) for sheet in self.sheets], year)
