"""Fills the site of the browser tests, in a process of its own: `python -m tests.e2e.filling rest|people|inbox`."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from schakel.network.models import Party

PASSWORD = "a-long-enough-word"
SIGNED = 2019  # the year that is certified in the browser
TYPED = 2018  # the year for which a record is typed in the browser
ENTERED = 2017  # the year for which an organisation is typed that is known already
PEOPLE = {
    "steward": ("bom", "steward"),
    "reader": ("oost-nl", "reader"),
    "secretariat": ("rom-nederland", "secretary"),
    "province": ("provincie-utrecht", "reader"),
    "ministry": ("ministerie-ez", "reader"),
}


def faulty(year: int) -> dict[str, str]:
    """The usual tables for ``year``, with a project that has a negative volume and a lead that is nobody."""
    from tests.intake.delivering import TABLES

    tables = {name: text.replace("2023", str(year)) for name, text in TABLES.items()}
    tables["projecten"] += f"P2;Slimme kas;01-05-{year};-5,00;R9;\n"
    return tables


def _somebody(address: str, name: str, at: Party, role: str) -> None:
    """Somebody who can sign in, and acts in a role at a party."""
    from schakel.network.actions import give_role
    from schakel.trail.actors import Actor

    give_role(
        actor=Actor(party=None, process="test"),
        email=f"{address}@example.org",
        name=name,
        party=at,
        role=role,
        password=PASSWORD,
    )


def _rest() -> None:
    from schakel.intake.actions import open_year
    from schakel.intake.models import Delivery
    from schakel.intake.receipts import make_receipt
    from schakel.network.actions import give_role
    from schakel.network.models import Party
    from schakel.network.queries import party
    from schakel.register.actions import link
    from schakel.search.actions import index_all
    from schakel.sharing.roles import LINKER, WORKER, database_role
    from schakel.trail.actors import Actor
    from tests.e2e.publishing import publish
    from tests.intake.delivering import send, write
    from tests.making import actor_for

    with tempfile.TemporaryDirectory() as folder:
        for slug, year in (("bom", 2022), ("oost-nl", 2022), ("oost-nl", 2023)):
            tables = faulty(year)
            if slug == "oost-nl":
                tables["projecten"] += f"P3;Sensoren in de stal;07-09-{year};90.000,00;R2;\n"
            send(slug, write(Path(folder, f"{slug}{year}"), **tables), period=year)
    open_year(actor=actor_for("rom-nederland"), period=2023, due=dt.date(2100, 3, 31))
    for delivery in Delivery.objects.select_related("owner"):
        make_receipt(actor=actor_for(delivery.owner.slug), delivery_id=delivery.pk)
    _waiting(send("bom", _changed(Path(tempfile.mkdtemp())), period=2022, accept=False).delivery.pk)
    with database_role(LINKER):
        link()
    publish()
    with database_role(WORKER):
        list(index_all(process="test", parties=Party.objects.all()))
    for name, (slug, role) in PEOPLE.items():
        give_role(
            actor=Actor(party=None, process="test"),
            email=f"{name}@example.org",
            name=name.capitalize(),
            party=party(slug),
            role=role,
            password=PASSWORD,
        )


def _changed(folder: Path) -> Path:
    """The tables of 2022 once more: a project that changed, one that is new, an investment that is gone."""
    from tests.intake.delivering import write

    tables = faulty(2022)
    tables["projecten"] = tables["projecten"].replace("250.000,00", "275.000,00").replace("-5,00", "5.000,00")
    tables["projecten"] += "P4;Zilte teelt;12-05-2022;80.000,00;R2;\n"
    tables["investeringen"] = tables["investeringen"].replace("I1;", "I8;") + "I9;R1;31-02-2022;5.000,00;seed\n"
    return write(folder / "changed", **tables)


def _waiting(delivery_id: int) -> None:
    """Have a delivery compared with what stands, as the worker does."""
    from schakel.intake.delivering import examine_in_background
    from schakel.sharing.roles import WORKER, database_role
    from tests.making import actor_for

    with database_role(WORKER):
        examine_in_background(actor=actor_for("bom"), delivery_id=delivery_id)


def _mapping() -> None:
    """A first delivery of an agency that has no mapping yet, and its steward; nothing of it is accepted."""
    from schakel.intake.delivering import deliver
    from schakel.network.actions import give_role
    from schakel.network.queries import party
    from schakel.sharing.roles import WORKER, database_role
    from schakel.trail.actors import Actor
    from tests.intake.delivering import TABLES, write
    from tests.making import actor_for

    changed = {
        "investeringen": TABLES["investeringen"].replace(";Nr;", ";Relatienummer;"),
        "deelnemers": TABLES["deelnemers"].replace(";partner", ";toeschouwer"),
        "notities": "Kleur;Betekenis\nrood;stop\ngroen;ga\n",
    }
    with tempfile.TemporaryDirectory() as folder, database_role(WORKER):
        zeeland = party("impuls-zeeland")
        sent = write(Path(folder, "zeeland"), **changed)
        deliver(actor=actor_for(zeeland.slug), party=zeeland, period=2023, paths=[sent], accept=False)
    give_role(
        actor=Actor(party=None, process="test"),
        email="mapper@example.org",
        name="Mapper",
        party=zeeland,
        role="steward",
        password=PASSWORD,
    )


def _signing() -> None:
    """A year of NOM that was accepted and waits for a signature, in a year that no other story looks at; who signs."""
    from schakel.network.queries import party
    from tests.intake.delivering import TABLES, send, write

    tables = {name: text.replace("2023", str(SIGNED)) for name, text in TABLES.items()}
    with tempfile.TemporaryDirectory() as folder:
        send("nom", write(Path(folder, "nom"), **tables), period=SIGNED)
    _somebody("signer", "Signer", party("nom"), "steward")


def _typing() -> None:
    """More organisations of NOM than a list shows, in a year that no other story looks at; who types a record there."""
    from schakel.network.queries import party
    from tests.intake.delivering import TABLES, send, write

    tables = {name: text.replace("2023", str(TYPED)) for name, text in TABLES.items()}
    tables["relaties"] += "".join(f"M{n};Molen {n} B.V.;;9711AA;bedrijf\n" for n in range(40))
    with tempfile.TemporaryDirectory() as folder:
        send("nom", write(Path(folder, "nom"), **tables), period=TYPED)
    _somebody("typist", "Typist", party("nom"), "steward")


def _entering() -> None:
    """A register of three, an organisation of LIOF that is like one of them, and who types another."""
    import polars as pl

    from schakel.network.actions import give_role
    from schakel.register.actions import know, load_register
    from schakel.sharing.roles import WORKER, database_role
    from schakel.trail.actors import Actor
    from tests.making import actor_for, acts, organisation

    wiek = {"kvk": "71234567", "name": "Molenwiek Energie B.V.", "trade_names": "Wiekkracht", "merged_into": None}
    wiek |= {"straat": "Molenweg", "huisnummer": "12", "postcode": "6211AB", "plaats": "Maastricht", "rechtsvorm": "BV"}
    gone = {"kvk": "71234568", "name": "Oude Wiek B.V.", "merged_into": "71234567"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "register.csv")
        pl.DataFrame([wiek, gone, {"kvk": "71234569", "name": "Stichting Zilt"}]).write_csv(path)
        load_register(
            actor=Actor(party=None, process="test"), path=path, source="KvK", reference_date=dt.date(2024, 1, 1)
        )
    with acts("liof") as liof:
        organisation(liof, number="L1", name="Molenwiek Energie Noord", city="Maastricht", period=ENTERED)
    with database_role(WORKER):
        know(actor=actor_for("liof"))
    give_role(
        actor=Actor(party=None, process="test"),
        email="enterer@example.org",
        name="Enterer",
        party=liof,
        role="steward",
        password=PASSWORD,
    )


def _newcomer() -> None:
    """A steward of an agency that has never delivered and has no mapping; each time of another one. Prints who."""
    from schakel.network.actions import give_role
    from schakel.network.models import Person
    from schakel.network.queries import party
    from schakel.trail.actors import Actor

    agencies = ("liof", "rom-inwest", "rom-utrecht-region", "horizon-flevoland", "innovationquarter")
    known = Person.objects.filter(email__startswith="newcomer-").count()
    name = f"newcomer-{known + 1}"
    give_role(
        actor=Actor(party=None, process="test"),
        email=f"{name}@example.org",
        name=f"Newcomer {known + 1}",
        party=party(agencies[known]),
        role="steward",
        password=PASSWORD,
    )
    sys.stdout.write(f"{name}\n")


def _checked() -> None:
    """A delivery of NOM that was checked and waits for somebody to mend it; each time another one. Prints its id."""
    from schakel.intake.models import Delivery
    from schakel.network.queries import party
    from tests.intake.delivering import TABLES, send, write
    from tests.intake.mending import PROJECTS

    _somebody("mender", "Mender", party("nom"), "steward")
    relations = f"{TABLES['relaties']}R{100 + Delivery.objects.count()};Buurman B.V.;;9711AA;bedrijf\n"
    with tempfile.TemporaryDirectory() as folder:
        sent = write(Path(folder, "nom"), projecten=PROJECTS, relaties=relations)
        sys.stdout.write(f"{send('nom', sent, accept=False).delivery.pk}\n")


def _embargoed() -> None:
    from tests.e2e.publishing import deliver_embargoed

    deliver_embargoed()


def _revised() -> None:
    from tests.e2e.revising import publish_and_revise

    publish_and_revise()


def _auditing() -> None:
    """An auditor's office with mandates of BOM and of the secretariat for a published year, and who works there."""
    from schakel.sharing.roles import WORKER, database_role
    from tests.sharing.mandates import mandate, office

    with database_role(WORKER):
        for giver in ("bom", "rom-nederland"):
            mandate(giver, years=(2022, 2023))
    _somebody("auditor", "Auditor", office(), "auditor")


def _agreeing() -> None:
    """A steward of NOM, with whom BOM agrees."""
    from schakel.network.queries import party

    _somebody("northern", "Noorder", party("nom"), "steward")


def _logbook() -> None:
    """An administrator of Oost NL, and one of NOM to whom it shows its projects; a value of one is overridden.

    Of one that no other story reads, as the site is that of all stories of a worker.
    """
    from schakel.innovate.models import InnovationProject
    from schakel.intake.actions import override_value
    from schakel.network.models import Person
    from schakel.network.queries import party
    from schakel.sharing.agreements import Opened
    from schakel.sharing.models import Depth
    from schakel.trail.actors import Actor
    from tests.making import acts
    from tests.sharing.agreeing import agreement

    _somebody("keeper", "Karin van Beheer", party("oost-nl"), "party-administrator")
    _somebody("onlooker", "Onno uit het Noorden", party("nom"), "reader")
    agreement("oost-nl", ("nom",), Opened("project", Depth.FULL))
    with acts("oost-nl") as oost:
        number = InnovationProject.objects.get(owner=oost, number="P3", period=2023).pk
    keeper = Person.objects.get(email="keeper@example.org").pk
    actor = Actor(party=oost.pk, person=keeper)
    said = {"field": "volume", "text": "95.000,00", "reason": "Volgens de beschikking"}
    override_value(actor=actor, kind="project", record_id=number, **said)


def _inbox() -> None:
    from tests.inbox.filling import fill_inbox

    fill_inbox(PASSWORD)


def _people() -> None:
    """The administrator of BOM, and a steward beside whom others come and go."""
    from schakel.network.actions import give_role
    from schakel.network.queries import party
    from schakel.trail.actors import Actor

    for name, role in (("beheer", "party-administrator"), ("bert", "steward")):
        give_role(
            actor=Actor(party=None, process="test"),
            email=f"{name}@example.org",
            name=name.capitalize(),
            party=party("bom"),
            role=role,
            password=PASSWORD,
        )


def _work_for_noor() -> None:
    """Something that waits for Noor in person."""
    from schakel.inbox.actions import put
    from schakel.network.models import Person
    from schakel.network.queries import party
    from schakel.trail.actors import Actor
    from schakel.words import Words

    bom = party("bom")
    put(
        actor=Actor(party=bom.pk, process="test"),
        party=bom.pk,
        key="call",
        title=Words("Bel de penvoerder terug", "Call the lead back"),
        url="/aanleveringen/",
        person=Person.objects.get(email="noor@example.org").pk,
        by_hand=True,
    )


def _sole_trader() -> None:
    """BOM knows somebody who is an organisation."""
    from tests.making import acts, organisation

    with acts("bom") as agency:
        organisation(agency, name="Jantje van der Wal", address="Kastanjelaan 12", postcode="4818 CL", city="Breda")


def _reviewing() -> None:
    """Pairs of Impuls Zeeland that are doubtful, two who judge them, and the network's identity steward."""
    from tests.register.doubtful import fill_doubtful

    fill_doubtful(PASSWORD)


if __name__ == "__main__":
    django.setup()
    {
        "rest": _rest,
        "mapping": _mapping,
        "inbox": _inbox,
        "people": _people,
        "sole-trader": _sole_trader,
        "work-for-noor": _work_for_noor,
        "reviewing": _reviewing,
        "auditing": _auditing,
        "embargoed": _embargoed,
        "revised": _revised,
        "checked": _checked,
        "newcomer": _newcomer,
        "signing": _signing,
        "typing": _typing,
        "entering": _entering,
        "agreeing": _agreeing,
        "logbook": _logbook,
    }[sys.argv[1]]()
