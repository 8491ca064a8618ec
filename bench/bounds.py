"""Whether figures lie between their bounds: networks of the demonstration's generator, counted, against what is true.

    python bench/bounds.py [--networks 20] [--year 2022]

Each network is another seed: nine agencies' deliveries in nine shapes, the market list and the trade register, counted
by `schakel count_folder` without any person's decision. A cell is one indicator for the network or for one agency, of
those that hang on identity. Asked: the true value inside the bounds in 95 % of cells, bounds at most 2 % apart.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from schakel.demo.generator import write_network  # noqa: E402 - found by the line above

_INSIDE, _APART = Decimal("0.95"), Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a network as it was counted, between what it lies, and what is true."""

    indicator: str
    column: str
    value: Decimal
    low: Decimal
    high: Decimal
    true: int

    @property
    def inside(self) -> bool:
        """Whether the true value lies between the bounds."""
        return self.low <= self.true <= self.high

    @property
    def apart(self) -> Decimal:
        """How far the bounds lie apart, as a share of the figure."""
        return (self.high - self.low) / self.value if self.value else Decimal(0)


def main() -> int:
    """Print a Markdown table; 1 if too few cells hold what is true, or bounds are too wide to be of use."""
    parser = argparse.ArgumentParser(description="Measure bounds.")
    parser.add_argument("--networks", type=int, default=20)
    parser.add_argument("--year", type=int, default=2022)
    said = parser.parse_args()
    cells: list[Cell] = []
    print("| network | cells | exact | inside the bounds | widest bounds |\n|---|---|---|---|---|")
    for seed in range(1, said.networks + 1):
        found = list(_network(seed, said.year))
        cells += found
        exact, inside = sum(c.value == c.true for c in found), sum(c.inside for c in found)
        print(f"| {seed} | {len(found)} | {exact} | {inside} | {max(c.apart for c in found):.2%} |", flush=True)
    share = Decimal(sum(c.inside for c in cells)) / len(cells)
    widest = max(cells, key=lambda c: c.apart)
    print(
        f"\nInside: {share:.1%} of {len(cells)} cells."
        f" Widest: {widest.apart:.2%} ({widest.indicator}, {widest.column})."
    )
    print(f"Bounds apart: median {statistics.median(c.apart for c in cells):.2%}.")
    return int(share < _INSIDE or max(c.apart for c in cells if c.column == "network") > _APART)


def _network(seed: int, year: int) -> Iterator[Cell]:
    with tempfile.TemporaryDirectory(prefix="schakel-bounds-") as folder:
        truth = write_network(Path(folder), seed=seed, years=(year,))
        out = Path(folder, "figures.json")
        count = ["--temporary", "count_folder", f"{folder}/{year}", "--year", str(year), "--out", str(out)]
        mappings = ["--mappings", str(ROOT / "schakel" / "demo" / "mappings")]
        command = [sys.executable, "-m", "schakel.cli", *count, *mappings]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        figures = json.loads(out.read_text())["figures"]
    for each in figures:
        true = truth.figures[year].get(each["indicator"], {}).get(each["column"])
        if true is not None and each["value"] is not None:
            value, low, high = (Decimal(str(each[name])) for name in ("value", "low", "high"))
            yield Cell(each["indicator"], each["column"], value, low, high, true)


if __name__ == "__main__":
    raise SystemExit(main())
