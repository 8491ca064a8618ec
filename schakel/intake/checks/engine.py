"""Running checks over a delivery: row checks together in one pass over each kind, the others one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import polars as pl

from schakel.intake.checks.check import Blame, Check, Context, Delivery
from schakel.intake.findings import Finding
from schakel.intake.interpreting import Interpretation, KindRows, Source
from schakel.intake.interpreting.numbers import euros
from schakel.intake.interpreting.saying import shown
from schakel.intake.kinds import Field
from schakel.words import Words


def run(interpretation: Interpretation, checks: Iterable[Check], context: Context | None = None) -> list[Finding]:
    """What ``checks`` find in the delivery, all of it: nothing is capped here. Row checks come first."""
    chosen = list(checks)
    known = context or Context(period=interpretation.period)
    delivery = Delivery(interpretation.kinds, known, interpretation.agency, interpretation.period)
    findings: list[Finding] = []
    for rows in interpretation.rows:
        findings += _row_findings(rows, [c for c in chosen if c.when is not None and c.kind == rows.kind], delivery)
    for each in chosen:
        if each.find is not None and (not each.kind or each.kind in delivery.kinds):
            findings += [_finding(each, blame, delivery) for blame in each.find(delivery)]
    return findings


def for_sender(findings: Iterable[Finding], checks: Iterable[Check]) -> list[Finding]:
    """The findings that a delivery's sender may see: not those about what another agency has."""
    hidden = {check.id for check in checks if check.network_only}
    return [finding for finding in findings if finding.check not in hidden]


def _row_findings(rows: KindRows, checks: list[Check], delivery: Delivery) -> Iterator[Finding]:
    if not checks:
        return
    frame = rows.frame.with_columns(_period=pl.lit(delivery.period, dtype=pl.Int32))
    broken = frame.select(check.when.alias(check.id) for check in checks if check.when is not None)
    for check in checks:
        for at in broken[check.id].fill_null(value=False).arg_true():
            yield _finding(check, Blame(rows.kind, at, check.field), delivery)


def _finding(check: Check, blame: Blame, delivery: Delivery) -> Finding:
    rows = delivery.kinds.get(blame.kind)
    if rows is None or blame.at is None:
        source = rows.sources[0] if rows is not None and len(rows.sources) == 1 else None
        places = {"period": delivery.period} | dict(blame.says)
        return Finding(
            check.id,
            check.severity,
            check.message.format(**places),
            check.remedy.format(**places),
            file=source.file if source else "",
            table=source.table if source else "",
            kind=blame.kind,
            field=blame.field,
            concerns=blame.concerns,
        )
    return _row_finding(check, blame, rows, blame.at, delivery.period)


def _row_finding(check: Check, blame: Blame, rows: KindRows, at: int, period: int) -> Finding:
    record = rows.frame.row(at, named=True)
    source = rows.source(at)
    field = blame.field if blame.field in source.columns else source.first_field()
    places = _places(rows, record) | {"period": period} | dict(blame.says)
    column, header = source.columns[field] if field else ("", "")
    return Finding(
        check.id,
        check.severity,
        _filled(check.message, places),
        _filled(check.remedy, places),
        file=source.file,
        table=source.table,
        cell=source.address(field, record["_row"]),
        row=record["_row"],
        column=column,
        header=header,
        kind=rows.kind,
        field=blame.field,
        number=record["_number"] or "",
        value=_written(rows, blame.field, source, at),
        concerns=blame.concerns,
    )


def _filled(words: Words, places: dict[str, object]) -> Words:
    return words.format(**{name: shown(str(value)) for name, value in places.items()})


def _places(rows: KindRows, record: dict[str, object]) -> dict[str, object]:
    """The record's values as a reader writes them, for messages."""
    places: dict[str, object] = {f.name: said(f, record[f.name]) for f in rows.declared.fields}
    return places | {"_number": record["_number"] or "?"}


def said(field: Field, value: object) -> str:
    """A value as a Dutch reader writes it."""
    if value is None:
        return "-"
    if field.type == "money" and isinstance(value, int):
        return euros(value)
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    label = next((code.labels.nl for code in field.codes if code.value == value), None)
    return label or str(value)


def _written(rows: KindRows, field: str, source: Source, at: int) -> str:
    if field not in rows.raw.columns or not source.address(field, 1):
        return ""
    return str(rows.raw[field][at] or "")
