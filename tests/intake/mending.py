"""A delivery with things to mend, and the people who mend it."""

from __future__ import annotations

from pathlib import Path

from schakel.intake.mending.places import Place
from schakel.intake.models import Caretaker, Delivery, DeliveryFinding
from schakel.network.models import Person
from schakel.network.queries import party
from schakel.trail.actors import Actor
from tests.inbox.people import acts_as, somebody
from tests.intake.delivering import send, write
from tests.making import acts

PROJECTS = (
    "Project;Titel;Start;Omvang;Penvoerder;Samen met\n"
    "P1;Waterstof in de wijk;01-03-2023;n.b.;R1;\n"
    "P2;Slimme kas;31-02-2023;n.b.;R2;\n"
    "P3;Sensoren in de stal;07-09-2023;n.b.;R9;\n"
    "P4;Zout water;08-09-2023;90.000,00;R1;\n"
)
VOLUME = Place("projecten.csv", "projecten", "D")
START = Place("projecten.csv", "projecten", "C", 3)


def volume(row: int) -> Place:
    """The cell with the volume of the project in ``row``."""
    return Place(VOLUME.file, VOLUME.table, VOLUME.column, row)


def faulty(folder: Path, slug: str = "bom", *, period: int = 2023, **tables: str) -> Delivery:
    """A delivery that was checked: three volumes 'n.b.', a day that does not exist, a lead that is nobody."""
    sent = write(folder / f"{slug}{period}", projecten=PROJECTS, **tables)
    return send(slug, sent, period=period, accept=False).delivery


def steward(slug: str = "bom", name: str = "sanne") -> Actor:
    """The steward of an agency."""
    return acts_as(somebody(f"{name}-{slug}", slug, "steward"), slug)


def reader(slug: str = "bom", name: str = "ruben") -> Actor:
    """Somebody at an agency who only looks."""
    return acts_as(somebody(f"{name}-{slug}", slug, "reader"), slug)


def caretaker(kind: str, slug: str = "bom", name: str = "carla") -> Actor:
    """A reader who takes care of a kind."""
    found = reader(slug, name)
    with acts(slug):
        Caretaker.objects.create(owner=party(slug), kind=kind, person_id=found.person)
    return found


def person(actor: Actor) -> Person:
    """Who acts."""
    return Person.objects.get(pk=actor.person)


def finding(delivery: Delivery, **asked: object) -> DeliveryFinding:
    """A finding of a delivery; the owner acts."""
    found = DeliveryFinding.objects.filter(delivery=delivery, **asked).order_by("pk").first()
    assert found is not None
    return found
