"""Cells of one table, gathered column by column at their true addresses.

Invariant: only non-empty cells are kept, so a lone cell at XFD1048576 costs one cell and not
seventeen thousand million.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from schakel.intake.reading.refusals import RefusedError, Remark

TEXT, NUMBER, DATE, BOOLEAN, ERROR, EMPTY = "t", "n", "d", "b", "e", "-"
"""One letter for each type of cell, as they travel from the child process."""


@dataclass(slots=True)
class Column:
    """Rows, texts and types of the filled cells of one column, in the order they were read."""

    rows: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)  # pieces of type letters; joined: one a cell

    def __len__(self) -> int:
        return len(self.rows)


class Budget:
    """How many cells may still be read of a file."""

    def __init__(self, cells: int) -> None:
        self.limit = cells
        self.left = cells

    def spend(self, cells: int, table: str) -> None:
        """Take ``cells`` off. Raises RefusedError when there are none left."""
        self.left -= cells
        if self.left < 0:
            raise RefusedError("sheet.too-large", table=table, limit=self.limit)


class Grid:
    """One table as it is read."""

    def __init__(self, name: str, budget: Budget, form: str = "sheet") -> None:
        self.name = name
        self.form = form
        self.columns: dict[int, Column] = {}
        self.hidden = False
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[str] = []
        self.notes: dict[str, str] = {}
        self.remarks: list[Remark] = []
        self._budget = budget

    def column(self, index: int) -> Column:
        """The column at ``index`` (A is 1), made when it is first asked for."""
        found = self.columns.get(index)
        if found is None:
            found = self.columns[index] = Column()
        return found

    def extend(self, index: int, rows: Sequence[int], texts: list[str], types: str | list[str]) -> None:
        """Add cells below each other, all of one type or of ``types``; empty texts are left out."""
        if "" in texts:
            kept = [place for place, text in enumerate(texts) if text]
            rows, texts = [rows[place] for place in kept], [texts[place] for place in kept]
            types = types if isinstance(types, str) else [types[place] for place in kept]
        self._budget.spend(len(rows), self.name)
        column = self.column(index)
        column.rows.extend(rows)
        column.texts.extend(texts)
        column.types.append(types * len(rows) if isinstance(types, str) else "".join(types))

    def put(self, row: int, index: int, text: str, type_: str) -> None:
        """Add one cell. An empty or blank text is no cell."""
        if not text or text.isspace():
            return
        self._budget.spend(1, self.name)
        column = self.column(index)
        column.rows.append(row)
        column.texts.append(text)
        column.types.append(type_)

    def is_empty(self) -> bool:
        """Whether the table has no filled cell at all."""
        return not any(len(column) for column in self.columns.values())

    def used_rows(self) -> list[int]:
        """The numbers of the rows that have a filled cell, in order."""
        rows: set[int] = set()
        longest: list[int] = max((c.rows for c in self.columns.values()), key=len, default=[])
        rows.update(longest)
        for column in self.columns.values():
            if column.rows != longest:
                rows.update(column.rows)
        return sorted(rows)


def dense(column: Column, rows: Sequence[int], places: dict[int, int]) -> tuple[list[str], str]:
    """Texts ("" where empty) and type letters of ``column`` for each of ``rows``.

    ``places`` gives the position of each row in ``rows``. Of two cells at one address the later
    one counts, as in Excel.
    """
    types = "".join(column.types)
    if column.rows == rows:
        return column.texts, types
    texts = [""] * len(rows)
    letters = [EMPTY] * len(rows)
    for row, text, letter in zip(column.rows, column.texts, types, strict=True):
        place = places[row]
        texts[place] = text
        letters[place] = letter
    return texts, "".join(letters)


@lru_cache(maxsize=20_000)
def letters(index: int) -> str:
    """The letters of the column at ``index``.

    >>> letters(1), letters(27), letters(16384)
    ('A', 'AA', 'XFD')
    """
    name = ""
    while index > 0:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


@lru_cache(maxsize=20_000)
def column_index(name: str) -> int:
    """The place of the column called ``name``.

    >>> column_index("A"), column_index("XFD")
    (1, 16384)
    """
    index = 0
    for letter in name:
        index = index * 26 + ord(letter) - 64
    return index


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Sorted numbers as first-last pairs.

    >>> spans({3, 1, 2, 7})
    [(1, 3), (7, 7)]
    """
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
