"""What deliveries hold of people: rows as they were sent, what was found, mended and said of them; and how long."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import polars as pl
from django.db.models import F

from schakel.documents.models import FilePart, StoredFile
from schakel.intake.models import DeliveredFile, Delivery, DeliveryState, ReadRows, ReturnedFile
from schakel.privacy.declaring import Holding, about_nobody, holding
from schakel.privacy.files import redacted_frame, redacted_parquet
from schakel.privacy.marks import Finder
from schakel.privacy.retention import Kept, register
from schakel.privacy.specials import Special, afterwards
from schakel.privacy.specials import register as register_special
from schakel.trail.actors import Actor
from schakel.words import Words

_LET_GO = [DeliveryState.DISCARDED, DeliveryState.FAILED]


def runs_with(party: int, finder: Finder) -> list[int]:
    """The runs of rows as they were read, of a party, in which the person is."""
    found = []
    for run in ReadRows.objects.filter(owner_id=party).order_by("pk").iterator(chunk_size=20):
        frame = pl.read_parquet(io.BytesIO(bytes(run.content)))
        if redacted_frame(frame, finder) is not frame:
            found.append(run.pk)
    return found


def rewrite_runs(*, actor: Actor, finder: Finder, ids: Sequence[int]) -> int:
    """Keep the runs without the person."""
    for run in ReadRows.objects.filter(owner_id=actor.owner, pk__in=ids).iterator(chunk_size=20):
        run.content = redacted_parquet(bytes(run.content), finder)
        run.save(update_fields=["content"])
    return len(ids)


def follow_files(actor: Actor) -> None:
    """A delivered file says size and digest of what is kept of it."""
    kept = DeliveredFile.objects.filter(owner_id=actor.owner).exclude(digest="").select_related("stored")
    for file in kept.exclude(digest=F("stored__digest")):
        file.digest, file.size = file.stored.digest, file.stored.size
        file.save(update_fields=["digest", "size"])


def _originals(party: int | None, before: dt.datetime) -> list[int]:
    """Files as they were delivered, of what was received before, that still hold something."""
    old = DeliveredFile.objects.filter(owner_id=party, delivery__received_at__lt=before, stored__size__gt=0)
    return list(old.exclude(stored__kept_at=None).values_list("stored_id", flat=True))


def _empty_files(party: int | None, ids: list[int]) -> int:
    """That a file was here stays, with its name and digest; what it held goes, and what was marked in it."""
    files = StoredFile.objects.filter(owner_id=party, pk__in=ids)
    copies = ReturnedFile.objects.filter(owner_id=party, file__stored__in=ids)
    marked = [pk for pair in copies.values_list("stored_id", "former_id") for pk in pair if pk is not None]
    FilePart.objects.filter(owner_id=party, file_id__in=[*ids, *marked]).delete()
    StoredFile.objects.filter(owner_id=party, pk__in=marked).update(size=0, received=0)
    return files.update(size=0, received=0)


def _read(party: int | None, before: dt.datetime) -> list[int]:
    """Rows as they were read, of deliveries that came to nothing."""
    runs = ReadRows.objects.filter(owner_id=party, table__delivery__state__in=_LET_GO)
    return list(runs.filter(table__delivery__received_at__lt=before).values_list("pk", flat=True))


def _take_read(party: int | None, ids: list[int]) -> int:
    return ReadRows.objects.filter(owner_id=party, pk__in=ids).delete()[0]


def _records(party: int | None, before: dt.datetime) -> list[int]:
    """Deliveries whose records are past their period; an archivist decides what becomes of them."""
    old = Delivery.objects.filter(owner_id=party, accepted_at__lt=before)
    return list(old.values_list("pk", flat=True))


holding(
    Holding("intake_readrows", "deliveries", free=("content",), how="each run of rows is rewritten without the person"),
    Holding("intake_readtable", "deliveries", free=("file", "name", "extras"), none=("form", "columns")),
    Holding("intake_deliveredtable", "deliveries", free=("file", "name"), none=("kind", "form", "columns")),
    Holding("intake_deliveredrow", "deliveries", free=("number", "raw")),
    Holding("intake_deliveredfile", "deliveries", free=("name",), none=("digest",)),
    Holding(
        "intake_delivery",
        "deliveries",
        free=("mapping", "proposal", "reading_findings", "proposed_tables", "progress"),
        none=("content_digest", "effects", "holds", "compared", "checks_version"),
    ),
    Holding("intake_returnedfile", "deliveries", free=("problem",), none=("language",)),
    Holding("intake_receipt", "deliveries", free=("content",)),
    Holding(
        "intake_deliveryfinding",
        "deliveries",
        free=(
            "file",
            "table",
            "header",
            "number",
            "value",
            "expected",
            "message_nl",
            "message_en",
            "remedy_nl",
            "remedy_en",
        ),
        none=("check_id", "severity", "cell", "column", "kind", "field"),
    ),
    Holding("intake_waiver", "deliveries", free=("value", "reason", "file", "table"), none=("check_id", "column")),
    Holding("intake_remark", "deliveries", free=("text", "file", "table"), none=("check_id", "mentioned")),
    Holding(
        "intake_edit",
        "deliveries",
        free=("before", "after", "header", "file", "table"),
        none=("column", "after_type"),
    ),
    Holding(
        "intake_override",
        "deliveries",
        free=("number", "delivered", "value", "reason", "ended_because"),
        none=("kind", "field"),
    ),
    Holding(
        "intake_differenceline",
        "deliveries",
        free=("number", "title", "fields", "file", "table"),
        none=("kind", "outcome"),
    ),
    Holding("intake_confirmedmapping", "deliveries", free=("text",)),
    Holding(
        "intake_certification",
        "deliveries",
        free=("statement", "withdrawn_because"),
        none=("checks_version", "summary"),
    ),
    Holding("intake_verdict", "deliveries", free=("reason",)),
    Holding("intake_expectation", "deliveries", free=("reason",), none=("kind",)),
    Holding("intake_callnote", "deliveries", free=("text",)),
    Holding("intake_sourceseen", "deliveries", free=("name", "problem"), none=("fingerprint",)),
)
about_nobody("intake_deliverystand", "kind", "found", "checks_version")
about_nobody("intake_caretaker", "kind")
about_nobody("intake_handing", "check_id")
register_special(Special("intake_readrows", "content", runs_with, rewrite_runs))
afterwards(follow_files)
register(
    Kept(
        "originals",
        Words("Aangeleverde bestanden", "Delivered files"),
        Words("nadat zij ontvangen zijn", "after they were received"),
        Words(
            "staatssteun en verantwoording: tien jaar (art. 17 Verordening 2015/1589)",
            "State aid and accountability: ten years (art. 17 of Regulation 2015/1589)",
        ),
        3653,
        _originals,
        _empty_files,
    )
)
register(
    Kept(
        "read-rows",
        Words(
            "Gelezen rijen van aanleveringen die niet doorgingen", "Rows as read, of deliveries that came to nothing"
        ),
        Words("nadat de aanlevering ontvangen is", "after the delivery was received"),
        Words("wat niet aangenomen is, dient niets meer", "what was not accepted serves nothing any more"),
        180,
        _read,
        _take_read,
    )
)
register(
    Kept(
        "records",
        Words("Gegevens van aangenomen aanleveringen", "Records of accepted deliveries"),
        Words("nadat zij aangenomen zijn", "after they were accepted"),
        Words(
            "cijfers blijven herleidbaar; na deze termijn beslist de archivaris volgens de selectielijst",
            "figures stay traceable; after this period the archivist decides by the selection list",
        ),
        7305,
        _records,
        None,
    )
)
