"""How somebody wants mail, and who stands in for them during leave.

Invariant: no chains. Who is away stands in for nobody in that time, and who stands in is not away: what waits,
waits with somebody who is there.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.inbox import queries
from schakel.inbox.actions.items import tell
from schakel.inbox.models import Deputy, Preference
from schakel.network.models import Role, RoleHeld
from schakel.network.queries import working_at
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.web.formats import date_long
from schakel.words import Words

# Who may see to it that the work of a colleague who fell ill is done.
_MAY_FOR_OTHERS = (Role.STEWARD, Role.SECRETARY)


class DeputyRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """Somebody cannot stand in; the message says why and what to do."""


def choose_mail(*, actor: Actor, mail: str, hour: int) -> Preference:
    """How the acting person wants mail about the inbox of the acting party; ``hour`` of the daily message.

    The first daily message after a change tells of all that waits.
    """
    if actor.person is None:
        raise ValueError("only a person has wishes")
    with acting(actor):
        values = {"mail": mail, "hour": hour}
        wish, made = Preference.objects.get_or_create(owner_id=actor.owner, person_id=actor.person, defaults=values)
        if not made and (wish.mail, wish.hour) != (mail, hour):
            wish.digested_at = wish.digested_at if wish.mail == mail else None
            wish.mail, wish.hour = mail, hour
            wish.save()
        note(actor=actor, verb="chose", kind="mail preference", objects=[actor.person], mail=mail, hour=hour)
    return wish


def set_deputy(*, actor: Actor, deputy: int, since: dt.date, until: dt.date, person: int | None = None) -> Deputy:
    """Have ``deputy`` stand in for ``person`` (the acting one) from ``since`` up to and including ``until``.

    For a colleague only a steward or the secretariat's own may. Both are told. Raises DeputyRefused.
    """
    absent = person or actor.person
    if absent is None:
        raise ValueError("only a person can be away")
    with acting(actor):
        _one_at_a_time(actor.owner)
        _must_be_allowed(actor, absent)
        _must_be_possible(actor.owner, absent, deputy, since, until)
        made = Deputy.objects.create(
            owner_id=actor.owner,
            person_id=absent,
            deputy_id=deputy,
            since=since,
            until=until,
            made_by_id=actor.person,
        )
        note(
            actor=actor, verb="set deputy", kind="person", objects=[absent, deputy], since=str(since), until=str(until)
        )
        _tell(actor, made)
    return made


def end_deputy(*, actor: Actor, deputy: Deputy) -> None:
    """Nobody stands in any more; for who is away, who stands in, and a steward. Raises DeputyRefused for others.

    What is over already stays as it was.
    """
    with acting(actor):
        if actor.person not in {deputy.person_id, deputy.deputy_id}:
            _must_be_allowed(actor, deputy.person_id)
        _end(actor, deputy)


def end_deputies(*, actor: Actor, person: int, to: int | None = None) -> int:
    """End all standing in by or for ``person`` at the acting party, for who closes them off; returns how many.

    Nobody takes it over (``to``): who stands in for whom is agreed between people.
    """
    with acting(actor):
        _one_at_a_time(actor.owner)
        ended = list(queries.deputies_with(person, actor.owner))
        for deputy in ended:
            _end(actor, deputy)
    return len(ended)


def _end(actor: Actor, deputy: Deputy) -> None:
    """What is over already stays as it was."""
    today = timezone.localdate()
    if deputy.until < today:
        return
    if deputy.since >= today:
        Deputy.objects.filter(pk=deputy.pk).delete()
    else:
        Deputy.objects.filter(pk=deputy.pk).update(until=today - dt.timedelta(days=1))
    note(actor=actor, verb="ended deputy", kind="person", objects=[deputy.person_id, deputy.deputy_id])


def may_set_for_others(person: int, party: int) -> bool:
    """Whether ``person`` may say who stands in for a colleague at ``party``."""
    return RoleHeld.objects.filter(person_id=person, party_id=party, role__in=_MAY_FOR_OTHERS).exists()


def _one_at_a_time(party: int) -> None:
    """Hold back whoever else arranges leave at the same party, so that two together make no chain."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"inbox deputies {party}"])


def _must_be_allowed(actor: Actor, absent: int) -> None:
    if absent != actor.person and not may_set_for_others(actor.person or 0, actor.owner):
        raise DeputyRefused(_("Only your data steward can arrange this for a colleague."))


def _must_be_possible(party: int, absent: int, deputy: int, since: dt.date, until: dt.date) -> None:
    if until < since or until < timezone.localdate():
        raise DeputyRefused(_("The last day is before the first or has passed; choose a later last day."))
    if absent == deputy:
        raise DeputyRefused(_("Nobody can stand in for themselves; choose a colleague."))
    for someone in (absent, deputy):
        if not working_at(party).filter(person_id=someone).exists():
            raise DeputyRefused(_("Only somebody with a role at your organisation can stand in; choose a colleague."))
    _must_make_no_chain(party, absent, deputy, since, until)


def _must_make_no_chain(party: int, absent: int, deputy: int, since: dt.date, until: dt.date) -> None:
    standing = Deputy.objects.filter(owner_id=party, since__lte=until, until__gte=since)
    known = standing.filter(Q(person_id__in=[absent, deputy]) | Q(deputy_id=absent)).select_related("person", "deputy")
    for other in known:
        names = {"person": other.person.name, "deputy": other.deputy.name}
        days = {"since": date_long(other.since), "until": date_long(other.until)}
        raise DeputyRefused(_why(other, absent) % (names | days))


def _why(other: Deputy, absent: int) -> str:
    if other.person_id == absent:
        return _("%(deputy)s stands in for %(person)s from %(since)s to %(until)s already; end that first.")
    if other.deputy_id == absent:
        return _(
            "%(deputy)s stands in for %(person)s from %(since)s to %(until)s, and cannot be away then;"
            " let another stand in for %(person)s first."
        )
    return _("%(person)s is away from %(since)s to %(until)s, and cannot stand in then; choose another colleague.")


def _tell(actor: Actor, made: Deputy) -> None:
    """Tell both, but not the one who arranged it."""
    names = {"person": made.person.name, "deputy": made.deputy.name, "since": made.since, "until": made.until}
    title = Words(
        "{deputy} neemt waar voor {person}, {since:%d-%m-%Y} tot en met {until:%d-%m-%Y}",
        "{deputy} stands in for {person}, {since:%d-%m-%Y} to {until:%d-%m-%Y}",
    ).format(**names)
    for person in {made.person_id, made.deputy_id} - {actor.person}:
        url = reverse("inbox-preferences")
        tell(actor=actor, party=actor.owner, person=person, key=f"deputy:{made.pk}", title=title, url=url, room="inbox")
