"""How a workbook says that it cannot be marked in place."""

from __future__ import annotations


class TooStrangeError(Exception):
    """The workbook is not built as one that can be edited in place; the message says which part, and why."""

    def __init__(self, part: str, why: str) -> None:
        super().__init__(f"{part}: {why}")
        self.part = part
