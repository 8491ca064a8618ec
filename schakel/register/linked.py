"""What joining made of the records of a delivery: with what of one's own, or which register entry, each is one.

Invariant: all is told from the acting party's own records, published entries and its own answers. Why two are one is
said from what these two say, never from the rule that joined them, which may have gone by another party's record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from schakel.intake import kinds, writing
from schakel.intake.models import Delivery
from schakel.intake.records import Record
from schakel.register.differing import compare
from schakel.register.models import Anchor, Doubt, IdentityMember
from schakel.register.sides import ENTRY, FIELDS, Published, entry_of, label_of, page_of, says_of, without_name
from schakel.web.formats import language

# An `IdentityMember` with what `members_of` tells of it; the stubs forget annotations between functions.
Joined: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class LinkedCount:
    """Of the records of a kind in a delivery how many there are, are one with an entry, with others of one's own."""

    kind: str
    records: int
    with_entry: int
    with_own: int
    alone: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """A record, what it is one with, and why in words."""

    called: str
    url: str
    to: str
    to_url: str
    why: str


def members_of(delivery: Delivery, kind: str) -> QuerySet[Joined]:
    """The records of a kind that a delivery holds, as members; ``with_entry`` and ``with_own`` say what of."""
    ids = writing.record_table(kind).model._default_manager.filter(delivery=delivery).values("pk")
    others = IdentityMember.objects.filter(identity_id=OuterRef("identity_id")).exclude(pk=OuterRef("pk"))
    entry = Anchor.objects.filter(identity_id=OuterRef("identity_id"))
    members = IdentityMember.objects.filter(record_kind=kind, record_id__in=ids, owner_id=delivery.owner_id)
    # That one without a name has an entry would say that another party has it too: see `sides.entry_of`.
    told = Exists(entry) & ~Exists(without_name(OuterRef("record_id"))) if kind == "organisation" else Exists(entry)
    return members.annotate(with_entry=told, with_own=Exists(others)).order_by("record_id")


def counts(delivery: Delivery) -> list[LinkedCount]:
    """A line for each kind in a delivery that has identity; none before it was joined."""
    found = []
    for table in writing.record_tables():
        if table.kind == ENTRY:
            continue
        members = members_of(delivery, table.kind)
        total = members.count()
        if total:
            found.append(
                LinkedCount(
                    kind=table.kind,
                    records=total,
                    with_entry=members.filter(with_entry=True).count(),
                    with_own=members.filter(with_own=True).count(),
                    alone=members.filter(with_entry=False, with_own=False).count(),
                    doubtful=doubtful(delivery, table.kind).count(),
                )
            )
    return found


def doubtful(delivery: Delivery, kind: str) -> QuerySet[Doubt]:
    """What is doubtful, and not settled, of the records of a kind in a delivery."""
    ids = writing.record_table(kind).model._default_manager.filter(delivery=delivery).values("pk")
    one = Q(kind_a=kind, owner_a_id=delivery.owner_id, record_a__in=ids)
    other = Q(kind_b=kind, owner_b_id=delivery.owner_id, record_b__in=ids)
    return Doubt.objects.filter(one | other, settled_at__isnull=True)


def linked_records(members: QuerySet[Joined]) -> QuerySet[Joined]:
    """Those of ``members`` (of `members_of`) that are one with an entry or with another record of one's own."""
    return members.filter(Q(with_entry=True) | Q(with_own=True))


def told(kind: str, members: Iterable[IdentityMember]) -> Iterator[LinkedRecord]:
    """What each is one with, a line for each entry and one for the nearest of one's own."""
    for member in members:
        record = _record(kind, member.record_id)
        if record is None:
            continue
        for other_kind, other in _one_with(member):
            yield LinkedRecord(
                called=str(record),
                url=_url(kind, record.pk),
                to=_called(other),
                to_url=page_of(other_kind, other),
                why=why(kind, record, other_kind, other),
            )


def why(kind: str, record: Record, other_kind: str, other: Record | Published) -> str:
    """What two records have in common, in words."""
    said, against = says_of(kind, record), says_of(other_kind, other)
    same = [key for key in FIELDS if compare(said.get(key, ""), against.get(key, ""))[0] == "same"]
    names = [label_of(kind, key).in_(language()) for key in same]
    permanent = other_kind == kind and kinds.kind(kind).numbering == "permanent"
    if permanent and isinstance(other, Record) and other.number == record.number:
        names.insert(0, _("your own number"))
    return _("the same: %(fields)s") % {"fields": ", ".join(names)} if names else _("all that is known of both")


def _called(other: Record | Published) -> str:
    """What it is called; of a record also its year and number, which its owner knows it by."""
    return str(other.name) if isinstance(other, Published) else f"{other} ({other.period}, {other.number})"


def _one_with(member: IdentityMember) -> Iterator[tuple[str, Record | Published]]:
    entry = entry_of(member)
    if entry is not None:
        yield ENTRY, entry
    others = IdentityMember.objects.filter(identity_id=member.identity_id).exclude(pk=member.pk)
    near = others.order_by("-record_id").first()
    found = _record(near.record_kind, near.record_id) if near is not None else None
    if near is not None and found is not None:
        yield near.record_kind, found


def _record(kind: str, record_id: int) -> Record | None:
    return writing.record_table(kind).model._default_manager.filter(pk=record_id).first()


def _url(kind: str, record_id: int) -> str:
    return reverse("intake:record", args=[kind, record_id])
