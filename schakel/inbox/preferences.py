"""How people want mail, and who hears of an item."""

from __future__ import annotations

from collections.abc import Iterable

from schakel.inbox import queries
from schakel.inbox.models import Item, ItemKind, Mail, Preference
from schakel.network.models import Person


def recipients(item: Item) -> list[Person]:
    """Who is to hear of an item today; for who acts for its owner.

    Work of somebody who is away goes to the deputy instead; what is only told goes to the person. Nobody hears of
    the inbox of a party where they have no role any more.
    """
    addressed = queries.addressees(item)
    if item.kind == ItemKind.TELLS:
        return addressed
    deputies = {row.person_id: row.deputy for row in queries.deputies_on(item.owner_id).select_related("deputy")}
    heard = [deputies.get(person.pk, person) for person in addressed]
    return list({person.pk: person for person in heard if person.is_active}.values())


def wanting_mail(people: Iterable[Person], party: int, *, urgent: bool = False) -> list[Person]:
    """Those of ``people`` who want mail of each item; what is urgent also goes to who has a daily message."""
    known = {row.person_id: row.mail for row in Preference.objects.filter(owner_id=party)}
    wanted = {Mail.AT_ONCE, Mail.DAILY} if urgent else {Mail.AT_ONCE}
    return [person for person in people if known.get(person.pk, Mail.AT_ONCE) in wanted]
