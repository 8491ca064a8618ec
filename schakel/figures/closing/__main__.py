"""``python -m schakel.figures.closing FOLDER [DIGEST]``: verify a closing, and say as JSON what was found.

For a process of its own, which knows no database and no settings. Exit code 0 if the closing is as it was made, 1 if
not, 2 where there is none.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from schakel.figures.closing.carrying import as_folder
from schakel.figures.closing.manifest import ClosingError
from schakel.figures.closing.verifying import verify


def main(words: list[str]) -> int:
    """Verify; return the exit code."""
    if not words:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        with as_folder(Path(words[0])) as folder:
            report = verify(folder, digest=(words[1:] or [""])[0])
    except ClosingError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{json.dumps(asdict(report))}\n")
    return 0 if report.whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
