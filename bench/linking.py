"""Link invented lists to each other and to an invented register, beside Splink 5 on the same records.

    python bench/linking.py [--sizes 300000 1000000] [--seed 101] [--peer-up-to 1000000] [--generator FILE]
        [--peer-samples 1e7 1e6]

Each method in a process of its own, on two threads; CPU seconds and peak memory are the process's, all in: reading
the files, spelling, learning, comparing, grouping. Judged against the truth of the generator, which none reads.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parent.parent
GENERATOR = ROOT.parent / "shared/data/linking/generate_lists.py"
HEAD = "| task | method | pair F1 | link F1 | count | sure, of all | at precision | CPU s | peak GB |"


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--sizes", type=int, nargs="+", default=[300_000])
    asked.add_argument("--records", type=int, default=50_000)
    asked.add_argument("--seed", type=int, default=101)
    asked.add_argument("--peer-up-to", type=int, default=300_000, help="sizes above this are linked without the peer")
    asked.add_argument("--peer-samples", nargs="+", default=["1e7"], help="pairs the peer draws to learn from")
    asked.add_argument("--generator", type=Path, default=GENERATOR)
    asked.add_argument("--data", type=Path, help="a folder made before; then sizes and seed mean nothing")
    said = asked.parse_args()
    print(f"{HEAD}\n|{'---|' * 9}")
    with tempfile.TemporaryDirectory(prefix="linking-") as kept:
        for place, size in enumerate(said.sizes):
            folder = said.data or made(said.generator, Path(kept) / str(size), size, said.records, said.seed)
            peers = said.peer_samples if size <= said.peer_up_to else []
            for register in (False, True) if place == 0 else (True,):
                for sample in ("", *peers):
                    _tell(folder, sample, register=register, size=size, out=Path(kept) / "found")
    return 0


def made(generator: Path, folder: Path, size: int, records: int, seed: int) -> Path:
    """``folder``, with the lists and the register that ``generator`` writes for ``seed``."""
    folder.mkdir()
    words = [sys.executable, str(generator), str(folder), str(size), str(records), str(seed)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return folder


def _tell(folder: Path, sample: str, *, register: bool, size: int, out: Path) -> None:
    """Print a row: ours, or the peer's that draws ``sample`` pairs."""
    script = "linking_splink.py" if sample else "linking_ours.py"
    words = [sys.executable, str(ROOT / "bench" / script), str(folder), str(int(register)), str(out)]
    words += [sample] if sample else []
    child = subprocess.Popen(words, env=os.environ | {"PYTHONPATH": str(ROOT)})
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{script} failed")
    truth = pl.read_parquet(folder / "lists.parquet", columns=["rid", "truth"])
    answers = truth.join(_by_number(pl.read_parquet(out), folder, register), on="rid", how="left")
    task = f"to a register of {size:,}" if register else "lists only"
    told = [task, f"Splink 5, {sample} pairs" if sample else "Schakel", *judged(answers, register)]
    print(
        f"| {' | '.join((*told, f'{used.ru_utime + used.ru_stime:.1f}', f'{used.ru_maxrss / 1e6:.1f}'))} |", flush=True
    )


def _by_number(found: pl.DataFrame, folder: Path, register: bool) -> pl.DataFrame:
    """Entries are called by their place in the order of numbers; the truth by the id in the file."""
    if not register:
        return found
    entries = pl.read_parquet(folder / "register.parquet", columns=["kvk", "name", "id"]).sort("kvk", "name")
    return found.join(entries.select("id").with_row_index("entry").cast({"entry": pl.Int64}), on="entry", how="left")


def judged(answers: pl.DataFrame, register: bool) -> list[str]:
    """Pair F1, link F1, count and the share decided without a person with its precision, as text."""
    alone = -1 - pl.col("rid")
    identities = answers.select(pl.coalesce("identity", alone))["identity"].to_list()
    truth = answers["truth"].to_list()
    one, both = pairs(identities), pairs(list(zip(identities, truth, strict=True)))
    f1 = 2 * both / (one + pairs(truth))
    count = len(set(identities)) / len(set(truth)) - 1
    if not register:
        return [f"{f1:.4f}", "", f"{count:+.1%}", "", ""]
    linked = answers.filter(pl.col("id").is_not_null())
    right = (linked["id"] == linked["truth"]).sum()
    link = 2 * right / (linked.height + (answers["truth"] >= 0).sum())
    if "decided" not in answers.columns:
        return [f"{f1:.4f}", f"{link:.4f}", f"{count:+.1%}", "", ""]
    sure = linked.filter(pl.col("decided") != "doubt")
    precision = (sure["id"] == sure["truth"]).mean()
    return [f"{f1:.4f}", f"{link:.4f}", f"{count:+.1%}", f"{sure.height / answers.height:.1%}", f"{precision:.4f}"]


def pairs(groups: Sequence[object]) -> int:
    """How many pairs of places have one group; ``groups``: of each place its own."""
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


if __name__ == "__main__":
    raise SystemExit(main())
