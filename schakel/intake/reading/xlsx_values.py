"""What the raw text of an xlsx cell stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schakel.intake.reading.grid import BOOLEAN, DATE, ERROR, NUMBER, TEXT, Grid
from schakel.intake.reading.values import Clock, iso_text, number_text, serial_text
from schakel.intake.reading.xlsx_strings import plain_text


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the cells of one workbook refer to: its shared texts, what its styles make of numbers."""

    strings: list[str]
    clocks: tuple[Clock, ...]
    since_1904: bool

    def clock(self, style: str) -> Clock:
        """What the style numbered ``style`` makes of a number."""
        index = int(style) if style.isdecimal() and len(style) < 9 else len(self.clocks)
        return self.clocks[index] if index < len(self.clocks) else ""

    def cell(self, type_: str, style: str, raw: str) -> tuple[str, str]:
        """Text and type of a cell of ``type_`` (the attribute t). What cannot be is an error cell."""
        try:
            return self._cell(type_, style, raw)
        except (ValueError, IndexError, OverflowError):
            return raw.strip(), ERROR

    def _cell(self, type_: str, style: str, raw: str) -> tuple[str, str]:
        if type_ == "s":
            return self.strings[_place(raw)], TEXT
        if type_ in ("str", "inlineStr"):
            return plain_text(raw), TEXT
        if type_ == "b":
            return ("true" if raw.strip() in ("1", "true") else "false"), BOOLEAN
        if type_ == "e":
            return raw.strip(), ERROR
        if type_ == "d":
            return iso_text(raw.strip()), DATE
        clock = self.clock(style)
        return serial_text(raw, clock, self.since_1904) if clock else (number_text(raw), NUMBER)

    def extend(self, grid: Grid, index: int, rows: Sequence[int], type_: str, style: str, raws: Sequence[str]) -> None:
        """Add cells of one type and style, below each other in one column, to ``grid``."""
        try:
            texts = self._common(type_, style, raws)
        except (ValueError, IndexError, OverflowError):
            texts = None
        if texts is not None:
            grid.extend(index, rows, texts, NUMBER if type_ in ("", "n") else TEXT)
            return
        for row, raw in zip(rows, raws, strict=True):
            if raw:
                grid.put(row, index, *self.cell(type_, style, raw))

    def _common(self, type_: str, style: str, raws: Sequence[str]) -> list[str] | None:
        """The commonest cells many at a time: shared texts, texts, numbers."""
        if type_ == "s":
            strings = self.strings
            return [strings[_place(raw)] for raw in raws]
        if type_ in ("str", "inlineStr"):
            return [plain_text(raw) for raw in raws]
        if type_ in ("", "n") and not self.clock(style) and "" not in raws:
            return [number_text(raw) for raw in raws]
        return None


def _place(raw: str) -> int:
    place = int(raw)
    if place < 0:
        raise IndexError(place)
    return place
