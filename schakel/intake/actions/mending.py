"""Mending what was sent, on top of the file: edits of cells, undone and done again, and taken to the next delivery.

Invariant: an edit is made only on a cell that says what its maker saw.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.intake.actions.receiving import ask_examination
from schakel.intake.actions.refusing import DeliveryRefused
from schakel.intake.mending import places, rights, taking
from schakel.intake.mending.layout import Layout, cell_type, layout_of
from schakel.intake.mending.places import CellNow, Place
from schakel.intake.mending.typed import typed, written
from schakel.intake.models import Delivery, DeliveryState, Edit, ReadTable
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.web.formats import moment_long

_OPEN = (DeliveryState.RECEIVED, DeliveryState.CHECKED, DeliveryState.FAILED)


class StaleEdit(DeliveryRefused):
    """Somebody changed the cell meanwhile; the message says who, and what it says now."""


def edit_cell(*, actor: Actor, delivery: Delivery, place: Place, before: str, after: str, carry: bool = False) -> Edit:
    """Make the cell at ``place``, which the actor saw say ``before``, say ``after`` as a person types it.

    ``carry``: make it so in the next delivery too. Raises StaleEdit where it says something else by now,
    DeliveryRefused, PermissionDenied.
    """
    with acting(actor):
        held, kept, edits, layout = _opened(actor, delivery, place)
        now = places.cell_now(kept, place, edits)
        if now is None:
            raise DeliveryRefused(_("There is no such cell in this delivery."))
        if now.text != before:
            raise StaleEdit(_told(now))
        text, kind = typed(after, cell_type(kept, layout, place.column))
        _must_differ((now.text, now.kind), (text, kind))
        _must_be_found_again(carry=carry, row=place.row, before=before, header=layout.headers.get(place.column, ""))
        return _made(actor, held, place, layout, before=before, after=text, after_type=kind, cells=1, carry=carry)


def edit_alike(*, actor: Actor, delivery: Delivery, place: Place, before: str, after: str, carry: bool = False) -> Edit:
    """Make all cells of a column that say ``before`` say ``after``; the rows of its header and above stay.

    Raises StaleEdit where no cell says so any more, DeliveryRefused, PermissionDenied.
    """
    with acting(actor):
        held, kept, edits, layout = _opened(actor, delivery, place)
        found = places.alike(kept, place.column, before, edits, layout.header_row)
        if found.is_empty():
            raise StaleEdit(_told_of_all(edits, place, before))
        text, kind = typed(after, cell_type(kept, layout, place.column))
        if text == before and (found["type"] == kind).all():
            raise DeliveryRefused(_nothing_changes())
        whole = Place(place.file, place.table, place.column)
        _must_be_found_again(carry=carry, row=None, before=before, header=layout.headers.get(place.column, ""))
        count = found.height
        return _made(actor, held, whole, layout, before=before, after=text, after_type=kind, cells=count, carry=carry)


def undo_edit(*, actor: Actor, edit: Edit) -> Edit:
    """Have an edit not hold: the tables become as if it had never been. Undone already, it stays so."""
    with acting(actor):
        held = _held(actor, edit)
        if held.undone_at is None:
            held.undone_at, held.undone_by_id = timezone.now(), actor.person
            held.save(update_fields=["undone_at", "undone_by"])
            note(actor=actor, verb="undid edit", kind="delivery", objects=[held.delivery_id], edit=held.pk)
            ask_examination(actor=actor, delivery=held.delivery)
    return held


def redo_edit(*, actor: Actor, edit: Edit) -> Edit:
    """Have an undone edit hold again, in its old place among the others."""
    with acting(actor):
        held = _held(actor, edit)
        if held.undone_at is not None:
            held.undone_at = held.undone_by = None
            held.save(update_fields=["undone_at", "undone_by"])
            note(actor=actor, verb="redid edit", kind="delivery", objects=[held.delivery_id], edit=held.pk)
            ask_examination(actor=actor, delivery=held.delivery)
    return held


def carry_edit(*, actor: Actor, edit: Edit, carry: bool) -> Edit:
    """Say whether an edit is to be taken to the next delivery; also once its own delivery was accepted.

    Raises DeliveryRefused for an edit that cannot be found again there, PermissionDenied.
    """
    with acting(actor):
        held = Edit.objects.select_for_update(of=("self",)).select_related("delivery").get(pk=edit.pk)
        _must_mend(actor, held.delivery, Place(held.file, held.table, held.column))
        _must_be_found_again(carry=carry, row=held.row, before=held.before, header=held.header)
        held.carry = carry
        held.save(update_fields=["carry"])
        note(actor=actor, verb="set to carry", kind="delivery", objects=[held.delivery_id], edit=held.pk, carry=carry)
    return held


def take_along(*, actor: Actor, delivery: Delivery) -> int:
    """Apply to a delivery that was read for the first time what is to be taken along from those before it.

    Edits are found again by table, header and the value that was mended; waivers by check and value. Returns how many
    edits and waivers were taken; once taken, nothing is taken again.
    """
    with acting(actor):
        if delivery.edits.exists() or delivery.waivers.exists():
            return 0
        edits = taking.edits_for(delivery)
        waivers = taking.waivers_for(delivery)
        for edit in edits:
            edit.made_by_id = actor.person
            edit.save()
        for waiver in waivers:
            waiver.made_by_id = actor.person
            waiver.save()
        if count := len(edits) + len(waivers):
            note(actor=actor, verb="took along", kind="delivery", objects=[delivery.pk], count=count)
        return count


def _opened(actor: Actor, delivery: Delivery, place: Place) -> tuple[Delivery, ReadTable, list[Edit], Layout]:
    """The delivery, held until the transaction ends, and what is known of the table; refused where it is past that.

    The examination that runs now says so in the same row: what is edited after it began is seen by the next one.
    """
    held = _open(delivery)
    kept = places.kept_table(held, place.file, place.table)
    if kept is None or place.column not in kept.columns:
        raise DeliveryRefused(_("There is no such cell in this delivery."))
    edits = places.edits_of(held, place.file, place.table)
    layout = layout_of(held, kept, edits)
    rights.must_mend(actor, held, layout.kinds, rights.checks_at(held, place.table, place.column))
    return held, kept, edits, layout


def _open(delivery: Delivery) -> Delivery:
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if held.state not in _OPEN:
        words = {"state": held.get_state_display()}
        raise DeliveryRefused(_("This delivery is %(state)s; deliver again to change what stands.") % words)
    return held


def _held(actor: Actor, edit: Edit) -> Edit:
    _open(edit.delivery)
    held = Edit.objects.select_for_update(of=("self",)).select_related("delivery").get(pk=edit.pk)
    _must_mend(actor, held.delivery, Place(held.file, held.table, held.column))
    return held


def _must_mend(actor: Actor, delivery: Delivery, place: Place) -> None:
    kept = places.kept_table(delivery, place.file, place.table)
    edits = places.edits_of(delivery, place.file, place.table)
    kinds = layout_of(delivery, kept, edits).kinds if kept else ()
    rights.must_mend(actor, delivery, kinds, rights.checks_at(delivery, place.table, place.column))


def _made(
    actor: Actor,
    delivery: Delivery,
    place: Place,
    layout: Layout,
    *,
    before: str,
    after: str,
    after_type: str,
    cells: int,
    carry: bool,
) -> Edit:
    made = Edit.objects.create(
        owner_id=delivery.owner_id,
        delivery=delivery,
        file=place.file,
        table=place.table,
        column=place.column,
        header=layout.headers.get(place.column, ""),
        row=place.row,
        before=before,
        after=after,
        after_type=after_type,
        below=layout.header_row if place.row is None else 0,
        cells=cells,
        carry=carry,
        made_by_id=actor.person,
    )
    note(actor=actor, verb="edited", kind="delivery", objects=[delivery.pk], edit=made.pk, cells=cells)
    ask_examination(actor=actor, delivery=delivery)
    return made


def _must_differ(now: tuple[str, str], then: tuple[str, str]) -> None:
    if now == then:
        raise DeliveryRefused(_nothing_changes())


def _nothing_changes() -> str:
    return _("This is what it says already; enter another value.")


def _must_be_found_again(*, carry: bool, row: int | None, before: str, header: str) -> None:
    if carry and row is not None and not before:
        raise DeliveryRefused(_("An empty cell cannot be found again in the next delivery; mend this one only here."))
    if carry and not header:
        raise DeliveryRefused(_("A column without a header cannot be found again in the next delivery."))


def _told(now: CellNow) -> str:
    """Who made a cell say what it says now."""
    says = written(now.text, now.kind) or _("nothing")
    if now.by is None:
        return _("This cell says '%(says)s'; look at it again before you change it.") % {"says": says}
    words = {"says": says, "person": now.by.made_by or _("Schakel"), "moment": moment_long(now.by.made_at)}
    return _("%(person)s changed this cell on %(moment)s; it says '%(says)s' now. Look at it again.") % words


def _told_of_all(edits: list[Edit], place: Place, before: str) -> str:
    """Who changed the cells of a column that said ``before``, if that was one edit."""
    by = [edit for edit in edits if edit.column == place.column and edit.before == before]
    if not by:
        return _("No cell of this column says that; look at it again.")
    words = {"person": by[-1].made_by or _("Schakel"), "moment": moment_long(by[-1].made_at)}
    return _("%(person)s changed these cells on %(moment)s; none says that any more.") % words
