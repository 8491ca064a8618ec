"""Checks as data: what must hold of a delivery, why, and what to do; and the engine that runs them.

Rooms declare checks of their own kinds in their ``checks`` module; those of any kind stand here.
"""

from schakel.intake.checks import (
    amounts,
    deliveries,
    files,
    identifiers,
    interpreted,
    interpreted_tables,
    joint,
    numbering,
    references,
)
from schakel.intake.checks.check import (
    Blame,
    Check,
    Context,
    Delivery,
    Example,
    Scope,
    all_checks,
    check,
    checks_version,
    register_check,
)
from schakel.intake.checks.declaring import delivery_check, row_check
from schakel.intake.checks.engine import for_sender, run
from schakel.intake.checks.examples import Cell, Rows, Sheet

__all__ = [
    "Blame",
    "Cell",
    "Check",
    "Context",
    "Delivery",
    "Example",
    "Rows",
    "Scope",
    "Sheet",
    "all_checks",
    "check",
    "checks_version",
    "delivery_check",
    "for_sender",
    "register_check",
    "row_check",
    "run",
]

# Importing them declares their checks.
_DECLARED = (amounts, deliveries, files, identifiers, interpreted, interpreted_tables, joint, numbering, references)
