"""Measure an uncached cut of the explorer over a million facts, beside DuckDB's GROUPING SETS on the same question.

    python bench/explorer.py [--facts 1000000] [--runs 5] [--seed 2023]

A cut is all that a page of the explorer shows of one indicator and one year: the cells by two dimensions, what rows
and columns are together, and the total. Each is asked for the first time: what a process keeps of former answers is
thrown away between runs, compiled queries too. The peer runs hand-written SQL in the same process, over the same facts
in memory with as many threads; it counts amounts only, without coverage. Both must give the same numbers, else the run
fails. CPU is of all threads.

"reader" is somebody of the ministry, for whom small cells are withheld: what is, is decided once for a list and a year
as long as the facts stand. "first" is a cut of a list of which nothing was decided yet, "then" any later one.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django
from figures_facts import facts
from figures_peers import DuckDB

django.setup()

from schakel.figures.asking import Audience  # noqa: E402 - the catalogue stands on rooms that register themselves
from schakel.figures.catalogue import Part, catalogue  # noqa: E402
from schakel.figures.counting import Extract, Meta, crossing, open_extract, write_extract  # noqa: E402
from schakel.figures.crosses import answer_cross  # noqa: E402
from schakel.figures.editions import Vintage  # noqa: E402
from schakel.figures.exploring.asked import Asked  # noqa: E402
from schakel.figures.exploring.crossing import ALL, Crossed, crossed  # noqa: E402
from schakel.figures.exploring.questions import steps, terms  # noqa: E402

YEAR = 2023
SECRETARIAT, MINISTRY = Audience(all_agencies=True, maker=True), Audience()
CUTS = (
    ("innovation_projects", "province", "theme"),
    ("innovation_projects", "agency", "theme"),
    ("companies_in_projects", "province", "role"),
    ("companies_in_projects", "agency", "province"),
    ("invested_eur", "agency", "stage"),
    ("jobs_created", "province", "kind"),
    ("leverage", "agency", "stage"),
)
Places = dict[tuple[str, str], tuple[int, int | None]]


def main() -> int:
    """Measure all cuts, print a Markdown table; 1 where the two do not agree."""
    parser = argparse.ArgumentParser(description="Measure uncached cuts of the explorer.")
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=2023)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as folder:
        write_extract(Path(folder), facts(said.facts, said.seed), Meta())
        extract = open_extract(Path(folder))
        peer = DuckDB(Path(folder) / (Path(folder) / "current").read_text().strip())
        print(f"{said.facts:,} facts, {YEAR}, cells with all totals; medians of {said.runs} uncached runs\n")
        print("| cut | cells | Schakel: wall ms | CPU ms | DuckDB: wall ms | CPU ms | reader first: CPU ms | then |")
        print("|---|---|---|---|---|---|---|---|")
        return 0 if all(_line(cut, extract, peer, said.runs) for cut in CUTS) else 1


def _line(cut: tuple[str, str, str], extract: Extract, peer: DuckDB, runs: int) -> bool:
    def ours() -> Places:
        _forget(extract)
        return _ours(cut, extract, SECRETARIAT)

    def read() -> Places:
        _forget(extract, decisions=False)
        return _ours(cut, extract, MINISTRY)

    mine, my_wall, my_cpu = _timed(ours, runs)
    reader_first, reader_then = (_timed(read, number)[2] for number in (1, runs))
    theirs, their_wall, their_cpu = _timed(lambda: _theirs(cut, peer), runs)
    name, rows, columns = cut
    times = " | ".join(f"{time:.0f}" for time in (my_wall, my_cpu, their_wall, their_cpu, reader_first, reader_then))
    print(f"| {name} by {rows} and {columns} | {len(mine)} | {times} |", flush=True)
    if mine != theirs:
        print(f"\nDuckDB gives other numbers for {name} by {rows} and {columns}", file=sys.stderr)
    return mine == theirs


def _timed(count: Callable[[], Places], runs: int) -> tuple[Places, float, float]:
    """What it gives, and the medians of wall and CPU time in milliseconds."""
    found: Places = {}
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        found = count()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return found, statistics.median(walls), statistics.median(cpus)


def _forget(extract: Extract, *, decisions: bool = True) -> None:
    """Throw away what is kept of former questions: answers, compiled queries, decisions of what is withheld."""
    if decisions:
        extract.decided.clear()
    crossing._sql.cache_clear()


def _ours(cut: tuple[str, str, str], extract: Extract, audience: Audience) -> Places:
    """As the page asks it, without the way over the socket."""
    name, rows, columns = cut
    asked = Asked((name,), rows, columns)
    wanted = steps(asked, {YEAR: Vintage(YEAR, "provisional")}, audience)
    told = [(step, answer_cross(step.question, extract)) for step in wanted]
    return _places(crossed(asked, terms(asked, audience), [YEAR], told, audience))


def _places(found: Crossed) -> Places:
    asked = found.asked
    axes = [[*found.values(dimension), ALL] for dimension in asked.shown]
    cells: Places = {}
    for row in axes[0]:
        for column in axes[1]:
            place = {d: v for d, v in zip(asked.shown, (row, column), strict=True) if v != ALL}
            cell = found.cell(catalogue()[asked.indicators[0]], YEAR, place)
            if cell.amount:
                cells[row, column] = cell.amount, cell.base
    return cells


def _theirs(cut: tuple[str, str, str], peer: DuckDB) -> Places:
    """Hand-written SQL: the units of each scope once, then GROUPING SETS."""
    name, rows, columns = cut
    sides: list[dict[tuple[str, str], int]] = []
    for part in catalogue()[name].parts:
        found: dict[tuple[str, str], int] = {}
        for sets in _scopes(rows, columns):
            found |= _grouped(peer, part, sets, rows, columns)
        sides.append(found)
    bases = sides[1] if len(sides) > 1 else {}
    return {place: (amount, bases.get(place, 0) if bases else None) for place, amount in sides[0].items() if amount}


def _scopes(rows: str, columns: str) -> list[list[tuple[str, ...]]]:
    """The subtotals whose units are one in the same way and that unnest alike."""
    every = [(rows, columns), (rows,), (columns,), ()]
    kinds = {("agency" in subset, "theme" in subset) for subset in every}
    return [[s for s in every if ("agency" in s, "theme" in s) == kind] for kind in sorted(kinds)]


def _grouped(
    peer: DuckDB, part: Part, sets: list[tuple[str, ...]], rows: str, columns: str
) -> dict[tuple[str, str], int]:
    scope = ("agency", "year") if "agency" in sets[0] else ("year",)
    units = f"SELECT * FROM ({peer._rows(part, scope)}) WHERE year = {YEAR}"
    source = f"(SELECT *, unnest(themes) AS theme FROM ({units}))" if "theme" in sets[0] else f"({units})"
    used = {dimension for subset in sets for dimension in subset}
    named = ", ".join(f"coalesce({d}, '{ALL}')" if d in used else f"'{ALL}'" for d in (rows, columns))
    count = f"sum({part.sums})::BIGINT" if part.sums else "count(*)"
    count = "count(DISTINCT organisation)" if part.one == "organisation" else count
    grouping = ", ".join(f"({', '.join(subset)})" for subset in sets)
    sql = f"SELECT {named}, {count} FROM {source} GROUP BY GROUPING SETS ({grouping}) HAVING count(*) > 0"
    return {(row, column): amount for row, column, amount in peer.connection.sql(sql).fetchall()}


if __name__ == "__main__":
    raise SystemExit(main())
