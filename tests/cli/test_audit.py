"""The audit of locked packages: what is known is a fault, no answer is none, and a lock does not grow old."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from scripts import audit

KNOWN = {
    "dependencies": [
        {"name": "sound", "version": "1.0", "vulns": []},
        {"name": "broken", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]},
        {"name": "hopeless", "version": "3.0", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]},
        {"name": "unknown", "skip_reason": "not on the index"},
    ]
}


def lock(folder: Path, *, days: float) -> Path:
    path = folder / "run.lock"
    path.write_text("sound==1.0\n")
    os.utime(path, (time.time() - days * 86_400,) * 2)
    return path


def answering(folder: Path, text: str, code: int) -> tuple[str, str]:
    program = folder / "answers.py"
    program.write_text(f"import sys\nsys.stdout.write({text!r})\nsys.exit({code})\n")
    return sys.executable, str(program)


def test_a_known_vulnerability_is_told_with_what_mends_it(tmp_path):
    program = answering(tmp_path, json.dumps(KNOWN), 1)
    assert audit.asked(lock(tmp_path, days=1), program) == [
        "broken 2.0: PYSEC-1, mended in 2.1",
        "hopeless 3.0: PYSEC-2, mended in no version",
    ]


def test_without_an_answer_nothing_is_claimed(tmp_path):
    path = lock(tmp_path, days=1)
    for program in (answering(tmp_path, "", 1), answering(tmp_path, "Connection refused", 1), ("/nowhere/pip-audit",)):
        assert audit.asked(path, program) is None


def test_an_old_lock_is_a_fault_also_without_an_answer(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(audit, "asked", lambda path: None)
    assert list(audit.faults([lock(tmp_path, days=audit.OLDEST - 1)])) == []
    assert "held to its age alone" in capsys.readouterr().err
    assert "make lock UPGRADE=1" in next(audit.faults([lock(tmp_path, days=audit.OLDEST + 1)]))


def test_each_finding_is_a_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(audit, "asked", lambda path: ["broken 2.0: PYSEC-1, mended in 2.1"])
    assert list(audit.faults([lock(tmp_path, days=1)])) == ["broken 2.0: PYSEC-1, mended in 2.1"]


def test_the_locks_that_are_looked_at_are_there():
    assert all((audit.ROOT / name).exists() for name in audit.LOCKS)
