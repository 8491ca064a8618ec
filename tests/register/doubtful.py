"""An agency with pairs of records of which it is not sure, for tests in a browser."""

from __future__ import annotations

import json

from schakel.network.actions import give_role
from schakel.network.queries import party
from schakel.register.matching import Model
from schakel.register.models import LinkingModel, Organisation, Proposal, ProposalGround
from schakel.sharing.roles import LINKER, database_role
from schakel.trail.actors import Actor

from .reviewing import doubted, entry, known, take_part

AGENCY, OTHER, YEAR = "impuls-zeeland", "nom", 2016  # a year that no other story looks at
PEOPLE = {
    "reviewer": (AGENCY, "steward"),
    "reviewer-two": (AGENCY, "steward"),
    "identity": ("rom-nederland", "identity-steward"),
}
# Two ways in which one company, or two, may be written.
PAIRS = (
    ({"name": "Zilte Teelt B.V.", "city": "Goes"}, {"name": "Zilte Teelten BV", "city": "Goes"}),
    (
        {"name": "Schelde Offshore Service", "city": "Vlissingen"},
        {"name": "Schelde Off-shore Services B.V.", "city": "Ritthem"},
    ),
    ({"name": "Bakkerij De Meeuw", "city": "Veere"}, {"name": "De Meeuw Beheer B.V.", "city": "Veere"}),
    ({"name": "Oesterbank Yerseke", "city": "Yerseke"}, {"name": "Oesterbanken Yerseke VOF", "city": "Yerseke"}),
    ({"name": "Deltawind Zeeland", "city": "Middelburg"}, {"name": "Delta Wind Zeeland U.A.", "city": "Middelburg"}),
    ({"name": "Kreukelmar", "city": "Tholen"}, {"name": "Kreukelmare B.V.", "city": "Tholen"}),
)
_NUMBERS = {"kvk": "87654321", "postcode": "4461AA", "address": "Kade 12", "website": "https://www.zilteteelt.example"}


def propose_own(one: Organisation, other: Organisation) -> None:
    """Have it proposed that two records of an agency, which stand as two, are one."""
    ends = {"kind_a": "organisation", "record_a": one.pk, "kind_b": "organisation", "record_b": other.pk}
    sides = [[["organisation", each.pk]] for each in (one, other)]
    owners = [one.owner_id]
    with database_role(LINKER):
        made = Proposal.objects.create(
            thing="organisation",
            verb="merge",
            identity_id=1,
            other_id=2,
            owners=owners,
            sides=sides,
            rule="likeness",
            **ends,
        )
        cards = [{"owner": one.owner_id, "says": {}}] * 2
        ProposalGround.objects.create(proposal=made, owners=owners, cards=cards)


def fill_doubtful(password: str) -> None:
    """Make the pairs: some of one's own, one with the register, one with another agency under the agreement."""
    take_part(AGENCY, OTHER)
    with database_role(LINKER):
        LinkingModel.objects.get_or_create(version="2026-11", defaults={"weights": json.loads(Model().to_json())})
    for at, (one, other) in enumerate(PAIRS):
        extra = _NUMBERS | {"kvk": "87654312"} if at == 0 else {}
        first = known(AGENCY, f"Z{at}a", period=YEAR, **one, **(_NUMBERS if at == 0 else {}))
        second = known(AGENCY, f"Z{at}b", period=YEAR, **other, **extra)
        codes = ["clashing-numbers", "other-name"] if at == 0 else ["other-place"]
        doubted(first, second, gain=5000 - 10 * at, reasons=codes)
    mine = known(AGENCY, "Z90", period=YEAR, name="Zeeuws Licht B.V.", city="Hulst", kvk="45612378")
    theirs = known(OTHER, "N90", period=YEAR, name="Zeeuwslicht", city="Hulst", website="https://zeeuwslicht.example")
    doubted(mine, theirs, gain=2000, reasons=["other-place", "near-tie"])
    published = entry(
        name="Zeeuws Licht Holding B.V.", kvk="45612379", city="Hulst", trade_names=["Zeeuws Licht"], period=YEAR
    )
    doubted(mine, published, gain=1000, reasons=["sister-number"])
    propose_own(first, second)
    for name, (slug, role) in PEOPLE.items():
        give_role(
            actor=Actor(party=None, process="test"),
            email=f"{name}@example.org",
            name=name.capitalize(),
            party=party(slug),
            role=role,
            password=password,
        )
