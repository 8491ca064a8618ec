"""How deliveries, findings and receipts are told by the API."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from schakel.intake.api_words import (
    Asked,
    CodeTold,
    Counts,
    DeliveryTold,
    FieldTold,
    File,
    FindingTold,
    KindTold,
    ReceiptTold,
    RowTold,
    Spoken,
)
from schakel.intake.kinds import RecordKind
from schakel.intake.models import DeliveredFile, DeliveredRow, Delivery, DeliveryFinding, Receipt
from schakel.intake.views.naming import check_title

M = TypeVar("M", bound=Model)


def language_of(request: HttpRequest) -> str:
    """The language that is asked for by Accept-Language: "nl" or "en"."""
    return get_language_from_request(request)[:2]


def paged(found: QuerySet[M], asked: Asked, tell: Callable[[M], Spoken]) -> dict[str, Any]:
    """The page of ``found`` that is asked for, as the API tells it."""
    first = (asked.page - 1) * asked.page_size
    return {
        "page": asked.page,
        "page_size": asked.page_size,
        "total": found.count(),
        "items": [tell(item) for item in found[first : first + asked.page_size]],
    }


def delivery_told(delivery: Delivery) -> DeliveryTold:
    """A delivery with what was found and its files."""
    counted = Counter[str]()
    lines = DeliveryFinding.objects.filter(delivery=delivery).values("severity", "waived").annotate(count=Count("pk"))
    for line in lines:
        counted[line["severity"]] += line["count"]
        counted["waived"] += line["count"] if line["waived"] else 0
    return DeliveryTold(
        id=delivery.pk,
        year=delivery.period,
        state=delivery.state,
        whole=delivery.whole,
        origin=delivery.origin,
        received_at=delivery.received_at,
        accepted_at=delivery.accepted_at,
        working="step" in delivery.progress,
        problem=delivery.progress.get("error", ""),
        proposed_tables=delivery.proposed_tables,
        findings=Counts(**counted),
        files=[file_told(file) for file in delivery.files.order_by("name")],
    )


def file_told(file: DeliveredFile) -> File:
    """A file of a delivery."""
    return File(name=file.name, size=file.size, sha256=file.digest)


def finding_told(found: DeliveryFinding, language: str) -> FindingTold:
    """A finding as a problem with its place; its type is the check's own name."""
    english = language == "en"
    return FindingTold(
        type=f"urn:schakel:check:{found.check_id}",
        title=check_title(found.check_id),
        detail=found.message_en if english else found.message_nl,
        instance=f"urn:schakel:finding:{found.pk}",
        severity=found.severity,
        remedy=found.remedy_en if english else found.remedy_nl,
        **{name: getattr(found, name) for name in _PLACE},
    )


_PLACE = (
    "file",
    "table",
    "cell",
    "row",
    "column",
    "header",
    "kind",
    "field",
    "number",
    "value",
    "expected",
    "waived",
)


def receipt_told(receipt: Receipt) -> ReceiptTold:
    """A receipt in numbers."""
    content = receipt.content
    return ReceiptTold(
        delivery=receipt.delivery_id,
        made_at=receipt.made_at,
        rows=content["rows"],
        findings=content["findings"],
        files=[File(name=file["name"], size=file["size"], sha256=file["digest"]) for file in content["files"]],
    )


def row_told(row: DeliveredRow) -> RowTold:
    """A row and what became of it."""
    table = row.table
    return RowTold(
        kind=table.kind, file=table.file, table=table.name, row=row.row, number=row.number, outcome=row.outcome
    )


def kind_told(kind: RecordKind, language: str) -> KindTold:
    """A kind with its fields."""
    return KindTold(
        name=kind.name,
        label=kind.labels.in_(language),
        key=list(kind.key),
        fields=[
            FieldTold(
                name=field.name,
                type=field.type,
                label=field.labels.in_(language),
                required=field.required,
                several=field.several,
                refers_to=field.refers_to,
                codes=[CodeTold(value=code.value, label=code.labels.in_(language)) for code in field.codes],
            )
            for field in kind.fields
        ],
    )
