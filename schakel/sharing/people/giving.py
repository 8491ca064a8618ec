"""The party administrator gives and takes roles of the people of the own party; the secretariat's, of auditors' too.

Invariants: a role at a party is given by its own administrator alone, and a party never loses its last one by this.
The database holds which party gives which role where (`sharing_people_walls`); that it is its administrator who does
so is held here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.network.models import Party, PartyKind, Person, Role, RoleHeld
from schakel.network.queries import auditors
from schakel.network.roles import ROLES_AT
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


class PeopleRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """A role cannot be given or taken; the message says why and what to do."""


def administered(party: Party) -> list[Party]:
    """The parties whose people the administrator of ``party`` sees to: the own, and auditors' for the secretariat."""
    return [party, *auditors()] if party.kind == PartyKind.SECRETARIAT else [party]


def roles_to_give(at: Party) -> list[Role]:
    """The roles that can be held at a party, in the order in which roles are named."""
    return [role for role in Role if role in ROLES_AT[PartyKind(at.kind)]]


def held_at(parties: Collection[Party]) -> QuerySet[RoleHeld]:
    """Who holds which role at these parties, by party, name and role."""
    held = RoleHeld.objects.filter(party__in=parties).select_related("person", "party", "given_by")
    return held.order_by("party__order", "party__name", "person__name", "person_id", "role")


def give(*, actor: Actor, person: int, at: Party, role: str, until: dt.datetime | None = None) -> RoleHeld:
    """Give somebody who holds a role at ``at`` another one there, or the same with another end. Raises PeopleRefused.

    Who is no person of the party yet is invited: nobody gets a role without having said yes once.
    """
    with acting(actor):
        must_administer(actor, at)
        must_fit(at, [role], until)
        known = list(RoleHeld.objects.filter(person_id=person, party=at))
        if not known:
            raise PeopleRefused(_("This person has no role at your organisation; invite them by mail."))
        standing = next((held for held in known if held.role == role), None)
        if standing is not None and standing.until == until:
            raise PeopleRefused(_("This person has that role already."))
        if standing is not None:
            standing.delete()
        made = RoleHeld.objects.create(person_id=person, party=at, role=role, until=until, given_by_id=actor.person)
        ends = until and until.isoformat()
        note(actor=actor, verb="gave role", kind="person", objects=[person], role=role, party=at.pk, until=ends)
    return made


def take(*, actor: Actor, held: RoleHeld) -> None:
    """Take a role; it opens nothing from this moment. Raises PeopleRefused, RoleHeld.DoesNotExist."""
    with acting(actor):
        must_administer(actor, held.party)
        standing = RoleHeld.objects.get(pk=held.pk, party=held.party)
        _must_leave_an_administrator(standing)
        standing.delete()
        note(
            actor=actor,
            verb="took role",
            kind="person",
            objects=[standing.person_id],
            role=standing.role,
            party=standing.party_id,
        )


def take_all(*, actor: Actor, person: Person, at: Party) -> list[str]:
    """Take all roles of somebody at a party; returns which. Raises PeopleRefused."""
    with acting(actor):
        must_administer(actor, at)
        held = list(RoleHeld.objects.filter(person=person, party=at))
        for one in held:
            take(actor=actor, held=one)
    return [one.role for one in held]


def must_administer(actor: Actor, at: Party) -> None:
    """Raises PeopleRefused for who does not administer the people of ``at`` now.

    One at a time for each acting party, so that two administrators do not take away each other's role at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"people of {actor.owner}"])
    mine = RoleHeld.objects.filter(person_id=actor.person or 0, party_id=actor.owner, role=Role.ADMINISTRATOR)
    held = mine.filter(person__is_active=True).select_related("party").first()
    if held is None or actor.role not in ("", Role.ADMINISTRATOR):
        raise PeopleRefused(_("People and their roles are seen to by the administrator of your organisation."))
    if at not in administered(held.party):
        raise PeopleRefused(_("You see to the people of your own organisation only."))


def must_fit(at: Party, roles: Collection[str], until: dt.datetime | None) -> None:
    """Raises PeopleRefused for roles that cannot be held at a party, or not until then."""
    if not roles or not set(roles) <= set(roles_to_give(at)):
        raise PeopleRefused(_("Choose a role that can be held at %(party)s.") % {"party": at})
    if until is not None and until <= timezone.now():
        raise PeopleRefused(_("The last day has passed; choose a later one, or none."))
    if Role.AUDITOR in roles and until is None:
        raise PeopleRefused(_("An auditor has the role for a time; name the last day."))
    if Role.ADMINISTRATOR in roles and until is not None:
        raise PeopleRefused(_("An administrator has no last day; another administrator takes the role when it ends."))


def _must_leave_an_administrator(held: RoleHeld) -> None:
    if held.role != Role.ADMINISTRATOR:
        return
    others = RoleHeld.objects.filter(party_id=held.party_id, role=Role.ADMINISTRATOR, person__is_active=True)
    if not others.filter(until__isnull=True).exclude(pk=held.pk).exists():
        raise PeopleRefused(_("This is the only administrator of your organisation. Give a colleague that role first."))
