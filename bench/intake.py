"""Measure checking a delivery to the last message, beside a peer in the same run.

    python bench/intake.py [--runs 3] [--peers FOLDER]

A workbook of 50,000 rows with 400 planted faults is read, interpreted and checked in a fresh process.
CPU seconds are of that process and its children, imports included; memory is the highest sum of the
resident sets of the whole tree, seen every 20 milliseconds. FOLDER keeps the peers' environments.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from faults import book, write

HERE = Path(__file__).resolve().parent
MEGABYTE = 1024 * 1024
FRICTIONLESS = "frictionless[excel]==5.*"


@dataclass(frozen=True, slots=True)
class Run:
    """One run: CPU seconds, peak in MB, planted faults found."""

    cpu: float
    peak: float
    found: int


def main() -> int:
    """Run all, print a Markdown table; 1 if we missed a fault."""
    parser = argparse.ArgumentParser(description="Measure intake beside its peers.")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", type=Path, default=Path(tempfile.gettempdir()) / "schakel-bench-peers")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as folder:
        workbook, planted = Path(folder) / "aanlevering.xlsx", Path(folder) / "planted.json"
        made = book()
        write(made, workbook)
        planted.write_text(json.dumps([[p.cell, p.check, p.sheet, p.row, p.column] for p in made.planted]))
        print(f"{len(made.deals) + len(made.organisations):,} rows, {len(made.planted)} planted faults\n")
        python = _frictionless(said.peers)
        ours = [_measured([sys.executable, str(HERE / "intake_ours.py")], workbook, planted) for _ in range(said.runs)]
        peer = [
            _measured([str(python), str(HERE / "intake_frictionless.py")], workbook, planted) for _ in range(said.runs)
        ]
    _table({"Schakel": ours, "frictionless 5": peer}, len(made.planted))
    return 0 if all(run.found == len(made.planted) for run in ours) else 1


def _frictionless(folder: Path) -> Path:
    python = folder / "frictionless" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder / "frictionless")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", FRICTIONLESS], check=True)
    return python


def _measured(command: list[str], workbook: Path, planted: Path) -> Run:
    """Run ``command`` on the workbook; it prints, as JSON on its last line, how many planted faults it found."""
    with tempfile.TemporaryFile("w+") as out:
        before = os.times()
        process = subprocess.Popen([*command, str(workbook), str(planted)], stdout=out)
        peak = _watched(process)
        after = os.times()
        if process.returncode:
            raise SystemExit(f"{command[-1]} failed with exit code {process.returncode}")
        out.seek(0)
        found = json.loads(out.read().strip().splitlines()[-1])["found"]
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return Run(cpu, peak / MEGABYTE, found)


def _watched(process: subprocess.Popen[bytes]) -> int:
    """Wait for ``process``; the highest resident memory of its tree, in bytes."""
    highest, done = 0, threading.Event()

    def watch() -> None:
        nonlocal highest
        top = psutil.Process(process.pid)
        while not done.is_set():
            highest = max(highest, _resident(top))
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    done.set()
    watcher.join()
    return highest


def _resident(top: psutil.Process) -> int:
    total = 0
    try:
        for each in (top, *top.children(recursive=True)):
            total += each.memory_info().rss
    except psutil.Error:
        return total
    return total


def _table(results: dict[str, list[Run]], planted: int) -> None:
    cpu = {name: statistics.median(run.cpu for run in runs) for name, runs in results.items()}
    peak = {name: statistics.median(run.peak for run in runs) for name, runs in results.items()}
    ours = next(iter(results))
    print("| path | CPU s (median) | peak MB (median) | faults found | CPU ratio | memory ratio |")
    print("|---|---|---|---|---|---|")
    for name, runs in results.items():
        found = min(run.found for run in runs)
        ratios = f"{cpu[name] / cpu[ours]:.1f} | {peak[name] / peak[ours]:.1f}"
        print(f"| {name} | {cpu[name]:.2f} | {peak[name]:.0f} | {found} of {planted} | {ratios} |")


if __name__ == "__main__":
    raise SystemExit(main())
