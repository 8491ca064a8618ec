"""Having the sender's own files marked, and keeping them."""

from __future__ import annotations

from pathlib import Path

from procrastinate.contrib.django import app

from schakel.documents.actions import discard, keep
from schakel.intake.models import Delivery, ReturnedFile
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def ask_returned(*, actor: Actor, delivery: Delivery, language: str) -> None:
    """Have the files of ``delivery`` marked in ``language``; those marked with the findings of now stay as they are."""
    with acting(actor):
        held = Delivery.objects.select_for_update().get(pk=delivery.pk)
        asked = False
        for file in held.files.all():
            made, fresh = ReturnedFile.objects.get_or_create(
                file=file, language=language, defaults={"owner_id": held.owner_id, "examined_at": held.examined_at}
            )
            if fresh or made.examined_at != held.examined_at or made.problem:
                made.former, made.stored = made.stored or made.former, None
                made.examined_at, made.problem = held.examined_at, ""
                made.save()
                asked = True
        if asked:
            note(actor=actor, verb="asked back", kind="delivery", objects=[held.pk])
            job = app.configure_task("intake.return_workbook")
            job.defer(delivery_id=held.pk, language=language, party=actor.owner, person=actor.person)


def keep_returned(
    *,
    actor: Actor,
    returned: ReturnedFile,
    name: str = "",
    content: Path | None = None,
    in_place: bool = False,
    problem: str = "",
) -> None:
    """Keep a marked file, or why there is none; nothing where another examination came in between.

    The copy of before is discarded once the new one is whole; a copy that is whole gives way to no problem.
    """
    with acting(actor):
        held = ReturnedFile.objects.select_for_update().get(pk=returned.pk)
        if held.examined_at != returned.examined_at or (content is None and held.stored_id is not None):
            return
        before: list[int] = []
        if content is not None:
            before = [pk for pk in (held.former_id, held.stored_id) if pk is not None]
            held.stored, held.former = keep(actor=actor, name=name, content=content), None
        held.in_place, held.problem = in_place, problem
        held.save()
        note(actor=actor, verb="gave back", kind="file", objects=[held.file_id])
        for pk in before:
            discard(actor=actor, file_id=pk, overtaken=True)
