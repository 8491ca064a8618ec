"""Files that once were too much for a reader, kept by ``bench/fuzz_readers.py``."""

from __future__ import annotations

import re
from pathlib import Path

from schakel.intake.reading import read

SURPRISE = re.compile(r"te lezen: (\w+Error|\w+Exception): |reader stopped")
CASES = Path(__file__).parent / "reading_cases"


def test_each_kept_file_has_an_answer_and_surprises_no_reader() -> None:
    reading = read([CASES])
    answered = {table.file for table in reading.tables} | {finding.file for finding in reading.findings}
    assert answered >= {path.name for path in CASES.iterdir()}
    for finding in reading.findings:
        assert finding.message.nl
        assert finding.remedy.en
        assert not SURPRISE.search(finding.message.nl)
        assert finding.check not in ("file.timeout", "file.memory")
