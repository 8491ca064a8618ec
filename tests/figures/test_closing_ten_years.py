"""Ten years: closings made yearly while records, identities and two definitions change; in the end every one verifies.

BOM and NOM invest in the same companies. NOM knows them at another address until it fills in their numbers, years
later; what was delivered is corrected, comes late, and is withdrawn; joining merges, and a person takes apart what is
not one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from schakel.figures.actions.closing import closing_made, order_closing
from schakel.figures.closing import making
from schakel.figures.closing.carrying import write_out
from schakel.figures.closing.explaining import explain
from schakel.figures.closing.kept import files_of, open_closing
from schakel.figures.closing.making import close_year
from schakel.figures.models import Closing
from schakel.intake.actions import settle_vanished
from schakel.network.queries import party
from schakel.register.actions import link
from schakel.register.models import IdentityMember, Judgement, Organisation
from schakel.sharing.acting import acting
from schakel.sharing.models import IdentityReview
from schakel.sharing.roles import COUNTER, LINKER, WORKER, database_role
from tests.conftest import ROOT
from tests.inbox.people import of
from tests.intake.delivering import send, write

from .closings import COMPANIES, COVERAGE, INVESTED, PROJECTS, SEED, definitions

pytestmark = pytest.mark.django_db
FIRST, LAST = 2015, 2024
COMPANY_BY_SEED = COMPANIES.replace("version = 1", "version = 2").replace("needs", 'only = { stage = ["seed"] }\nneeds')
SECRETARIAT = "rom-nederland"
VERIFYING = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from schakel.figures.closing.verifying import verify
print(json.dumps([asdict(verify(Path(folder))) for folder in sys.argv[1:]]))
"""


def catalogue_of(year: int) -> dict[str, str]:
    """The definitions of a year: one changes in 2018, another in 2021."""
    invested = SEED if year >= 2018 else INVESTED
    companies = COMPANY_BY_SEED if year >= 2021 else COMPANIES
    return definitions(PROJECTS, invested, companies, COVERAGE)


def invests(year: int, *, number: str, amount: int, more: bool = False) -> dict[str, str]:
    """A year's tables: the company, with or without its number, and what was invested in it."""
    rows = [f"I{year};R1;15-06-{year};{amount},00;seed"]
    rows += [f"J{year};R2;16-06-{year};50,00;later-stage"] if more else []
    return {
        "relaties": "Nr;Naam;KvK;Postcode;Soort\n"
        f"R1;Zonneveld Energie B.V.;{number};{'4818CL' if number else '9711LM'};bedrijf\n"
        "R2;AgroLoop B.V.;;4331AA;bedrijf\n",
        "projecten": "Project;Titel;Start;Omvang;Penvoerder;Samen met\n"
        f"P{year};Waterstof in de wijk;01-03-{year};250.000,00;R1;\n",
        "deelnemers": f"Project;Nr;Rol\nP{year};R1;penvoerder\n",
        "investeringen": "Investering;Nr;Datum;Bedrag;Fase\n" + "\n".join(rows) + "\n",
    }


class Network:
    """Two agencies and the secretariat, over the years."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch, self.made = folder, patch, []

    def deliver(self, slug: str, year: int, **tables: str) -> None:
        send(slug, write(self.folder / slug, **tables), period=year)

    def close(self, year: int, *, by: int, reason: str = "") -> Closing:
        """What secretariat, worker and counting process do, with the definitions of the year ``by``."""
        self.patch.setattr(making, "texts", lambda: catalogue_of(by))
        with database_role(LINKER):
            link()
        closing = order_closing(actor=of(SECRETARIAT), period=year, reason=reason)
        with database_role(COUNTER):
            made = close_year(closing.pk)
        with database_role(WORKER):
            closing_made(actor=of(SECRETARIAT), closing_id=closing.pk, digest=made.digest, manifest=made.manifest)
        self.made.append(closing.pk)
        return closing

    def take_apart(self, year: int) -> None:
        """The network's identity steward says that NOM's company of ``year`` is another than BOM's."""
        records = {}
        for slug in ("bom", "nom"):
            with acting(of(slug)):
                IdentityReview.objects.create(owner=party(slug), signed_as="director")
                records[slug] = Organisation.objects.get(owner=party(slug), period=year, number="R1").pk
        one, other = sorted(records.values())
        with acting(of(SECRETARIAT)):
            Judgement.objects.create(
                owner=party(SECRETARIAT),
                thing="organisation",
                kind_a="organisation",
                record_a=one,
                kind_b="organisation",
                record_b=other,
                verdict="different",
                as_steward=True,
            )

    def live(self, year: int) -> None:
        """A year as it goes: both deliver, and it is closed."""
        self.deliver("bom", year, **invests(year, number="12345678", amount=100 + year, more=year % 2 == 0))
        if year != 2017:  # NOM is late that year
            self.deliver("nom", year, **invests(year, number="", amount=7))
        self.close(year, by=year)


def withdraw(slug: str, year: int) -> int:
    with database_role(WORKER):
        return settle_vanished(actor=of(slug), period=year, withdraw=True, reason="it was never paid")


def test_ten_years_of_closings_all_verify_in_the_end(tmp_path, monkeypatch):
    network = Network(tmp_path, monkeypatch)
    for year in range(FIRST, LAST + 1):
        network.live(year)
        if year == 2018:
            network.deliver("nom", 2017, **invests(2017, number="", amount=7))
            network.close(2017, by=2017, reason="NOM delivered late")
        if year == 2019:
            network.deliver("bom", 2018, **invests(2018, number="12345678", amount=3000))
            assert withdraw("bom", 2018) == 1
            network.close(2018, by=2018, reason="One was never paid, and the other had a wrong amount")
        if year == 2020:
            network.deliver("nom", 2019, **invests(2019, number="12345678", amount=7))
            network.close(2019, by=2019, reason="NOM filled in the number of its company")
        if year == 2021:
            network.take_apart(2019)
            network.close(2019, by=2019, reason="They turn out to be two companies")
        if year == 2022:
            network.close(2016, by=2022, reason="By the definitions of today")
    everything_verifies(network, tmp_path)
    corrections_are_explained()


def everything_verifies(network: Network, folder: Path) -> None:
    """Each closing elsewhere: exported folders, a fresh process that has nothing but those, another working folder."""
    with database_role(COUNTER):
        folders = {pk: write_out(files_of(pk), folder / "elsewhere" / str(pk)) for pk in network.made}
    reports = dict(zip(folders, verified(folder, list(folders.values())), strict=True))
    with acting(of(SECRETARIAT)):
        known = {closing.pk: closing for closing in Closing.objects.all()}
    assert len(reports) == 15
    for pk, report in reports.items():
        assert (report["differences"], report["notes"]) == ([], []), known[pk]
        assert report["counted"]
        assert report["digest"] == known[pk].digest
        assert (report["year"], report["version"]) == (known[pk].period, known[pk].version)


def verified(folder: Path, folders: list[Path]) -> list[dict[str, Any]]:
    """What a process without database, settings or environment finds of closings: one for all, as each takes seconds
    to start; that the product starts one for each is told in test_closing_files.
    """
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", VERIFYING, *map(str, folders)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environ, cwd=folder)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def corrections_are_explained() -> None:
    """By the cause that was at work, in parts that add to the difference."""
    with acting(of(SECRETARIAT)):
        corrections = list(Closing.objects.filter(corrects__isnull=False).order_by("period", "version"))
    found = []
    for closing in corrections:
        with database_role(COUNTER):
            revision = explain(open_closing(closing.corrects_id), open_closing(closing.pk))
        causes = {part.cause for figure in revision.figures for part in figure.parts if part.amount or part.base}
        found.append((closing.period, closing.version, causes))
        for figure in revision.figures:
            assert figure.after[0] - figure.before[0] == sum(part.amount for part in figure.parts)
    assert found == [
        (2016, 2, {"definition"}),  # what joined a company's records of 2019 joined those of 2016, and was undone
        (2017, 2, {"late"}),
        (2018, 2, {"withdrawn", "changed"}),
        (2019, 2, {"identity"}),
        (2019, 3, {"identity"}),
    ]


def test_closings_of_a_year_know_the_members_of_that_year_only(tmp_path, monkeypatch):
    network = Network(tmp_path, monkeypatch)
    network.live(2022)
    network.live(2023)
    with database_role(COUNTER):
        identities = [making.state_now(year).identities for year in (2022, 2023)]
        every = IdentityMember.objects.count()
    assert not set(identities[0].select("record_kind", "record", "thing").rows()) & set(
        identities[1].select("record_kind", "record", "thing").rows()
    )
    assert sum(frame.height for frame in identities) == every
