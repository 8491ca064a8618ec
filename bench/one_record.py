"""Measure new records against a kept register: from what one states, or several at once, to their likeliest entries.

    python bench/one_record.py FOLDER [--records 100] [--several 500] [--index FOLDER]

--index: where the index is kept, so that it is built once.
FOLDER holds lists.parquet and register.parquet in the shared generator's shape. CPU and wall milliseconds, as other
work may share the machine; the first thirty records are not counted, as they read what the index maps.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from schakel.register.matching.index import Index

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
    parser.add_argument("--several", type=int, default=500)
    parser.add_argument("--index", type=Path)
    said = parser.parse_args()
    records, register = told(said.folder), listed(said.folder)
    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as passing:
        kept = said.index or Path(passing) / "register"
        if not kept.exists():
            build(register, kept)
        index = Index(kept)
        print("| entries | records | at once | CPU ms, median | 95th percentile | wall ms, median | 95th percentile |")
        print(f"|{'---|' * 7}")
        for at_once, times in ((1, said.records), (said.several, 5)):
            asked = [_asked(index, records.slice(at_once * nth, at_once)) for nth in range(FIRST + times)][FIRST:]
            told_of = [f"{value:.0f}" for each in zip(*asked, strict=True) for value in _median_and_95th(list(each))]
            print(f"| {register.height:,} | {at_once * times} | {at_once} | {' | '.join(told_of)} |", flush=True)
    return 0


def _asked(index: Index, records: pl.DataFrame) -> tuple[float, float]:
    """Milliseconds of CPU and by the clock to find what ``records`` may be."""
    used, begun = time.process_time(), time.perf_counter()
    index.nearest(records)
    return (time.process_time() - used) * 1000, (time.perf_counter() - begun) * 1000


def _median_and_95th(times: list[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


if __name__ == "__main__":
    raise SystemExit(main())
