"""A minute of damaged files: every one is read or refused in words, and no child process stays."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

SECONDS, SEED = 60, 2023


def test_a_minute_of_damage_finds_no_fault_in_the_readers() -> None:
    words = [sys.executable, "bench/fuzz_readers.py", "--seconds", str(SECONDS), "--seed", str(SEED)]
    done = subprocess.run(words, check=False, capture_output=True, text=True, cwd=ROOT, timeout=10 * SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 faults" in done.stdout
