"""Compile the translations (.po to .mo) without GNU gettext, which a fresh machine does not have."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Compile every catalogue under the package; 1 where a message is wrong (a place lost in translation)."""
    wrong = sum(compile_catalogue(path) for path in sorted(ROOT.glob("schakel/**/LC_MESSAGES/*.po")))
    return 1 if wrong else 0


def compile_catalogue(path: Path) -> int:
    """Write the compiled catalogue beside ``path``; return how many of its messages are wrong, having said which."""
    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.parent.parent.name, domain=path.stem)
    faults = [(message, fault) for message, found in catalogue.check() for fault in found]
    for message, fault in faults:
        sys.stderr.write(f"{path.relative_to(ROOT)}:{message.lineno}: {fault}\n")
    with path.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalogue)
    return len(faults)


if __name__ == "__main__":
    sys.exit(main())
