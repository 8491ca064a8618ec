"""A closing: a year frozen as files, opened, verified and explained from those files alone.

Invariants: nothing here asks a database, but ``making`` and ``kept``; what is verified is verified from files. A
closing holds ids, dimensions and whole numbers; no names, no texts of records. The same state gives the same files.
"""

from __future__ import annotations

from schakel.figures.closing.frozen import State, freeze
from schakel.figures.closing.manifest import ClosingError, Files, Manifest
from schakel.figures.closing.opening import Closed, opened
from schakel.figures.closing.verifying import Report, verify

__all__ = ["Closed", "ClosingError", "Files", "Manifest", "Report", "State", "freeze", "opened", "verify"]
