"""Hold the locked packages against what is known of them: `python scripts/audit.py`; exit code 1 where something is.

Where pip-audit gets an answer, a known vulnerability is a fault. Where it gets none (no network, or a package index
without that knowledge), that is said, and the age of the locks alone is held to a bound: who never locks anew never
takes a repair.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements/run.lock", "requirements/dev.lock")
OLDEST = 90  # days; docs/security.md says within how many a repair is taken
_SECONDS = 240
# Accepted, each with its reason here and until a day: none just now.
_ACCEPTED: dict[str, str] = {}


def vulnerabilities(said: str) -> list[str] | None:
    """What pip-audit found, a line each, from its JSON; None where it gave no answer."""
    try:
        packages = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None
    return [
        f"{one['name']} {one['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'no version'}"
        for one in packages
        for found in one.get("vulns", ())
        if found["id"] not in _ACCEPTED
    ]


def asked(lock: Path, program: Sequence[str] = (sys.executable, "-m", "pip_audit")) -> list[str] | None:
    """What is known of the packages in a lock; None where nobody answers."""
    command = [*program, "--requirement", str(lock), "--disable-pip", "--no-deps", "--format", "json"]
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            [*command, "--progress-spinner", "off"], check=False, capture_output=True, text=True, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return vulnerabilities(done.stdout)


def age(lock: Path) -> float:
    """How many days ago a lock was made: as git has it, or by its file where there is no git."""
    said = subprocess.run(  # noqa: S603 - our own arguments
        ["git", "log", "-1", "--format=%ct", "--", str(lock)],  # noqa: S607 - found as make finds it
        check=False,
        capture_output=True,
        text=True,
        cwd=lock.parent,
    ).stdout.strip()
    return (time.time() - (float(said) if said else lock.stat().st_mtime)) / 86_400


def faults(locks: Sequence[Path]) -> Iterator[str]:
    """What must be mended."""
    for lock in locks:
        if (days := age(lock)) > OLDEST:
            yield f"{lock.name} is {days:.0f} days old: make lock UPGRADE=1 (at most {OLDEST} days)"
        known = asked(lock)
        if known is None:
            sys.stderr.write(f"{lock.name}: pip-audit gets no answer here; held to its age alone.\n")
        yield from known or ()


def main() -> int:
    """Say each fault in a line."""
    found = list(faults([ROOT / name for name in LOCKS]))
    sys.stdout.write(
        "".join(f"- {fault}\n" for fault in found) or "Of the locked packages nothing is known to be wrong.\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
