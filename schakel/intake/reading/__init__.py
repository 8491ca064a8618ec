"""Reading files: what a delivery holds, as tables of cells at their true addresses.

The child process (`child`) is a module of this package too and must start fast, so what needs polars
is only imported when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from schakel.intake.reading.limits import Limits

if TYPE_CHECKING:
    from schakel.intake.reading.delivery import Reading, read

__all__ = ["Limits", "Reading", "read"]


def __getattr__(name: str) -> object:
    if name in ("Reading", "read"):
        return getattr(import_module("schakel.intake.reading.delivery"), name)
    raise AttributeError(name)
