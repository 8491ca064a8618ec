"""A finding: what a check has to say about a place in a delivery."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from schakel.words import Words


class Severity(StrEnum):
    """How much a finding weighs. An error keeps its row out; a warning and a notice do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One message about one place.

    ``check`` names the check; ``message`` says what is wrong with this very value, ``remedy`` what
    to do. ``cell`` is the full address ("Projecten!F17"); empty for findings about a whole table
    or delivery. ``number`` is the record's number where the row has one.
    """

    check: str
    severity: Severity
    message: Words
    remedy: Words
    file: str = ""
    table: str = ""
    cell: str = ""
    row: int | None = None
    column: str = ""
    header: str = ""
    kind: str = ""
    field: str = ""
    number: str = ""
    value: str = ""
    expected: str = ""
    concerns: tuple[str, ...] = ()  # slugs of other agencies it is also about


def told(found: Finding) -> dict[str, Any]:
    """The finding as plain values for JSON; `heard` makes it a finding again."""
    return asdict(found)


def heard(said: dict[str, Any]) -> Finding:
    """The finding that `told` told of."""
    words = {name: Words(**said[name]) for name in ("message", "remedy")}
    return Finding(**said | words | {"severity": Severity(said["severity"]), "concerns": tuple(said["concerns"])})
