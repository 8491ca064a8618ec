"""Text files with a separator: which encoding, which separator, which cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice, zip_longest

from schakel.intake.reading.encodings import decode
from schakel.intake.reading.grid import TEXT, Budget, Grid
from schakel.intake.reading.refusals import RefusedError, Remark

SEPARATORS = (";", "\t", ",", "|")
_SAMPLE = 200  # records
_SAMPLE_CHARACTERS = 200_000
_BLOCK = 5_000  # records taken in at once
_MOST_COLUMNS = 16_384
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\r?\n", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)?")
_END = "\x02end\x02"

csv.field_size_limit(10_000_000)


def read_delimited(name: str, raw: bytes, budget: Budget) -> Grid:
    """The one table of a text file. Raises RefusedError.

    Rows count as a spreadsheet program shows them: a line break within quotes begins no new row,
    and Excel's "sep=;" line is none.
    """
    text, encoding, remarks = decode(raw)
    grid = Grid(name, budget, form="csv")
    grid.notes["encoding"] = encoding
    grid.remarks.extend(Remark(r.check, r.places, table=name) for r in remarks)
    said = _SEP_LINE.match(text)
    if said is not None:
        text = text[said.end() :]
        grid.notes["sep_line"] = said.group(1)
    separator = said.group(1) if said is not None else separator_of(text)
    grid.notes["separator"] = separator
    _fill(grid, text, separator)
    return grid


def separator_of(text: str) -> str:
    """The separator of ``text``; ";" where there is only one column.

    The best is the one that cuts most records into the same number of fields, and into most. A comma
    between digits counts only where nothing else separates.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    scores = {separator: _score(sample, separator) for separator in SEPARATORS}
    if any(score for separator, score in scores.items() if separator != ","):
        scores[","] = _score(_DECIMAL_COMMA.sub(".", sample), ",")
    return max(SEPARATORS, key=lambda separator: scores[separator])


def _score(sample: str, separator: str) -> float:
    records = [record for record in islice(_lenient(sample, separator), _SAMPLE) if any(map(str.strip, record))]
    if len(records) > 1 and len(sample) == _SAMPLE_CHARACTERS:
        records.pop()
    counts = Counter(len(record) for record in records if len(record) > 1)
    if not counts:
        return 0.0
    fields, times = max(counts.items(), key=lambda item: (item[1], item[0]))
    later = [cell for record in records for cell in record[1:]]
    spaced = sum(cell.startswith(" ") for cell in later) / len(later)  # a comma in a sentence
    stray = sum(cell.count('"') % 2 for record in records for cell in record)
    return (fields - 1) * times / len(records) * (1 - spaced / 2) / (1 + stray) * (1.2 if len(records[0]) > 1 else 1)


def _lenient(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(_lines(text), delimiter=separator)
    except csv.Error:
        return


def _fill(grid: Grid, text: str, separator: str) -> None:
    """Read all records. A last record of our own shows whether a quote is still open at the end."""
    reader = csv.reader(chain(_lines(text), [_END]), delimiter=separator)
    row, last = 1, [_END]
    while records := list(islice(_records(reader, grid.name), _BLOCK)):
        last = records[-1]
        _add(grid, row, records)
        row += len(records)
    if last != [_END]:
        raise RefusedError("csv.quote-open", table=grid.name, line=_line_of_open_quote(text, separator))


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends; a file object would hold all of ``text`` again, at four bytes a character."""
    for found in _LINE.finditer(text):
        if line := found.group():
            yield line


def _records(reader: Iterator[list[str]], table: str) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise RefusedError("file.unreadable", table=table, detail=error) from error


def _add(grid: Grid, first: int, records: list[list[str]]) -> None:
    """Add records column by column."""
    if records[-1] == [_END]:
        records = records[:-1]
    rows = range(first, first + len(records))
    width = max(map(len, records), default=0)
    if width > _MOST_COLUMNS:
        raise RefusedError("sheet.too-large", table=grid.name, limit=_MOST_COLUMNS)
    for index, texts in enumerate(zip_longest(*records, fillvalue=""), start=1):
        grid.extend(index, rows, ["" if text.isspace() else text for text in texts], TEXT)


def _line_of_open_quote(text: str, separator: str) -> int:
    """The line on which the record begins that has no end."""
    reader = csv.reader(_lines(text), delimiter=separator)
    begun = line = 1
    for _ in reader:
        begun, line = line, reader.line_num + 1
    return begun
