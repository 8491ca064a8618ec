"""Questions about the network: who is in it, who was, and for whom somebody acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from schakel import prepared
from schakel.network.models import Party, PartyKind, Person, RoleHeld
from schakel.network.roles import WITHOUT_RECORDS

# Where a session keeps which of their roles a person acts in.
SESSION_KEY = "role_held"
_AGENCIES = 'SELECT {columns} FROM network_party party WHERE kind = %s ORDER BY "order", name'
_MEMBERSHIPS = """
SELECT member.party_id, member.since, member.until
FROM network_membership member JOIN network_party party ON party.id = member.party_id AND party.kind = %s
"""


def agencies() -> QuerySet[Party]:
    """All agencies, in the network's order."""
    return Party.objects.filter(kind=PartyKind.AGENCY)


def every_agency() -> list[Party]:
    """As ``agencies``, all of them at once: what a page of figures names them by."""
    return prepared.records(Party, "party", _AGENCIES, [PartyKind.AGENCY])


def members_in(year: int) -> QuerySet[Party]:
    """The agencies that were in the network on any day of ``year``."""
    first, after = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    current = Q(memberships__until__isnull=True) | Q(memberships__until__gt=first)
    return agencies().filter(current, memberships__since__lt=after).distinct()


def member_numbers(years: Iterable[int]) -> dict[int, int]:
    """How many agencies were in the network on any day of each of ``years``."""
    known = prepared.rows(_MEMBERSHIPS, [PartyKind.AGENCY])
    return {
        year: len(
            {
                agency
                for agency, since, until in known
                if since < dt.date(year + 1, 1, 1) and (until is None or until > dt.date(year, 1, 1))
            }
        )
        for year in years
    }


def party(slug: str) -> Party:
    """The party with this slug. Raises Party.DoesNotExist."""
    return Party.objects.get(slug=slug)


def secretariat() -> Party:
    """The network's secretariat."""
    return Party.objects.get(kind=PartyKind.SECRETARIAT)


def agency_names() -> dict[str, str]:
    """Every way an agency's name is written, in lower case, to its slug."""
    names: dict[str, str] = {}
    for agency in agencies().prefetch_related("former_names"):
        former = [known.name for known in agency.former_names.all()]
        for name in (agency.name, agency.slug, *agency.also_written, *former):
            names[name.casefold()] = agency.slug
    return names


def auditors() -> QuerySet[Party]:
    """The offices that a mandate can be given to."""
    return Party.objects.filter(kind=PartyKind.AUDITOR)


def is_auditor(party_id: int | None) -> bool:
    """Whether a party is an auditor's office."""
    return party_id is not None and auditors().filter(pk=party_id).exists()


def roles_of(person: int) -> QuerySet[RoleHeld]:
    """The roles that a person (an id) holds, with their parties."""
    return RoleHeld.objects.filter(person_id=person).select_related("party").order_by("party__order", "role")


def working_at(party_id: int | OuterRef) -> QuerySet[RoleHeld]:
    """The roles at a party in which somebody who may sign in works with its records."""
    return RoleHeld.objects.filter(party_id=party_id, person__is_active=True).exclude(role__in=WITHOUT_RECORDS)


def colleagues(party_id: int) -> QuerySet[Person]:
    """Who works with the records of a party now, by name."""
    return Person.objects.filter(pk__in=working_at(party_id).values("person_id")).order_by("name", "pk")


def end_of(last_day: dt.date) -> dt.datetime:
    """The moment at which a role ends that is held up to and including ``last_day``: midnight in Dutch time."""
    return timezone.make_aware(dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time()))
