"""Views of the explorer that people keep, and figures that they take along.

Invariant: a kept view is a question and never an answer; it is its maker's alone until it is shared with the network.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schakel.figures.exploring.asked import Asked
from schakel.figures.models import SavedView
from schakel.network.queries import is_auditor
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor

MOST_VIEWS = 200
_LONGEST_NAME = 120


class ViewRefusedError(ValueError):
    """A view cannot be kept so; says why."""


def keep_view(*, actor: Actor, name: str, asked: Asked, shared: bool = False) -> SavedView:
    """Keep a question under a name of one's own. Raises ViewRefusedError for a taken name, no question, an auditor."""
    with _names_once(), acting(actor):
        _must_not_audit(actor)
        if not asked.indicators:
            raise ViewRefusedError(_("Choose an indicator first; a view without one asks nothing."))
        called = _name(actor, name)
        if _own(actor).count() >= MOST_VIEWS:
            raise ViewRefusedError(_("You keep %(count)s views already; take one away first.") % {"count": MOST_VIEWS})
        made = SavedView.objects.create(
            owner_id=actor.owner, person_id=_person(actor), name=called, query=asked.query(), shared=shared
        )
        note(actor=actor, verb="kept", kind="saved view", objects=[made.pk], shared=shared)
    return made


def change_view(*, actor: Actor, view: SavedView, name: str, shared: bool) -> SavedView:
    """Give one's own view another name, or share it with the network or no longer. Raises ViewRefusedError."""
    with _names_once(), acting(actor):
        _must_not_audit(actor)
        held = _mine(actor, view)
        held.name, held.shared = _name(actor, name, but=held.pk), shared
        held.save(update_fields=["name", "shared", "saved_at"])
        note(actor=actor, verb="changed", kind="saved view", objects=[held.pk], shared=shared)
    return held


def drop_view(*, actor: Actor, view: SavedView) -> None:
    """Take one's own view away. Raises ViewRefusedError for another's."""
    with acting(actor):
        held = _mine(actor, view)
        note(actor=actor, verb="removed", kind="saved view", objects=[held.pk])
        held.delete()


def note_export(*, actor: Actor, form: str, asked: Asked, cells: int) -> None:
    """Write down that somebody took figures along: which, in what form, and how many cells."""
    with acting(actor):
        note(actor=actor, verb="exported", kind="figures", form=form, query=asked.query(), cells=cells)


def _must_not_audit(actor: Actor) -> None:
    """An auditor changes nothing but its own conclusions."""
    if is_auditor(actor.owner):
        raise ViewRefusedError(_("An auditor keeps no views; the address of this page asks the same again."))


@contextmanager
def _names_once() -> Iterator[None]:
    """A name that was taken meanwhile, or for another organisation of the same person, is refused like any other."""
    try:
        yield
    except IntegrityError as error:
        raise ViewRefusedError(_("You keep a view of this name already.")) from error


def _mine(actor: Actor, view: SavedView) -> SavedView:
    found = _own(actor).filter(pk=view.pk).select_for_update().first()
    if found is None:
        raise ViewRefusedError(_("This view is somebody else's; keep one of your own from it."))
    return found


def _own(actor: Actor) -> QuerySet[SavedView]:
    return SavedView.objects.filter(owner_id=actor.owner, person_id=_person(actor))


def _person(actor: Actor) -> int:
    if actor.person is None:
        raise ViewRefusedError(_("Only a person keeps views."))
    return actor.person


def _name(actor: Actor, name: str, but: int = 0) -> str:
    called = " ".join(name.split())
    if not called or len(called) > _LONGEST_NAME:
        raise ViewRefusedError(_("Give the view a name of at most %(count)s characters.") % {"count": _LONGEST_NAME})
    if SavedView.objects.filter(person_id=_person(actor), name=called).exclude(pk=but).exists():
        raise ViewRefusedError(_("You keep a view of this name already."))
    return called
