"""What is written in the trail of signing in: who and by what kind of means, never an address, a code or a place."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from schakel.network.models import Person
from schakel.network.queries import roles_of
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def told(person: Person, verb: str, **detail: Any) -> None:  # noqa: ANN401 - as JSON carries it
    """Write down what a person did to how they sign in; no party owns that.

    A line for each party for which the person may act now, that reads it: its administrator sees to its people.
    """
    told_by(Actor(party=None, person=person.pk), person, verb, **detail)


def told_by(actor: Actor, person: Person, verb: str, **detail: Any) -> None:  # noqa: ANN401 - as JSON carries it
    """As `told`, of what somebody else did to how a person signs in."""
    parties = sorted({held.party_id for held in roles_of(person.pk)})
    for concerned in parties or (None,):
        note(actor=actor, verb=verb, kind="person", objects=[person.pk], concerns=concerned, **detail)


def signed_in(request: HttpRequest) -> Person:
    """Who is signed in. Raises PermissionDenied for nobody, whom the view sent to the page of signing in already."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user
