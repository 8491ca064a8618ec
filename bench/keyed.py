"""Records without names beside the same records with names: what it costs to link by codes.

    python bench/keyed.py [--seeds 7 8] [--entries 150000] [--records 50000] [--generator FILE]

Each way in a process of its own, on two threads; CPU seconds are the process's, all in: reading the files, spelling,
encoding, linking. Each agency encodes its own list. Judged against the truth of the generator, which none reads.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from bench.linking import GENERATOR, made, pairs  # noqa: E402 - found by the line above

HEAD = "| seed | task | names | precision | recall | pair F1 | points below | count | CPU s |"
WAYS = {"shown": "linking_ours.py", "in codes": "keyed_ours.py"}


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seeds", type=int, nargs="+", default=[7, 8])
    asked.add_argument("--entries", type=int, default=150_000)
    asked.add_argument("--records", type=int, default=50_000)
    asked.add_argument("--generator", type=Path, default=GENERATOR)
    said = asked.parse_args()
    print(f"{HEAD}\n|{'---|' * 9}")
    with tempfile.TemporaryDirectory(prefix="keyed-") as kept:
        for seed in said.seeds:
            folder = made(said.generator, Path(kept) / str(seed), said.entries, said.records, seed)
            for register in (False, True):
                _tell(folder, seed, register=register, out=Path(kept) / "found")
    return 0


def _tell(folder: Path, seed: int, *, register: bool, out: Path) -> None:
    """A row for each way; how far codes are below names, in points of F1."""
    task, shown = f"to a register of {_many(folder):,}" if register else "lists only", 0.0
    for names, script in WAYS.items():
        seconds = _run(script, folder, register, out)
        precision, recall, count = _judged(folder, out)
        f1 = 2 * precision * recall / (precision + recall)
        shown = shown or f1
        below = "" if names == "shown" else f"{100 * (shown - f1):.1f}"
        told = [str(seed), task, names, *(f"{share:.4f}" for share in (precision, recall, f1)), below, f"{count:+.1%}"]
        print(f"| {' | '.join((*told, f'{seconds:.1f}'))} |", flush=True)


def _many(folder: Path) -> int:
    return int(pl.scan_parquet(folder / "register.parquet").select(pl.len()).collect().item())


def _run(script: str, folder: Path, register: bool, out: Path) -> float:
    words = [sys.executable, str(ROOT / "bench" / script), str(folder), str(int(register)), str(out)]
    child = subprocess.Popen(words, env=os.environ | {"PYTHONPATH": str(ROOT)})
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{script} failed")
    return used.ru_utime + used.ru_stime


def _judged(folder: Path, out: Path) -> tuple[float, float, float]:
    """Precision and recall of the pairs that are held for one, and by how much the count is off."""
    found = pl.read_parquet(folder / "lists.parquet", columns=["rid", "truth"]).join(pl.read_parquet(out), on="rid")
    held, true = found["identity"].to_list(), found["truth"].to_list()
    both = pairs(list(zip(held, true, strict=True)))
    return both / pairs(held), both / pairs(true), len(set(held)) / len(set(true)) - 1


if __name__ == "__main__":
    raise SystemExit(main())
