"""Making records for tests, as their owner makes them: through a delivery, inside the walls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from schakel.intake.models import DeliveredRow, DeliveredTable, Delivery
from schakel.intake.records import Record
from schakel.network import actions as network
from schakel.network.models import Party, RoleHeld
from schakel.network.queries import party
from schakel.register.models import Organisation
from schakel.sharing.acting import acting
from schakel.sharing.roles import as_owner
from schakel.trail.actors import Actor

R = TypeVar("R", bound=Record)


def actor_for(slug: str) -> Actor:
    """Somebody who acts for the party called ``slug``."""
    return Actor(party=party(slug).pk, process="test")


@contextmanager
def acts(slug: str) -> Iterator[Party]:
    """What follows is done by somebody of the party called ``slug``."""
    with acting(actor_for(slug)):
        yield party(slug)


def give_role(**said: Any) -> RoleHeld:
    """As the network's own, by an administrator's command: no page gives roles."""
    with as_owner():
        return network.give_role(**{"actor": Actor(party=None, process="test")} | said)


def make(model: type[R], owner: Party, *, number: str, period: int = 2023, **values: Any) -> R:
    """A record of ``owner``, with a delivered row behind it; the owner acts."""
    delivery = Delivery.objects.create(owner=owner, period=period, content_digest="made")
    table = DeliveredTable.objects.create(
        owner=owner, delivery=delivery, kind=model.__name__.lower(), file="made.xlsx", name="Made", form="sheet"
    )
    row = DeliveredRow.objects.create(owner=owner, table=table, row=2, number=number, outcome="new")
    return model._default_manager.create(
        owner=owner, period=period, number=number, delivery=delivery, source=row, **values
    )


def organisation(owner: Party, *, number: str = "R1", name: str = "Zonneveld B.V.", **values: Any) -> Organisation:
    """An organisation that ``owner`` knows."""
    return make(Organisation, owner, number=number, name=name, **{"kind": "company"} | values)
