"""Measure the cube beside its peers in the same run: all indicators by agency, year, theme and province.

    python bench/figures.py [--facts 1000000] [--runs 3] [--seed 2023]

Every subtotal over invented facts, each run in a fresh process with the facts already in memory. "first"
is the first count of a process, in which Schakel compiles its expressions; "next" is the second one.
CPU is of all threads; the peak is the process's whole resident set, facts and libraries included.
All must give the same numbers, else the run fails.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
from figures_facts import facts

from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Meta, open_extract, write_extract
from schakel.figures.counting.cube import cube

METHODS = {
    "schakel": "Schakel: Ibis units, bitmaps",
    "duckdb": "DuckDB: SQL with GROUPING SETS",
    "pandas": "pandas: groupby",
}
PARTS = ("first_wall", "first_cpu", "next_wall", "next_cpu", "peak")


def main() -> int:
    """Run all methods, print a Markdown table; 1 if they do not agree."""
    parser = argparse.ArgumentParser(description="Measure the cube beside its peers.")
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=2023)
    parser.add_argument("--one", choices=METHODS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.one:
        print(json.dumps(_one(said.one, said.folder)))
        return 0
    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as folder:
        frames = facts(said.facts, said.seed)
        write_extract(Path(folder), frames, Meta())
        runs = {method: [_run(method, Path(folder)) for _ in range(said.runs)] for method in METHODS}
        _print(runs, sum(frame.height for frame in frames.values()))
        return 0 if _agree(Path(folder)) else 1


def _run(method: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, str(Path(__file__)), "--one", method, "--folder", str(folder)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return found


def _one(method: str, folder: Path) -> dict[str, float]:
    """Count twice in this process, leaving the cells of the second count beside the facts."""
    count = _counting(method, folder)
    found: dict[str, Any] = {}
    for moment in ("first", "next"):
        wall, cpu = time.perf_counter(), time.process_time()
        cells = count()
        found |= {f"{moment}_wall": time.perf_counter() - wall, f"{moment}_cpu": time.process_time() - cpu}
    cells.write_parquet(folder / f"{method}.cells")
    return found | {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _counting(method: str, folder: Path) -> Callable[[], pl.DataFrame]:
    indicators = list(catalogue().values())
    if method == "schakel":
        extract = open_extract(folder)
        return lambda: cube(extract, indicators)
    from figures_peers import DuckDB, Pandas, peer_cube

    current = folder / (folder / "current").read_text()
    peer = DuckDB(current) if method == "duckdb" else Pandas(current)
    return lambda: peer_cube(peer, indicators)


def _agree(folder: Path) -> bool:
    """Whether all methods gave the same cells, both sides of every ratio included."""
    keys = ["indicator", "side", "agency", "year", "theme", "province"]
    ours = pl.read_parquet(folder / "schakel.cells")
    bases = ours.filter(pl.col("base").fill_null(0) > 0).with_columns(amount="base", side=pl.lit(1, pl.Int8))
    ours = pl.concat([ours.with_columns(side=pl.lit(0, pl.Int8)), bases]).filter(pl.col("amount") > 0)
    ours = ours.select(*keys, "amount").sort(keys, nulls_last=True)
    for method in ("duckdb", "pandas"):
        theirs = pl.read_parquet(folder / f"{method}.cells").filter(pl.col("amount") > 0)
        if not theirs.select(*keys, "amount").sort(keys, nulls_last=True).equals(ours):
            print(f"\n{METHODS[method]} gives other numbers", file=sys.stderr)
            return False
    print(f"\nAll gave the same {ours.height:,} numbers.")
    return True


def _print(runs: dict[str, list[dict[str, float]]], rows: int) -> None:
    medians = {m: {part: statistics.median(run[part] for run in runs[m]) for part in PARTS} for m in METHODS}
    ours = medians["schakel"]
    print(f"{len(catalogue())} indicators, {rows:,} facts, every subtotal; medians of {len(runs['schakel'])} runs\n")
    print("| method | first: wall s | CPU s | next: wall s | CPU s | peak MB | CPU against ours (first, next) |")
    print("|---|---|---|---|---|---|---|")
    for method, m in medians.items():
        ratio = f"{m['first_cpu'] / ours['first_cpu']:.1f}, {m['next_cpu'] / ours['next_cpu']:.1f}"
        times = " | ".join(f"{m[part]:.2f}" for part in PARTS[:4])
        print(f"| {METHODS[method]} | {times} | {m['peak']:.0f} | {ratio} |")


if __name__ == "__main__":
    raise SystemExit(main())
