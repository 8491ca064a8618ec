"""The secretariat of the demonstration collects its years: opened, signed, and counted but for the last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from django.utils import timezone
from django.utils.translation import override

from schakel.intake import gates
from schakel.intake.actions import accept_year, certify, make_exception, open_year
from schakel.intake.collecting import IN, agency_year, statement_of, verdict_of
from schakel.intake.models import CollectionYear
from schakel.network.models import Party
from schakel.network.queries import members_in, secretariat
from schakel.sharing.acting import acting
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.actors import Actor

# All is delivered on the day that the demonstration is loaded, so it is due some time after that day.
_TIME = dt.timedelta(days=30)


def collect(years: Sequence[int], tell: Callable[[str], None]) -> None:
    """Open ``years`` and have all but the last certified and accepted; what is done already is left as it is."""
    with database_role(WORKER), override("nl"):
        for year in years:
            _open(year)
        for year in sorted(years)[:-1]:
            signed = sum(_sign(agency, year) for agency in members_in(year))
            if signed:
                tell(f"{year}: certified by {signed} agencies and accepted for counting")


def _open(year: int) -> None:
    actor = _actor(secretariat())
    with acting(actor):
        if CollectionYear.objects.filter(period=year).exists():
            return
    opens = dt.date(year + 1, 1, 1)
    open_year(actor=actor, period=year, opens=opens, due=max(opens, timezone.localdate() + _TIME))


def _sign(agency: Party, year: int) -> bool:
    """Have an agency sign and the secretariat count it; whether that was needed."""
    actor = _actor(agency)
    with acting(actor):
        standing = gates.standing_certification(owner=agency.pk, period=year)
    if standing is None:
        _except_what_it_has_not(agency, year)
        standing = certify(actor=actor, period=year, statement=statement_of(agency, year))
    if verdict_of(standing) is not None:
        return False
    accept_year(actor=_actor(secretariat()), certification=standing)
    return True


def _except_what_it_has_not(agency: Party, year: int) -> None:
    """An agency that has none of a kind in a year need not deliver it, as the secretariat would say."""
    actor = _actor(secretariat())
    with acting(actor):
        found = agency_year(agency, year, today=timezone.localdate())
    for kind in found.expected:
        if kind.state not in IN:
            make_exception(actor=actor, agency=agency, period=year, kind=kind.kind, reason="had er dit jaar geen")


def _actor(party: Party) -> Actor:
    return Actor(party=party.pk, process="demonstration")
