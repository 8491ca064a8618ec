"""What became of somebody at a party: roles given and taken, and how they signed in."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schakel.network.models import Party, Person, Role
from schakel.sharing.logbook.history import Changed, Step, history, lines_of
from schakel.sharing.logbook.telling import Told, told, who, why
from schakel.sharing.requests import PartyRequest
from schakel.trail.models import Entry


def person_history(request: PartyRequest, at: Party, person: Person) -> SafeString:
    """A part of the page of a person at a party that the reader administers."""
    acts, _sights = lines_of("person", person.pk)
    lines = told([line for line in acts if _of(line, at)])
    party = request.actor.owner
    steps = [Step(one.line.at, who(one, party), one.verb, tuple(_changed(one)), why(one)) for one in lines]
    return history(request, kind="person", number=person.pk, steps=steps, sights=None)


def _of(line: Entry, at: Party) -> bool:
    """Whether a line is of a person's time at this party; one that names no party is of all."""
    return bool(line.detail.get("party", at.pk) == at.pk)


def _changed(one: Told) -> Iterator[Changed]:
    role = one.line.detail.get("role", "")
    if role not in Role.values:
        return
    label = str(Role(role).label)
    if one.line.verb == "gave role":
        yield Changed(_("Role"), "", label)
    elif one.line.verb == "took role":
        yield Changed(_("Role"), label, "")
