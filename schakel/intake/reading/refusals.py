"""How the inside of the reader says that it cannot, or only partly, read something."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding in the making: the check's name and the values of the places in its texts.

    ``table`` and ``cell`` (such as "F17") say where; empty when the whole file is meant.
    """

    check: str
    places: dict[str, str] = field(default_factory=dict)
    table: str = ""
    cell: str = ""


class RefusedError(Exception):
    """The file cannot be read; ``remark`` says why."""

    def __init__(self, check: str, *, table: str = "", **places: object) -> None:
        super().__init__(check)
        self.remark = Remark(check, {name: str(value) for name, value in places.items()}, table=table)
