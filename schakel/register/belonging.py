"""What an own record belongs to as things stand: own records of other years, and an entry of the trade register.

Invariant: only own records and published entries are told; that another party's record belongs to it too is not.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from schakel.intake import writing
from schakel.intake.records import Record
from schakel.register.models import IdentityMember
from schakel.register.sides import ENTRY, Key, entry_of, page_of

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Belongs:
    """A record or entry that a record is one with: what it is called, of which year (None for an entry), its page."""

    called: str
    year: int | None
    url: str


def belongs(thing: str, key: Key) -> list[Belongs]:
    """What a record is one with, of what the acting party may see; a few of the newest."""
    kind, record = key
    member = IdentityMember.objects.filter(thing=thing, record_kind=kind, record_id=record).first()
    if member is None:
        return []
    entry = entry_of(member)
    found = [] if entry is None else [Belongs(entry.name, None, page_of(ENTRY, entry))]
    with_it = IdentityMember.objects.filter(identity_id=member.identity_id).exclude(pk=member.pk)
    keys = with_it.order_by("-record_id").values_list("record_kind", "record_id")[:_SHOWN]
    return [*found, *filter(None, (_called(*each) for each in keys))]


def _called(kind: str, record: int) -> Belongs | None:
    known: Record | None = writing.record_table(kind).model._default_manager.filter(pk=record).first()
    return None if known is None else Belongs(str(known), known.period, _url(kind, record))


def _url(kind: str, record: int) -> str:
    return reverse("intake:record", args=[kind, record])
