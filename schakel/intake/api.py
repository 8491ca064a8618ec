"""The API of deliveries: the same actions and questions as the pages, for a party's own systems."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from schakel.documents import actions as documents
from schakel.documents.actions import PART
from schakel.intake import actions, kinds, queries
from schakel.intake.actions.recording import add_records, has_records, settle_by_names
from schakel.intake.api_telling import (
    delivery_told,
    file_told,
    finding_told,
    kind_told,
    language_of,
    paged,
    receipt_told,
    row_told,
)
from schakel.intake.api_words import (
    Acceptance,
    AskedDeliveries,
    AskedFindings,
    AskedRows,
    Deliveries,
    DeliveryTold,
    File,
    Findings,
    Kinds,
    NewDelivery,
    ReceiptTold,
    Records,
    Rows,
)
from schakel.intake.models import DeliveredRow, Delivery, DeliveryFinding, DeliveryState, Origin, Receipt
from schakel.network.models import Party, PartyKind
from schakel.sharing.arriving import arrived_with
from schakel.sharing.keys import ForKeys, actor_with
from schakel.trail.actions import note

router = Router(tags=["deliveries"], by_alias=True)


class FaultyRowsError(Exception):
    """Acceptance was asked for a delivery with rows in error, without saying that they may stay out."""

    def __init__(self, delivery: Delivery, findings: list[dict[str, Any]]) -> None:
        said = _("Delivery %(number)s has rows in error. Mend them and deliver again, or ask with withoutFaultyRows.")
        super().__init__(said % {"number": delivery.pk})
        self.findings = findings


@router.get("/kinds", response=Kinds, summary="What can be delivered", operation_id="listKinds", auth=ForKeys("read"))
def list_kinds(request: HttpRequest) -> dict[str, Any]:
    """Kinds of record with their fields and codes, in the language that is asked for (nl or en)."""
    party = Party.objects.get(pk=actor_with(request).owner)
    wanted = "network" if party.kind == PartyKind.SECRETARIAT else "agency"
    language = language_of(request)
    return {"items": [kind_told(kind, language) for kind in kinds.kinds() if kind.delivered_by == wanted]}


@router.get(
    "/deliveries", response=Deliveries, summary="Deliveries", operation_id="listDeliveries", auth=ForKeys("read")
)
def list_deliveries(request: HttpRequest, asked: Query[AskedDeliveries]) -> dict[str, Any]:
    """Your deliveries, of one year or of all, the newest first."""
    found = queries.deliveries()
    found = found if asked.year is None else found.filter(period=asked.year)
    return paged(found, asked, delivery_told)


@router.post(
    "/deliveries",
    response={201: DeliveryTold},
    summary="Begin a delivery",
    operation_id="beginDelivery",
    auth=ForKeys("deliver"),
)
def begin(request: HttpRequest, response: HttpResponse, asked: NewDelivery) -> Status[DeliveryTold]:
    """Begin a delivery for a year; then add files or pages of records, and submit it."""
    delivery = actions.begin_delivery(
        actor=actor_with(request), period=asked.year, origin=Origin.API, whole=asked.whole
    )
    response["Location"] = f"{request.path}/{delivery.pk}"
    return Status(201, delivery_told(delivery))


@router.get(
    "/deliveries/{int:id}",
    response=DeliveryTold,
    summary="One delivery",
    operation_id="getDelivery",
    auth=ForKeys("read"),
)
def one(request: HttpRequest, id: int) -> DeliveryTold:
    """How far a delivery is; ask again while it says that it is working."""
    return delivery_told(_delivery(id))


@router.delete(
    "/deliveries/{int:id}",
    response={204: None},
    summary="Discard",
    operation_id="discardDelivery",
    auth=ForKeys("deliver"),
)
def discard(request: HttpRequest, id: int) -> Status[None]:
    """Lay a delivery aside that was not accepted; its files stay."""
    actions.discard_delivery(actor=actor_with(request), delivery=_delivery(id))
    return Status(204, None)


@router.put(
    "/deliveries/{int:id}/files/{name}",
    response={201: File},
    summary="Add a file",
    operation_id="putFile",
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
    auth=ForKeys("deliver"),
)
def put_file(request: HttpRequest, id: int, name: str) -> Status[File]:
    """Send a file as the body of the request; one of the same name takes the place of the earlier one."""
    delivery = _delivery(id)
    actor = actor_with(request)
    stored = documents.begin(actor=actor, name=name, size=_length(request))
    for piece in arrived_with(request).pieces(PART):
        stored = documents.append(actor=actor, file_id=stored.pk, offset=stored.received, content=piece)
    if stored.kept_at is None:
        said = _("Only %(came)s of %(size)s bytes came; send the file again.")
        raise documents.FileRefused(said % {"came": stored.received, "size": stored.size})
    return Status(201, file_told(actions.add_file(actor=actor, delivery=delivery, stored=stored)))


@router.post(
    "/deliveries/{int:id}/records",
    response={201: File},
    summary="Add records",
    operation_id="addRecords",
    auth=ForKeys("deliver"),
)
def post_records(request: HttpRequest, id: int, asked: Records) -> Status[File]:
    """Add a page of records of one kind; at most 5,000 a page, as many pages as it takes."""
    added = add_records(actor=actor_with(request), delivery=_delivery(id), kind=asked.kind, records=asked.records)
    return Status(201, file_told(added))


@router.post(
    "/deliveries/{int:id}/submission",
    response={202: DeliveryTold},
    summary="Submit",
    operation_id="submitDelivery",
    auth=ForKeys("deliver"),
)
def submit(request: HttpRequest, id: int) -> Status[DeliveryTold]:
    """All is here: have it read and checked. What was delivered before gives that delivery back.

    Asked again after the work on it stopped (it has a ``problem``), it is done again.
    """
    actor, delivery = actor_with(request), _delivery(id)
    if delivery.progress.get("error") and delivery.state != DeliveryState.ACCEPTING:
        actions.ask_examination(actor=actor, delivery=delivery)
        return Status(202, delivery_told(delivery))
    if has_records(delivery):
        settle_by_names(actor=actor, delivery=delivery)
    received = actions.finish_delivery(actor=actor, delivery=delivery)
    if not received.known:
        actions.ask_examination(actor=actor, delivery=received.delivery)
    return Status(202, delivery_told(_delivery(received.delivery.pk)))


@router.get(
    "/deliveries/{int:id}/findings",
    response=Findings,
    summary="What was found",
    operation_id="listFindings",
    auth=ForKeys("read"),
)
def list_findings(request: HttpRequest, id: int, asked: Query[AskedFindings]) -> dict[str, Any]:
    """Findings with their cell, what is wrong and what to do, in the language that is asked for."""
    found = queries.findings_of(_delivery(id))
    found = found.filter(severity=asked.severity) if asked.severity else found
    found = found.filter(check_id=asked.check) if asked.check else found
    language = language_of(request)
    return paged(found, asked, lambda finding: finding_told(finding, language))


@router.post(
    "/deliveries/{int:id}/acceptance",
    response={202: DeliveryTold},
    summary="Accept",
    operation_id="acceptDelivery",
    auth=ForKeys("accept"),
)
def accept(request: HttpRequest, id: int, asked: Acceptance) -> Status[DeliveryTold]:
    """Have the rows become your records; with rows in error only where it is said that they may stay out.

    Asked again after that stopped (it has a ``problem``), it goes on.
    """
    delivery = _held(id)
    if delivery.progress.get("error") and delivery.state == DeliveryState.ACCEPTING:
        actions.ask_acceptance_again(actor=actor_with(request), delivery=delivery)
        return Status(202, delivery_told(_delivery(id)))
    faulty = DeliveryFinding.objects.filter(delivery=delivery, severity="error")
    if not asked.without_faulty_rows and faulty.exists():
        language = language_of(request)
        raise FaultyRowsError(delivery, [finding_told(one, language).dict(by_alias=True) for one in faulty[:100]])
    actions.ask_acceptance(actor=actor_with(request), delivery=delivery)
    return Status(202, delivery_told(_delivery(id)))


@router.get(
    "/deliveries/{int:id}/receipt",
    response=ReceiptTold,
    summary="The receipt",
    operation_id="getReceipt",
    auth=ForKeys("read"),
)
def receipt(request: HttpRequest, id: int) -> ReceiptTold:
    """What became of the rows, in numbers; there once the delivery was accepted."""
    found = get_object_or_404(Receipt, delivery_id=id)
    note(actor=actor_with(request), verb="opened", kind="receipt", objects=[found.pk])
    return receipt_told(found)


@router.get(
    "/deliveries/{int:id}/receipt/rows",
    response=Rows,
    summary="What became of each row",
    operation_id="listRows",
    auth=ForKeys("read"),
)
def receipt_rows(request: HttpRequest, id: int, asked: Query[AskedRows]) -> dict[str, Any]:
    """Each row as it was sent, with its outcome: new, changed, unchanged or refused."""
    _delivery(id)
    rows = DeliveredRow.objects.filter(table__delivery_id=id).select_related("table").order_by("table", "row", "item")
    rows = rows.filter(outcome=asked.outcome) if asked.outcome else rows
    return paged(rows, asked, row_told)


def _delivery(id: int) -> Delivery:
    return get_object_or_404(Delivery, pk=id)


def _held(id: int) -> Delivery:
    """The delivery, with nobody changing it or what was found in it until this request is done."""
    return get_object_or_404(Delivery.objects.select_for_update(), pk=id)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.headers.get("Content-Length", ""))
    except ValueError as error:
        raise documents.FileRefused(_("Say with Content-Length how large the file is.")) from error
