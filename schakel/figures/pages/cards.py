"""The key figures on top of the overview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.pages.addresses import page_url
from schakel.figures.pages.answers import Answer, complete, own_cell
from schakel.network.models import Party

# What a director reads first; the rest stands in the table under it.
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


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure as the overview shows it."""

    label: str
    value: str
    note: str
    badge: str
    state: str
    href: str


def cards(party: Party, year: int, now: Mapping[str, Answer], before: Mapping[str, Answer]) -> list[Card]:
    """The key figures of the network, with the change since the year before and the party's own beside."""
    return [_card(catalogue()[name], party, year, now[name], before.get(name)) for name in FIRST if name in now]


def _card(indicator: Indicator, party: Party, year: int, now: Answer, before: Answer | None) -> Card:
    own = own_cell(now, party)
    note = f"{party.name}: {queries.shown(indicator, own).exact}" if own else ""
    return Card(
        label=queries.name_of(indicator),
        value=queries.shown(indicator, now["total"]).said,
        note=note,
        badge=_change(now, before, year),
        state="neutral",
        href=page_url(indicator.id, year),
    )


def _change(now: Answer, before: Answer | None, year: int) -> str:
    """How much more or less than the year before, in per cent; nothing where there is nothing to compare."""
    if before is None or not complete(before) or not complete(now):
        return ""
    old, new = (Decimal(found["total"]["value"] or 0) for found in (before, now))
    if not old:
        return ""
    change = round((new - old) / old * 100)
    return _("%(change)s%% since %(year)s") % {"change": f"{change:+d}".replace("-", "−"), "year": year - 1}
