"""Measure one new record against a kept register: from what it states to its likeliest entries.

    python bench/one_record.py FOLDER [--records 100]

FOLDER holds lists.parquet and register.parquet in the shared generator's shape. CPU and wall milliseconds, as other
work may share the machine; the first thirty records are not counted, as they read what the index maps.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FIRST = 30


def main() -> int:
    """Build the index, ask, print a Markdown table."""
    from schakel.register.matching.files import listed, told
    from schakel.register.matching.index import Index, build

    parser = argparse.ArgumentParser(description="Measure one record against a kept register.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=100)
    said = parser.parse_args()
    records, register = told(said.folder), listed(said.folder)
    spent, walls = [], []
    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as kept:
        build(register, Path(kept) / "register")
        index = Index(Path(kept) / "register")
        for nth in range(FIRST + said.records):
            used, begun = time.process_time(), time.perf_counter()
            index.nearest(records.slice(nth, 1))
            spent.append((time.process_time() - used) * 1000)
            walls.append((time.perf_counter() - begun) * 1000)
    print("| entries | records | CPU ms, median | 95th percentile | wall ms, median | 95th percentile |")
    print("|---|---|---|---|---|---|")
    told_of = [f"{value:.0f}" for times in (spent, walls) for value in _median_and_95th(times[FIRST:])]
    print(f"| {register.height:,} | {said.records} | {' | '.join(told_of)} |")
    return 0


def _median_and_95th(times: list[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


if __name__ == "__main__":
    raise SystemExit(main())
