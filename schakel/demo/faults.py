"""Faults planted in the last year, so that findings can be seen: 2024 only, and no true figure depends on them.

What they are about stands in no figure: extra rows that a check keeps out or warns of, an amount
that no published indicator adds up, and a project whose partners were forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schakel.demo.lists import Lists

FAULTY_YEAR = 2024
_SLIP = 1000  # euros in a column of thousands


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault: in whose delivery, in which kind and field, the record's number, and what is wrong."""

    agency: str
    kind: str
    field: str
    number: str
    wrong: str


def plant(agency: str, lists: Lists) -> tuple[Fault, ...]:
    """Plant the faults of ``agency`` in its lists of the faulty year; they are changed in place."""
    plants = {
        "bom": _impossible_date,
        "liof": _forgotten_partners,
        "rom-inwest": _unit_slip,
        "oost-nl": _negative_amount,
    }
    return (plants[agency](agency, lists),) if agency in plants else ()


def _impossible_date(agency: str, lists: Lists) -> Fault:
    """An extra project that starts on 31 February; it cannot be read, so it counts nowhere."""
    last = lists["project"][-1]
    number = last["number"][:-3] + "999"
    extra = {"number": number, "title": "Verkenning zonder begin", "start": "31.02.2024", "eu_number": ""}
    lists["project"].append(last | extra)
    return Fault(agency, "project", "start", number, "31 February does not exist")


def _forgotten_partners(agency: str, lists: Lists) -> Fault:
    """A project whose partners are no companies loses its participants; its lead still stands in the project."""
    companies = {row["number"] for row in lists["organisation"] if row["kind"] == "company"}
    own = (row for row in lists["project"] if not row["together_with"])
    alone = next(row for row in own if companies.isdisjoint(row["partner_numbers"]))
    lists["project_participant"] = [row for row in lists["project_participant"] if row["project"] != alone["number"]]
    return Fault(agency, "project", "", alone["number"], "a project without partners")


def _unit_slip(agency: str, lists: Lists) -> Fault:
    """The cost of one position in euros, in a column of thousands."""
    slipped = lists["position"][3]
    slipped["cost"] *= _SLIP
    number = f"{slipped['fund']} | {slipped['organisation']}"
    return Fault(agency, "position", "cost", number, "a thousand times too much")


def _negative_amount(agency: str, lists: Lists) -> Fault:
    """An extra position with a negative value, in a company that another fund of the agency holds."""
    first = lists["position"][0]
    held = {row["fund"] for row in lists["position"] if row["organisation"] == first["organisation"]}
    other = next(row for row in lists["fund"] if row["number"] not in held)
    extra = first | {"fund": other["number"], "fund_name": other["name"], "date": date(2024, 12, 31), "value": -18_500}
    lists["position"].append(extra)
    number = f"{extra['fund']} | {extra['organisation']}"
    return Fault(agency, "position", "value", number, "a negative value")
