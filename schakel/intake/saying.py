"""Findings as lines of text, the same ones together: nobody reads one warning a thousand times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from schakel.intake.findings import Finding, Severity

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}
_SHOWN = 5
_WORD = {
    "nl": {Severity.ERROR: "fout", Severity.WARNING: "waarschuwing", Severity.NOTICE: "melding"},
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"},
}


def say(findings: Iterable[Finding], language: str) -> Iterator[str]:
    """Lines for ``findings``: errors first, grouped by check, the first few of each with their cells."""
    ordered = sorted(findings, key=lambda f: (_ORDER[f.severity], f.check))
    for (severity, check), group in groupby(ordered, key=lambda f: (f.severity, f.check)):
        same = list(group)
        yield f"{_WORD[language][severity]} {check} ({len(same)}x)"
        for found in same[:_SHOWN]:
            place = " ".join(part for part in (found.file, found.cell) if part)
            yield f"  {place}: {found.message.in_(language)} {found.remedy.in_(language)}".replace("  : ", "  ")
        if len(same) > _SHOWN:
            yield f"  … {len(same) - _SHOWN} more" if language == "en" else f"  … nog {len(same) - _SHOWN}"
