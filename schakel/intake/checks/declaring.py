"""Short forms in which rooms declare checks of their own kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

from schakel.intake.checks.check import Blame, Check, Delivery, register_check
from schakel.intake.checks.examples import Records, Row, Rows
from schakel.intake.findings import Severity
from schakel.words import Words


def row_check(
    id: str,
    severity: Severity,
    *,
    kind: str,
    field: str,
    when: pl.Expr,
    title: Words,
    explanation: Words,
    message: Words,
    remedy: Words,
    fails: Row,
    passes: Row,
) -> Check:
    """Declare a rule about single rows of ``kind``, broken where ``when`` is true; with one row that breaks it.

    Messages may name the row's fields, ``{_number}`` and ``{period}``.
    """
    examples = (Rows({kind: [fails]}),), (Rows({kind: [passes]}),)
    return register_check(
        Check(id, severity, "row", title, explanation, message, remedy, *examples, kind=kind, field=field, when=when)
    )


def delivery_check(
    id: str,
    severity: Severity,
    *,
    kind: str,
    find: Callable[[Delivery], Iterator[Blame]],
    title: Words,
    explanation: Words,
    message: Words,
    remedy: Words,
    fails: Records,
    passes: Records,
) -> Check:
    """Declare a rule about a delivery that has rows of ``kind``; with records by kind that break and keep it."""
    examples = (Rows(fails),), (Rows(passes),)
    return register_check(
        Check(id, severity, "delivery", title, explanation, message, remedy, *examples, kind=kind, find=find)
    )
