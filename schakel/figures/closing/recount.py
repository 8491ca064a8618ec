"""Count a closing again from its files alone, with nothing but Python and DuckDB (``pip install duckdb``).

    python recount.py [FOLDER]

FOLDER is the folder that this file lies in, unless another is named. Every file is held to its SHA-256 in
manifest.json; then every statement in sql/ is run over facts/ and its answer held to results.parquet. What differs is
said, a line each. Exit code 0: nothing differs; 1: something does; 2: there is no closing here.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

Place = tuple[str | None, str | None]
Counted = dict[Place, tuple[int, int | None, int]]

_HOW_MANY_PLACES = 5  # that are named where an answer differs
_RESULTS = "SELECT cells, indicator, place, other, amount, base, contributors FROM read_parquet(?)"


def differing_files(folder: Path, digest: str = "") -> Iterator[str]:
    """What of the folder is not as the manifest says, or the manifest not as its digest, a line each.

    ``digest``: the closing's digest as it is known from elsewhere.
    """
    content = (folder / "manifest.json").read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if _content(folder / "manifest.sha256") != f"{found}\n".encode():
        yield "manifest.json is not what manifest.sha256 says"
    if digest and digest != found:
        yield f"this is the closing {found}, not {digest}"
    try:
        said = {name: file["sha256"] for name, file in json.loads(content)["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        yield "manifest.json is no manifest"
        return
    yield from _differing(folder, said)


def _differing(folder: Path, said: dict[str, str]) -> Iterator[str]:
    there = {str(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if not path.is_dir()}
    for name in sorted(there - set(said) - {"manifest.json", "manifest.sha256"}):
        yield f"{name} does not belong to the closing"
    for name, known in sorted(said.items()):
        content = _content(folder / name) if name in there else None
        if content is None:
            yield f"{name} is missing"
        elif hashlib.sha256(content).hexdigest() != known:
            yield f"{name} was altered"


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def differing_results(folder: Path) -> Iterator[str]:
    """Which results are others when counted again from the facts, a line each."""
    with duckdb.connect(":memory:") as database:
        known = _known(database.execute(_RESULTS, [str(folder / "results.parquet")]).fetchall())
        for path in sorted((folder / "facts").glob("*.parquet")):
            database.execute(f'CREATE TABLE "{path.stem}" AS SELECT * FROM read_parquet(?)', [str(path)])  # noqa: S608
        # From here on what is run can read and write nothing but these tables.
        database.execute("SET enable_external_access = false")
        database.execute("SET lock_configuration = true")
        statements = sorted((folder / "sql").glob("*.sql"))
        for path in statements:
            recounted = _recounted(database, path)
            yield from _compared(path.stem, known.pop(path.stem, {}), recounted)
    yield from (f"{name}: there is a result and no statement for it" for name in sorted(known))


def _known(rows: list[tuple[Any, ...]]) -> dict[str, Counted]:
    found: dict[str, Counted] = {}
    for cells, indicator, place, other, *measures in rows:
        found.setdefault(f"{indicator}.{cells}", {})[place, other] = tuple(measures)
    return found


def _recounted(database: duckdb.DuckDBPyConnection, path: Path) -> Counted:
    cells = path.stem.partition(".")[2]
    by = [] if cells == "total" else cells.split("-")
    (statement,) = duckdb.extract_statements(path.read_text(encoding="utf-8"))
    answer = database.execute(statement)
    names = [column[0] for column in answer.description]
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return {_place(row, by): (row["amount"], row["base"], row["contributors"]) for row in rows}


def _place(row: dict[str, Any], by: list[str]) -> Place:
    first, second = ([row[name] for name in by] + [None, None])[:2]
    return (None if first is None else str(first), None if second is None else str(second))


def _compared(name: str, known: Counted, recounted: Counted) -> Iterator[str]:
    others = [place for place in {**known, **recounted} if known.get(place) != recounted.get(place)]
    for place in others[:_HOW_MANY_PLACES]:
        where = ", ".join(part for part in place if part is not None) or "in all"
        yield f"{name}: {where}: {known.get(place)} was kept, {recounted.get(place)} is counted"
    if len(others) > _HOW_MANY_PLACES:
        yield f"{name}: and {len(others) - _HOW_MANY_PLACES} places more"


def main(words: list[str]) -> int:
    """Check and recount the folder that is named; return the exit code."""
    folder = Path(words[0]) if words else Path(__file__).parent
    if not (folder / "manifest.json").is_file():
        sys.stderr.write(f"{folder} holds no manifest.json; name the folder of a closing.\n")
        return 2
    different = list(differing_files(folder)) or list(differing_results(folder))
    for line in different:
        sys.stdout.write(f"- {line}\n")
    sys.stdout.write(f"{len(different)} differences\n" if different else "Every file and every result is as kept.\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
