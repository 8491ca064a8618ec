"""Whose view of the figures a page gives: the network's, an agency's, a province's, or the ministry's.

An address names it (``?voor=``). An agency's view is for who sees its column; those of provinces, by the place of each
thing, are for everybody, and small cells of them are withheld.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from schakel.figures.asking import Audience
from schakel.network.models import Party, PartyKind
from schakel.network.places import PROVINCES

Kind = Literal["network", "ministry", "agency", "province"]
NETWORK, MINISTRY, PROVINCE = "netwerk", "ministerie", "provincie-"

# Gooi en Vechtstreek lies in the region of ROM Utrecht Region and in the province of Noord-Holland.
CROSSES = {"rom-utrecht-region": ("NH", "Gooi en Vechtstreek")}

# What a director reads first; the rest stands on the page of all figures.
FIRST = (
    "innovation_projects",
    "companies_in_projects",
    "invested_eur",
    "companies_invested_in",
    "portfolio_companies",
    "foreign_companies",
    "jobs_created",
    "trade_activities",
)
# What the ministry answers to parliament for: what public money brings about, and together; then what became of the
# companies, in money, jobs, research and broad welfare, where agencies follow them.
FOR_THE_MINISTRY = (
    "market_involvement_share",
    "leverage",
    "invested_eur",
    "innovation_project_volume_eur",
    "foreign_investment_3y_eur",
    "jobs_created",
    "joint_projects_share",
    "societal_projects_share",
    "outcome_turnover_growth",
    "outcome_jobs_growth",
    "outcome_rd_eur",
    "outcome_co2_tonnes",
)
# What lies in a province: funds and staff lie at an agency and shares of the whole market nowhere.
OF_A_PLACE = (
    "innovation_projects",
    "companies_in_projects",
    "invested_eur",
    "companies_invested_in",
    "portfolio_companies",
    "foreign_companies",
    "jobs_created",
    "jobs_retained",
)


class LensError(LookupError):
    """There is no such view, or not for who asks."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A view: its key in an address, what it is of, and the code of the agency or province."""

    key: str
    kind: Kind
    label: str
    code: str = ""

    @property
    def by(self) -> str:
        """The breakdown that has what it shows."""
        return "province" if self.kind == "province" else "agency"

    @property
    def first(self) -> tuple[str, ...]:
        """The key figures of this view."""
        return {"ministry": FOR_THE_MINISTRY, "province": OF_A_PLACE}.get(self.kind, FIRST)

    @property
    def whole(self) -> bool:
        """Whether it shows the network's figures, not a part of them."""
        return self.kind in ("network", "ministry")


def own_lenses(party: Party) -> list[Lens]:
    """A party's own views, the first of which it gets unasked: its own, those of its provinces, the network."""
    network = Lens(NETWORK, "network", _("Network"))
    if party.kind == PartyKind.AGENCY:
        return [_agency(party), *map(_province, party.provinces), *_crossed(party), network]
    if party.kind == PartyKind.PROVINCE:
        return [*map(_province, party.provinces), network]
    if party.kind == PartyKind.MINISTRY:
        return [Lens(MINISTRY, "ministry", _("Ministry")), network]
    return [network, Lens(MINISTRY, "ministry", _("Ministry"))]


def _crossed(party: Party) -> list[Lens]:
    return [_province(CROSSES[party.slug][0])] if party.slug in CROSSES else []


def all_lenses(party: Party, audience: Audience, agencies: Sequence[Party]) -> list[Lens]:
    """Every view that a party may have: its own, then the agencies whose column it sees, then all provinces."""
    seen = [_agency(agency) for agency in agencies if audience.sees(agency.slug)]
    every = [*own_lenses(party), *seen, *map(_province, PROVINCES)]
    return list({lens.key: lens for lens in every}.values())


def chosen(key: str, lenses: Sequence[Lens]) -> Lens:
    """The view with this key; the first for none. Raises LensError."""
    found = lenses[0] if not key else next((lens for lens in lenses if lens.key == key), None)
    if found is None:
        raise LensError(key)
    return found


def _agency(party: Party) -> Lens:
    return Lens(party.slug, "agency", party.name, party.slug)


def _province(code: str) -> Lens:
    return Lens(f"{PROVINCE}{code.lower()}", "province", PROVINCES[code], code)
