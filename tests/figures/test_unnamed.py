"""Figures of a network in which agencies show no names: the same as when all of them do, and bounds around doubt."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction

from schakel.figures.catalogue import catalogue
from schakel.invest.models import Fund, Investment
from schakel.register.models import Organisation
from tests.making import acts, make
from tests.register.unnamed import LOOP, ZON, Client, as_other, begun, deliver, identity_of, linked

from .joined_here import Key, Value, counted_now, figures
from .test_bounds import asked

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 3, 1)
MOLEN = Client("R3", "Molenbrug Techniek B.V.", "11223344", "9711AB", "Groningen")
# Who knows whom, under numbers of its own; the same companies are told with other words.
KNOWN: dict[str, tuple[Client, ...]] = {
    "bom": (ZON, LOOP),
    "nom": (as_other(ZON, "N1", name="Zonneveld Energie"), as_other(MOLEN, "N2", kvk="")),
    "liof": (as_other(LOOP, "L1", name="AGROLOOP BV"), as_other(MOLEN, "L2"), Client("L3", "Vonk Glas V.O.F.")),
    "oost-nl": (as_other(ZON, "O1", kvk="", city="Breda"),),
}


def invested(slug: str, number: str, amount: int) -> None:
    """An agency invests in what it knows by a number, in a year's time the more the later."""
    with acts(slug) as owner:
        company = Organisation.objects.get(owner=owner, number=number, period=2023)
        fund = make(Fund, owner, number=f"F{number}", name="Fonds", capital=1)
        values = {"fund": fund, "organisation": company, "date": DAY, "amount": amount, "round_size": 500}
        make(Investment, owner, number=f"I{number}", type="first", stage="seed", **values)


def network(folder: Path, unnamed: tuple[str, ...]) -> dict[str, dict[Key, Value]]:
    """All figures, the network's and each agency's, where the agencies ``unnamed`` show no names."""
    folder.mkdir()
    if unnamed:
        begun()
    for slug, clients in KNOWN.items():
        deliver(folder, slug, *clients, named=slug not in unnamed)
        for at, client in enumerate(clients, start=1):
            invested(slug, client.number, 100 * at)
    linked()
    return {slug: figures(slug) for slug in ("", *KNOWN)}


def undone(folder: Path, unnamed: tuple[str, ...]) -> dict[str, dict[Key, Value]]:
    """As `network`, and nothing of it stays."""
    with transaction.atomic():
        found = network(folder, unnamed)
        transaction.set_rollback(True)
    return found


def test_figures_are_those_of_the_same_network_with_names(tmp_path: Path) -> None:
    named = undone(tmp_path / "named", ())
    assert named[""]["companies_invested_in", 2023] == Decimal(4)
    for number, unnamed in enumerate([("nom",), ("bom", "liof"), ("bom", "nom", "liof", "oost-nl")]):
        assert undone(tmp_path / f"codes{number}", unnamed) == named, unnamed


def test_what_codes_leave_in_doubt_lies_within_the_bounds(tmp_path: Path) -> None:
    begun()
    for slug, client, named in (
        ("bom", ZON, True),
        ("nom", as_other(ZON, "N1", kvk="", name="Zonnevelt Energie"), False),
    ):
        deliver(tmp_path, slug, client, named=named)
        invested(slug, client.number, 100)
    linked()
    with counted_now() as extract:
        told = asked(extract, catalogue()["companies_invested_in"])["total"]
    assert (told["value"], told["low"], told["high"]) == ("1", "1", "2")
    assert identity_of("bom", "R1") == identity_of("nom", "N1")
