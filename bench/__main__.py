"""Run all measurements, one after the other, and write what they print to bench/RESULTS.md."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARTS = {
    "Checking a delivery": ("intake.py", "a 50,000-row workbook with 400 planted faults, to the last message"),
    "Uploading": ("upload.py", "a file of 100 MB sent to a running web process, in pieces and as one form"),
    "Writing a delivery": ("writing.py", "100,000 checked rows accepted as records"),
    "Searching": ("search.py", "200,000 entries of nine agencies, eight clients, each question another"),
    "Sending a workbook back": ("marked_copy.py", "a 50,000-row workbook with 400 faults, marked and returned"),
    "Counting": (
        "figures.py",
        "all indicators by agency x year x theme x province with every subtotal, 1,000,000 facts",
    ),
    "A cut of the explorer": ("explorer.py", "cuts that nobody asked before, with all totals, 1,000,000 facts"),
    "Pages of figures": ("pages.py", "ten years of nine agencies, 200,000 records, eight people each at another page"),
    "An acceptance in the figures": ("freshness.py", "how soon 2,000 accepted rows are counted, all processes running"),
    "Pages of findings": ("findings.py", "a delivery with 5,000 findings, eight people each at another page"),
    "Linking": ("linking.py", "50,000 records of nine lists to each other and to an invented register"),
    "Linking without names": ("keyed.py", "the same lists with names and in codes, 50,000 records"),
    "The difference of a delivery": ("difference.py", "a delivery of 20,000 rows read, compared and its effect told"),
}


def main() -> int:
    """Measure, print, and write the results; 1 if a part failed."""
    environ = os.environ | {"PYTHONPATH": str(HERE.parent), "DJANGO_SETTINGS_MODULE": "schakel.settings"}
    told, failed = [_head()], False
    for title, (script, what) in PARTS.items():
        print(f"{title}: {what}", file=sys.stderr)
        done = subprocess.run([sys.executable, str(HERE / script)], stdout=subprocess.PIPE, text=True, env=environ)
        failed |= done.returncode != 0
        told.append(f"## {title}\n\n{what.capitalize()}: `python bench/{script}`.\n\n{done.stdout.strip()}\n")
    (HERE / "RESULTS.md").write_text("\n".join(told), encoding="utf-8")
    return int(failed)


def _head() -> str:
    return (
        "# Results\n\nMade by `make bench`; peers run beside ours in the same run, medians. Machines differ and are"
        " busy: read the ratios.\n\n"
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} processors, Python {platform.python_version()},"
        f" load {os.getloadavg()[0]:.1f} when it began.\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
