"""What is done in an installation of its own, as processes of their own: ``python -m tests.privacy.restoring WHAT``."""

from __future__ import annotations

import sys

import django

django.setup()

from schakel.network.actions import load_network  # noqa: E402 - apps are there from here on
from schakel.register.models import Organisation  # noqa: E402
from schakel.trail.actions import note, seal  # noqa: E402
from schakel.trail.actors import Actor  # noqa: E402
from schakel.trail.queries import first_broken_seal  # noqa: E402
from tests.making import actor_for, acts, organisation  # noqa: E402

from .people import MARKS, NAME, erased, holding  # noqa: E402


def fill() -> None:
    """Two agencies know the same sole trader; one noted a name in its trail."""
    load_network(actor=Actor(party=None, process="test"))
    for slug in ("bom", "nom"):
        with acts(slug) as agency:
            organisation(agency, name=NAME, address=MARKS[1], kvk=MARKS[2], postcode="4818 CL")
            note(actor=actor_for(slug), verb="tried", kind="thing", reason=f"gesproken met {NAME}")
    seal()


def erase() -> None:
    """One of the two erases them."""
    erased("bom")
    seal()


def tell() -> None:
    """What stands, in lines."""
    seal()
    with acts("bom") as agency:
        names = list(Organisation.objects.filter(owner=agency).values_list("name", flat=True))
    sys.stdout.write(
        f"{len(holding(NAME, owner='bom'))} {len(holding(NAME, owner='nom'))} {names} {first_broken_seal()}"
    )


if __name__ == "__main__":
    {"fill": fill, "erase": erase, "tell": tell}[sys.argv[1]]()
