"""What the API takes and gives: plain values with names in lower camel case, as the NLGov API Design Rules ask."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel


class Spoken(Schema):
    """A value of the API."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class NewDelivery(Spoken):
    """A delivery to begin. ``whole``: it says all there is of each kind in it; else it only adds and changes."""

    year: int = Field(ge=2000, le=2100)
    whole: bool = True


class Records(Spoken):
    """A page of records of one kind: field name to value, as the list of kinds names them."""

    kind: str
    records: list[dict[str, Any]] = Field(min_length=1, max_length=5000)


class File(Spoken):
    """A file of a delivery; ``sha256`` once all of it is here."""

    name: str
    size: int
    sha256: str = ""


class Counts(Spoken):
    """How many findings there are, by severity; waived ones among them."""

    error: int = 0
    warning: int = 0
    notice: int = 0
    waived: int = 0


class DeliveryTold(Spoken):
    """A delivery: how far it is, and what was found."""

    id: int
    year: int
    state: str
    whole: bool
    origin: str
    received_at: dt.datetime
    accepted_at: dt.datetime | None = None
    working: bool
    problem: str = ""
    proposed_tables: list[str]
    findings: Counts
    files: list[File]


class Asked(Spoken):
    """Which page of a list is asked for; pages count from 1."""

    page: int = Field(1, ge=1, le=1_000_000)
    page_size: int = Field(100, ge=1, le=1000)


class AskedDeliveries(Asked):
    """Deliveries of one year, or of all."""

    year: int | None = Field(None, ge=2000, le=2100)


class AskedFindings(Asked):
    """Findings of one severity or check, or all."""

    severity: Literal["", "error", "warning", "notice"] = ""
    check: str = Field("", max_length=80, pattern=r"^[\w.:-]*$")


class AskedRows(Asked):
    """Rows with one outcome, or all."""

    outcome: Literal["", "new", "changed", "unchanged", "refused"] = ""


class Paged(Spoken):
    """Which part of a list this is; pages count from 1."""

    page: int
    page_size: int
    total: int


class Deliveries(Paged):
    """Deliveries of the one who asks, the newest first."""

    items: list[DeliveryTold]


class FindingTold(Spoken):
    """A finding, with the members of a problem (RFC 9457) and its place in the sender's own files."""

    type: str
    title: str
    status: int = 422
    detail: str
    instance: str
    severity: str
    remedy: str
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
    waived: bool = False


class Findings(Paged):
    """Findings of a delivery, the heaviest first."""

    items: list[FindingTold]


class Acceptance(Spoken):
    """Whether rows in error may stay out; they stay listed, and count as missing."""

    without_faulty_rows: bool = False


class ReceiptTold(Spoken):
    """What became of the rows of a delivery, by kind and outcome."""

    delivery: int
    made_at: dt.datetime
    rows: dict[str, dict[str, int]]
    findings: dict[str, int]
    files: list[File]


class RowTold(Spoken):
    """One row as it was sent, and what became of it."""

    kind: str
    file: str
    table: str
    row: int
    number: str
    outcome: str


class Rows(Paged):
    """Rows of a delivery, in the order of its files."""

    items: list[RowTold]


class CodeTold(Spoken):
    """A value that a field may have."""

    value: str
    label: str


class FieldTold(Spoken):
    """A field of a kind: money is in euros, dates as 2023-12-31, references are numbers of records."""

    name: str
    type: str
    label: str
    required: bool
    several: bool
    refers_to: str | None = None
    codes: list[CodeTold]


class KindTold(Spoken):
    """What can be delivered."""

    name: str
    label: str
    key: list[str]
    fields: list[FieldTold]


class Kinds(Spoken):
    """All that can be delivered by the one who asks."""

    items: list[KindTold]


class Problem(Schema):
    """What is wrong and what to do (RFC 9457)."""

    status: int
    title: str
    detail: str
    type: str = "about:blank"
    instance: str = ""
