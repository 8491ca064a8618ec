"""The sender's own files with their findings marked, made in the background and kept with the delivery.

A file is marked anew once its findings are those of another examination.
"""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePath

from django.db.models import QuerySet

from schakel.documents.queries import write_to
from schakel.intake import actions
from schakel.intake.keeping import load_tables
from schakel.intake.models import DeliveredFile, Delivery, DeliveryFinding, ReturnedFile
from schakel.intake.returning import FrontSheet, about, marked_copy, marks_of
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor
from schakel.words import Words

_MARKED = Words("met bevindingen", "with findings")
_FAILED = Words("Dit bestand kon niet worden gemerkt: {why}", "This file could not be marked: {why}")


def returned_of(delivery: Delivery, language: str) -> QuerySet[ReturnedFile]:
    """The files of a delivery as they come back in ``language``, also those still being made."""
    found = ReturnedFile.objects.filter(file__delivery=delivery, language=language)
    return found.select_related("file", "stored").order_by("file__name")


def out_of_date(delivery: Delivery, language: str) -> bool:
    """Whether a file of the delivery was never marked, or was marked with findings of an earlier examination."""
    there = returned_of(delivery, language).filter(examined_at=delivery.examined_at).count()
    return there < delivery.files.count()


def return_in_background(*, actor: Actor, delivery_id: int, language: str) -> None:
    """Mark each file of a delivery that waits for it; one that cannot be marked says why, and the others go on."""
    with acting(actor):
        delivery = Delivery.objects.select_related("owner").get(pk=delivery_id)
        waiting = list(returned_of(delivery, language).filter(stored=None, problem=""))
    for returned in waiting:
        try:
            _return(actor, delivery, returned)
        except (OSError, ValueError) as error:
            why = _FAILED.in_(language).format(why=error)
            actions.keep_returned(actor=actor, returned=returned, problem=why)


def _return(actor: Actor, delivery: Delivery, returned: ReturnedFile) -> None:
    with tempfile.TemporaryDirectory(prefix="schakel-") as folder:
        source, out = Path(folder, "sent"), Path(folder, "marked")
        with acting(actor):
            file = DeliveredFile.objects.select_related("stored").get(pk=returned.file_id)
            write_to(file.stored, source)
            found = DeliveryFinding.objects.filter(delivery=delivery, waived=False)
            marks = about(marks_of(found, returned.language), file.name)
            tables = [table for table in load_tables(delivery) if table.file == file.name]
        front = FrontSheet(str(delivery.owner), delivery.period, file.name, returned.language)
        made = marked_copy(source, marks, front, out, tables=tables or None)
        name = returned_name(file.name, returned.language, in_place=made == "copy")
        actions.keep_returned(actor=actor, returned=returned, name=name, content=out, in_place=made == "copy")


def returned_name(name: str, language: str, *, in_place: bool) -> str:
    """What a file is called when it comes back.

    >>> returned_name("projecten.csv", "nl", in_place=False)
    'projecten met bevindingen.xlsx'
    """
    path = PurePath(name)
    return f"{path.stem} {_MARKED.in_(language)}{path.suffix if in_place else '.xlsx'}"
