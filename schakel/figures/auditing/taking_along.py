"""A sample with its evidence, to take along: what was drawn from, what was drawn, its cells, and what was concluded.

Only what the acting party may see at that moment is in it; of the rest that it was drawn, and no more. Nothing written
can run in a spreadsheet.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import xlsxwriter

from schakel.figures.auditing.concluding import scale_of
from schakel.figures.auditing.evidence import Evidence, evidence
from schakel.figures.models import Conclusion, Sample, SampleItem
from schakel.web.sheets import Value, csv_lines

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
ABOUT = (
    "indicator",
    "definition_version",
    "period",
    "closing",
    "cut",
    "unit",
    "value",
    "method",
    "seed",
    "asked",
    "behind",
    "drawn_from",
    "frame_sha256",
    "interval_stored",
    "drawn_at",
    "purpose",
)
ITEMS = ("position", "kind", "record", "giver", "amount", "hits", "outcome", "found", "remark", "signed_at")
CELLS = ("position", "field", "value", "as_sent", "cell", "header", "file", "file_sha256")
CHANGES = ("position", "what", "before", "after", "made_at", "reason")
CONCLUSIONS = (
    "conclusion",
    "position",
    "outcome",
    "found",
    "remark",
    "projection",
    "corrects",
    "signed_by",
    "signed_at",
)
FRAME = ("kind", "record", "amount_stored", "agency")

Row = tuple[Value, ...]
Sheets = dict[str, tuple[Sequence[str], list[Row]]]


def taken_along(sample: Sample, ending: str) -> bytes:
    """The sample as "xlsx", "csv" (the records and their cells) or "json"."""
    sheets = _sheets(sample)
    if ending == "xlsx":
        return _xlsx(sheets)
    if ending == "json":
        said = {name: [dict(zip(head, row, strict=True)) for row in rows] for name, (head, rows) in sheets.items()}
        return json.dumps(said, ensure_ascii=False, indent=1, default=str).encode()
    return "".join(_csv(sheets)).encode()


def _sheets(sample: Sample) -> Sheets:
    items = list(sample.items.select_related("giver"))
    signed = list(sample.conclusions.select_related("signed_by", "item"))
    last = {one.item_id: one for one in signed}  # in the order signed: the last one stands
    seen = {item.position: evidence(item.kind, item.record_id) for item in items}
    shown = {position: found for position, found in seen.items() if found is not None}
    return {
        "sample": (ABOUT, [_about(sample)]),
        "records": (ITEMS, [_item(item, last.get(item.pk), scale_of(sample)) for item in items]),
        "cells": (CELLS, [row for position, found in shown.items() for row in _cells(position, found)]),
        "changes": (CHANGES, [row for position, found in shown.items() for row in _changes(position, found)]),
        "conclusions": (CONCLUSIONS, [_conclusion(one) for one in signed]),
        "drawn_from": (FRAME, [tuple(row) for row in sample.frame]),
    }


def _about(sample: Sample) -> Row:
    return (
        sample.indicator,
        sample.definition_version,
        sample.period,
        "" if sample.closing is None else f"{sample.closing.version} {sample.closing.digest}",
        json.dumps(sample.cut, sort_keys=True),
        sample.unit,
        sample.value,
        sample.method,
        sample.seed,
        sample.asked,
        sample.behind,
        len(sample.frame),
        sample.frame_digest,
        sample.interval,
        sample.drawn_at.isoformat(),
        sample.purpose,
    )


def _item(item: SampleItem, conclusion: Conclusion | None, scale: int) -> Row:
    amount = None if item.amount is None else Decimal(item.amount) / scale
    base: Row = (item.position, item.kind, item.record_id, str(item.giver), amount, item.hits)
    if conclusion is None:
        return (*base, "open", None, "", "")
    return (*base, conclusion.outcome, conclusion.found, conclusion.remark, conclusion.signed_at.isoformat())


def _cells(position: int, found: Evidence) -> Iterator[Row]:
    digest = found.file.digest if found.file else ""
    for value in found.view.values:
        if value.raw or value.value is not None:
            said = value.record[2] if value.record else "" if value.value is None else str(value.value)
            yield (position, value.field.name, said, value.raw, value.cell, value.header, found.view.file, digest)


def _changes(position: int, found: Evidence) -> Iterator[Row]:
    for edit in found.around.edits if found.around else ():
        place = f"{edit.column}{edit.row or ''}"
        yield (position, f"edit {place}", edit.before, edit.after, edit.made_at.isoformat(), "")
    for one in found.overrides:
        yield (position, f"override {one.field}", one.delivered, one.value, one.made_at.isoformat(), one.reason)


def _conclusion(one: Conclusion) -> Row:
    return (
        one.pk,
        one.item.position if one.item else None,
        one.outcome,
        one.found,
        one.remark,
        json.dumps(one.projection) if one.projection else "",
        one.corrects_id,
        str(one.signed_by or ""),
        one.signed_at.isoformat(),
    )


def _csv(sheets: Sheets) -> Iterator[str]:
    """The records, each with its cells: a row a cell."""
    items = {row[0]: row for row in sheets["records"][1]}
    rows = [(*items[row[0]], *row[1:]) for row in sheets["cells"][1]]
    known = {row[0] for row in sheets["cells"][1]}
    rows += [(*row, *("",) * (len(CELLS) - 1)) for position, row in items.items() if position not in known]
    return csv_lines([*ITEMS, *CELLS[1:]], sorted(rows, key=lambda row: int(str(row[0]))))


def _xlsx(sheets: Mapping[str, tuple[Sequence[str], list[Row]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        for name, (head, rows) in sheets.items():
            page = book.add_worksheet(name)
            page.write_row(0, 0, head, bold)
            page.freeze_panes(1, 1)
            for number, row in enumerate(rows, start=1):
                page.write_row(number, 0, row)
    return out.getvalue()
