"""What the child process read, as tables and findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import polars as pl

from schakel.intake.findings import Finding
from schakel.intake.reading.checks import CHECKS
from schakel.intake.reading.grid import column_index, letters
from schakel.intake.tables import CELL_TYPE, Table

_TYPES = {"-": "empty", "t": "text", "n": "number", "d": "date", "b": "boolean", "e": "error"}
_FORMS: dict[str, Literal["sheet", "csv", "json"]] = {"sheet": "sheet", "csv": "csv", "json": "json"}


def table(file: str, read: dict[str, Any], folder: Path) -> Table:
    """One table from its description ``read`` and its file of cells in ``folder``."""
    columns = [name for name, _, _ in read["columns"]]
    return Table(
        file=file,
        name=read["name"],
        form=_FORMS[read["form"]],
        frame=_frame(read, folder / Path(read["cells"]).name),
        hidden=read["hidden"],
        hidden_rows=frozenset(_numbers(read["hidden_rows"])),
        hidden_columns=_hidden_columns(read["hidden_columns"], columns),
        merged=tuple(read["merged"]),
        notes=dict(read["notes"]),
    )


def _frame(read: dict[str, Any], path: Path) -> pl.DataFrame:
    rows = _numbers(read["rows"])
    series = [pl.Series("row", rows, dtype=pl.UInt32)]
    with path.open("rb") as file:
        for name, size, runs in read["columns"]:
            texts = [text or None for text in file.read(size).decode("utf-8").split("\0")]
            series.append(pl.Series(name, texts, dtype=pl.String))
            series.append(_types(f"{name}.type", runs))
    return pl.DataFrame(series)


def _types(name: str, runs: list[tuple[str, int]]) -> pl.Series:
    kinds = pl.Series(name, [_TYPES[letter] for letter, _ in runs], dtype=CELL_TYPE)
    if len(runs) == 1:
        return kinds.new_from_index(0, runs[0][1])
    return pl.DataFrame({name: kinds, "n": [count for _, count in runs]}).select(pl.col(name).repeat_by("n").explode())[
        name
    ]


def _numbers(spans: list[tuple[int, int]]) -> list[int]:
    return [number for first, last in spans for number in range(first, last + 1)]


def _hidden_columns(spans: list[tuple[int, int]], columns: list[str]) -> frozenset[str]:
    """Of the columns there are, those in a hidden span."""
    last = max(map(column_index, columns), default=0)
    hidden = {letters(i) for first, until in spans for i in range(max(first, 1), min(until, last) + 1)}
    return frozenset(hidden.intersection(columns))


def finding(file: str, remark: dict[str, Any]) -> Finding:
    """The finding that a remark of the child process stands for."""
    check = CHECKS[remark["check"]]
    table_name, cell = remark["table"], remark["cell"]
    places = {"detail": "", "cell": "", **remark["places"], "file": file, "table": table_name}
    if cell:
        places["cell"] = f"{table_name}!{cell}"
    return Finding(
        check=check.id,
        severity=check.severity,
        message=check.message.format(**places),
        remedy=check.remedy.format(**places),
        file=file,
        table=table_name,
        cell=places["cell"] if cell else "",
        row=int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) if cell else None,
        column=cell.rstrip("0123456789"),
    )
