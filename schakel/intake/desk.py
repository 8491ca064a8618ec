"""The same checks at the sender's own desk: files are read and checked, and nothing is kept. Needs no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from schakel.intake import kinds, mapping
from schakel.intake.examining import Examination, examine
from schakel.intake.findings import Finding
from schakel.network.naming import published_agency_names


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at files gave: the examination, for whom and for which year."""

    agency: str
    period: int
    examination: Examination


def look_at(paths: Sequence[Path], *, agency: str = "", period: int | None = None, text: str = "") -> Look:
    """Read and check files or folders as a delivery of ``agency`` for ``period``, by the mapping ``text`` (TOML).

    Without a mapping by the proposal, without a period as of the year that most dates are in; what an agency's own
    earlier records would add is not known here. Raises MappingError.
    """
    known = mapping.parse(text) if text else None
    whose = agency or (known.agency if known else "")
    names = published_agency_names()
    year = dt.date.today().year - 1 if period is None else period
    look = Look(whose, year, examine(paths, agency=whose, period=year, mapping=known, agency_names=names))
    meant = year if period is not None else _usual_year(look.examination) or year
    if meant == year:
        return look
    return Look(whose, meant, examine(paths, agency=whose, period=meant, mapping=known, agency_names=names))


def _usual_year(examination: Examination) -> int | None:
    """The year that most dates of the rows are in; of equal ones the last."""
    years = [
        rows.frame[name].dt.year().cast(pl.Int32).drop_nulls()
        for rows in examination.rows
        for name, dtype in rows.frame.schema.items()
        if dtype == pl.Date
    ]
    counted = pl.concat([pl.Series(dtype=pl.Int32), *years]).value_counts(name="count").to_dicts()
    return max(counted, key=lambda line: (line["count"], line[""]))[""] if counted else None


def plain(found: Finding, language: str) -> dict[str, Any]:
    """A finding as plain values in one language, for JSON."""
    said = asdict(found) | {"message": found.message.in_(language), "remedy": found.remedy.in_(language)}
    del said["concerns"]  # what it says to other agencies is not the sender's
    return said


def report(look: Look, language: str) -> dict[str, Any]:
    """What was read and found, as plain values in one language, for JSON."""
    rows = look.examination.rows
    return {
        "agency": look.agency,
        "year": look.period,
        "readable": look.examination.readable,
        "kinds": [
            {"kind": read.kind, "name": kinds.kind(read.kind).plural.in_(language), "rows": read.frame.height}
            for read in rows
        ],
        "proposed": list(look.examination.proposed),
        "findings": [plain(found, language) for found in look.examination.findings],
    }
