"""Our path: read, interpret and check a workbook; say how many of the planted faults were found at their cells."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from faults import MAPPING, YEAR

from schakel.intake.checks import all_checks, run
from schakel.intake.interpreting import interpret
from schakel.intake.mapping import parse
from schakel.intake.reading import read


def main(workbook: Path, planted: Path) -> None:
    """Print the count, the number of findings and what was missed as one line of JSON."""
    for room in ("register", "innovate", "invest", "internationalise", "figures"):
        import_module(f"schakel.{room}.kinds")
        import_module(f"schakel.{room}.checks")
    reading = read([workbook])
    interpretation = interpret(reading.tables, parse(MAPPING), period=YEAR)
    findings = [*reading.findings, *interpretation.findings, *run(interpretation, all_checks())]
    messages = [finding.message.nl + finding.remedy.nl for finding in findings]
    found = {(finding.cell, finding.check) for finding in findings}
    wanted = [(cell, check) for cell, check, *_ in json.loads(planted.read_text())]
    missed = [each for each in wanted if each not in found]
    print(json.dumps({"found": len(wanted) - len(missed), "findings": len(messages), "missed": missed}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
