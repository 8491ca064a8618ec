"""What the raw text of an xlsx cell stands for."""

from __future__ import annotations

from collections.abc import Sequence

from schakel.intake.reading.grid import BOOLEAN, DATE, ERROR, NUMBER, TEXT
from schakel.intake.reading.values import Clock, iso_text, number_text, serial_text
from schakel.intake.reading.xlsx_strings import plain_text


class Meaning:
    """What the cells of one workbook refer to: its shared texts, what its styles make of numbers."""

    def __init__(self, strings: list[str], clocks: tuple[Clock, ...], since_1904: bool) -> None:
        self._strings = strings
        self._by_place = {str(place): text for place, text in enumerate(strings)}
        self._clocks = clocks
        self._since_1904 = since_1904

    def clock(self, style: str) -> Clock:
        """What the style numbered ``style`` makes of a number."""
        index = int(style) if style.isdecimal() and len(style) < 9 else len(self._clocks)
        return self._clocks[index] if index < len(self._clocks) else ""

    def cell(self, type_: str, style: str, raw: str) -> tuple[str, str]:
        """Text and type of a cell of ``type_`` (the attribute t). What cannot be is an error cell."""
        try:
            return self._cell(type_, style, raw)
        except (ValueError, IndexError, OverflowError):
            return raw.strip(), ERROR

    def _cell(self, type_: str, style: str, raw: str) -> tuple[str, str]:
        if type_ == "s":
            return self._strings[_place(raw)], TEXT
        if type_ in ("str", "inlineStr"):
            return plain_text(raw), TEXT
        if type_ == "b":
            return ("true" if raw.strip() in ("1", "true") else "false"), BOOLEAN
        if type_ == "e":
            return raw.strip(), ERROR
        if type_ == "d":
            return iso_text(raw.strip()), DATE
        clock = self.clock(style)
        return serial_text(raw, clock, self._since_1904) if clock else (number_text(raw), NUMBER)

    def column(self, type_: str, style: str, raws: Sequence[str]) -> tuple[list[str], str | list[str]]:
        """Texts of cells of one type and style, and their types: one for all, or one each."""
        try:
            return self._many(type_, style, raws)
        except (ValueError, LookupError, OverflowError):
            cells = [self.cell(type_, style, raw) if raw else ("", TEXT) for raw in raws]
            return [text for text, _ in cells], [kind for _, kind in cells]

    def _many(self, type_: str, style: str, raws: Sequence[str]) -> tuple[list[str], str | list[str]]:
        if type_ == "s":
            return list(map(self._by_place.__getitem__, raws)), TEXT
        if type_ in ("str", "inlineStr"):
            return [plain_text(raw) for raw in raws], TEXT
        if type_ == "b":
            return [_TRUTH.get(raw, "false") for raw in raws], BOOLEAN
        if type_ in ("", "n") and "" not in raws:
            clock = self.clock(style)
            return self._dates(clock, raws) if clock else (_numbers(raws), NUMBER)
        raise ValueError("one by one")

    def _dates(self, clock: Clock, raws: Sequence[str]) -> tuple[list[str], str | list[str]]:
        cells = [serial_text(raw, clock, self._since_1904) for raw in raws]
        kinds = [kind for _, kind in cells]
        return [text for text, _ in cells], kinds[0] if len(set(kinds)) == 1 else kinds


_TRUTH = {"1": "true", "true": "true", "": ""}


def _numbers(raws: Sequence[str]) -> list[str]:
    joined = "".join(raws)
    if joined.isascii() and joined.isdecimal():
        return [raw if raw[0] != "0" else number_text(raw) for raw in raws]
    return [number_text(raw) for raw in raws]


def _place(raw: str) -> int:
    place = int(raw)
    if place < 0:
        raise IndexError(place)
    return place
