"""Small deliveries for tests: an agency with a few organisations, projects and investments as CSV files."""

from __future__ import annotations

from pathlib import Path

from schakel.intake.actions import confirm_mapping
from schakel.intake.delivering import Delivered, deliver
from schakel.network.queries import party
from schakel.sharing.roles import WORKER, database_role
from tests.making import actor_for

RELATIONS = """
agency = "{agency}"

[[table]]
kind = "organisation"
table = "relaties"
header_row = 1
[table.fields]
number = "Nr"
name = "Naam"
kvk = "KvK"
postcode = "Postcode"
kind = "Soort"
"""
MAPPING = (
    RELATIONS
    + """
[[table]]
kind = "project"
table = "projecten"
header_row = 1
[table.fields]
number = "Project"
title = "Titel"
start = {{ header = "Start", format = "dd-mm-yyyy" }}
volume = {{ header = "Omvang", format = "1.234,56" }}
lead = "Penvoerder"
together_with = {{ header = "Samen met", separator = "," }}

[[table]]
kind = "project_participant"
table = "deelnemers"
header_row = 1
[table.fields]
project = "Project"
organisation = "Nr"
role = "Rol"

[[table]]
kind = "investment"
table = "investeringen"
header_row = 1
[table.fields]
number = "Investering"
organisation = "Nr"
date = {{ header = "Datum", format = "dd-mm-yyyy" }}
amount = {{ header = "Bedrag", format = "1.234,56" }}
stage = "Fase"
"""
)

TABLES = {
    "relaties": "Nr;Naam;KvK;Postcode;Soort\n"
    "R1;Zonneveld Energie B.V.;12345678;4818CL;bedrijf\nR2;AgroLoop B.V.;;4331AA;bedrijf\n",
    "projecten": "Project;Titel;Start;Omvang;Penvoerder;Samen met\nP1;Waterstof in de wijk;01-03-2023;250.000,00;R1;\n",
    "deelnemers": "Project;Nr;Rol\nP1;R1;penvoerder\nP1;R2;partner\n",
    "investeringen": "Investering;Nr;Datum;Bedrag;Fase\nI1;R1;15-06-2023;100.000,00;seed\n",
}


def write(folder: Path, **tables: str) -> Path:
    """A folder with the usual tables; ``tables`` replaces some of them."""
    folder.mkdir(exist_ok=True)
    for name, text in (TABLES | tables).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def send(slug: str, folder: Path, *, period: int = 2023, accept: bool = True, mapping: str = MAPPING) -> Delivered:
    """Deliver the folder for an agency, with the rights of the worker."""
    with database_role(WORKER):
        confirm_mapping(actor=actor_for(slug), text=mapping.format(agency=slug))
        return deliver(actor=actor_for(slug), party=party(slug), period=period, paths=[folder], accept=accept)
