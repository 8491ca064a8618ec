"""What everybody could work out if the encoded register had codes of slips: why it has none.

    python bench/keyed_slips.py [--digits 7] [--share 0.036] [--seed 1]

Which numbers of a register are one slip apart is public. Codes of slips would show the same pattern without the
numbers, and an entry whose place in the pattern is its own would be known. Places are told apart as far as counting
brings it (colour refinement): by how many share each code, how many share those, and so on. Numbers are drawn at random
as densely as the trade register has them, of one digit less to fit in memory; codes do not say at which digit they are.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from schakel.register.keyed.slips import remainders  # noqa: E402 - found by the line above

Ints = npt.NDArray[np.int64]
ROUNDS = 8  # after which hardly any more are told apart


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--digits", type=int, default=7)
    asked.add_argument("--share", type=float, default=0.036, help="of all numbers, those that are given out")
    asked.add_argument("--seed", type=int, default=1)
    said = asked.parse_args()
    every = 10**said.digits
    numbers = np.random.default_rng(said.seed).choice(every, round(every * said.share), replace=False)
    codes = _codes([f"{number:0{said.digits}}" for number in numbers])
    print("| counted | entries known for certain | among five or fewer |\n|---|---|---|")
    place = np.zeros(len(numbers), np.int64)
    for nth in range(1, ROUNDS + 1):
        place = _refined(codes, place)
        alike = np.bincount(place)[place]
        print(f"| {nth} times | {(alike == 1).mean():.1%} | {(alike <= 5).mean():.1%} |", flush=True)
    return 0


def _codes(numbers: list[str]) -> Ints:
    """A row a number, its codes as numbers from nought."""
    every = np.array([remainders(number) for number in numbers])
    return np.unique(every, return_inverse=True)[1].reshape(every.shape).astype(np.int64)


def _refined(codes: Ints, place: Ints) -> Ints:
    """Of each entry its place in the pattern, told apart by the places of those with which it shares each code."""
    of_code = np.zeros(codes.max() + 1, np.uint64)
    np.add.at(of_code, codes, _mixed(place)[:, None])
    return np.unique(_mixed(of_code[codes]).sum(axis=1), return_inverse=True)[1].astype(np.int64)


def _mixed(values: npt.NDArray[np.int64] | npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Values so spread that sums of different ones are different, as good as always."""
    spread = (values.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed: npt.NDArray[np.uint64] = (spread ^ (spread >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return mixed


if __name__ == "__main__":
    raise SystemExit(main())
