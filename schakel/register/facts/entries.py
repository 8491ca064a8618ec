"""What the trade register says of one number, from a delivered entry or a loaded fact, and what became of it.

Invariant: a succession is told and never carried out: who was anchored to an entry stays so until somebody decides.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from schakel.intake.records import RecordState
from schakel.network.models import PartyKind
from schakel.register.models import RegisterEntry, RegisterFact

_MOST_STEPS = 20  # of one number after the other; a register that leads in a ring stops at once
_MOVED = """
SELECT kvk FROM register_registerfact
WHERE keys @> ARRAY[hashtextextended('k' || %s, 0)] AND %s = ANY (former_numbers) AND kvk <> %s ORDER BY kvk LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it was published: where it stands here, what it says, and of when (``as_of``) by whom."""

    table: str  # register_entry or register_fact
    id: int
    kvk: str
    rsin: str
    name: str
    trade_names: tuple[str, ...]
    former_names: tuple[str, ...]
    legal_form: str
    street: str
    house_number: str
    postcode: str
    city: str
    website: str
    activities: tuple[str, ...]
    ended_on: dt.date | None
    merged_into: str
    former_numbers: tuple[str, ...]
    missing_since: dt.date | None
    as_of: dt.date
    source: str

    @property
    def address(self) -> str:
        """Street and house number."""
        return " ".join(filter(None, (self.street, self.house_number)))

    @property
    def gone(self) -> bool:
        """Whether it ended, went up in another, or is no longer named."""
        return bool(self.ended_on or self.merged_into or self.missing_since)


@dataclass(frozen=True, slots=True)
class Succession:
    """Where a number leads: the numbers on the way, and the entry at the end, None where nothing is known of that."""

    numbers: tuple[str, ...]
    entry: Entry | None


def entry_of(kvk: str) -> Entry | None:
    """The newest that is known of a KvK number; None where the register does not know it."""
    fact = RegisterFact.objects.select_related("load").filter(kvk=kvk).first() if kvk else None
    listed = _delivered().filter(kvk=kvk).order_by("-period", "-pk").first() if kvk else None
    if fact is not None and (listed is None or fact.load.reference_date.year >= listed.period):
        return of_fact(fact)
    return of_delivered(listed) if listed is not None else None


def entry_with(entry: int | None, fact: int | None) -> Entry | None:
    """The entry that something is anchored to, by either id."""
    if fact is not None:
        found = RegisterFact.objects.select_related("load").filter(pk=fact).first()
        return of_fact(found) if found is not None else None
    listed = RegisterEntry.objects.filter(pk=entry).first() if entry is not None else None
    if listed is None:
        return None
    return (entry_of(listed.kvk) if listed.kvk else None) or of_delivered(listed)


def entry_by_rsin(rsin: str) -> Entry | None:
    """The newest delivered entry with an RSIN, for what has no KvK number."""
    listed = _delivered().filter(rsin=rsin).order_by("-period", "-pk").first() if rsin else None
    return of_delivered(listed) if listed is not None else None


def current_entry(kvk: str) -> Succession:
    """Follow a number through mergers and moves to where it leads now; the number itself where nothing became of it."""
    numbers = [kvk]
    entry = entry_of(kvk)
    while len(numbers) <= _MOST_STEPS:
        following = (entry.merged_into if entry is not None else "") or _moved_to(numbers[-1])
        if not following or following in numbers:
            break
        numbers.append(following)
        entry = entry_of(following)
    return Succession(tuple(numbers), entry)


def _moved_to(kvk: str) -> str:
    """The number whose entry names ``kvk`` as one it had before; "" for none."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [kvk, kvk, kvk])
        found = cursor.fetchone()
    if found:
        return str(found[0])
    listed = _delivered().filter(former_numbers__contains=[kvk]).exclude(kvk=kvk).order_by("-period", "kvk").first()
    return (listed.kvk or "") if listed is not None else ""


def _delivered() -> QuerySet[RegisterEntry]:
    """Entries that the secretariat delivered; what another would deliver is its own."""
    return RegisterEntry.objects.filter(owner__kind=PartyKind.SECRETARIAT).exclude(state=RecordState.WITHDRAWN)


def of_fact(fact: RegisterFact) -> Entry:
    """A loaded fact as an entry; it is of its load's date."""
    return _entry(fact, "register_fact", fact.load.reference_date, fact.load.source, fact.missing_since)


def of_delivered(listed: RegisterEntry) -> Entry:
    """A delivered entry; it is of the end of its year."""
    return _entry(listed, "register_entry", dt.date(listed.period, 12, 31), "", None)


def _entry(
    said: RegisterFact | RegisterEntry, table: str, as_of: dt.date, source: str, missing_since: dt.date | None
) -> Entry:
    return Entry(
        table=table,
        id=said.pk,
        kvk=said.kvk or "",
        rsin=said.rsin or "",
        name=said.name,
        trade_names=tuple(said.trade_names or ()),
        former_names=tuple(said.former_names or ()),
        legal_form=said.legal_form or "",
        street=said.street or "",
        house_number=said.house_number or "",
        postcode=said.postcode or "",
        city=said.city or "",
        website=said.website or "",
        activities=tuple(said.activities or ()),
        ended_on=said.ended_on,
        merged_into=said.merged_into or "",
        former_numbers=tuple(said.former_numbers or ()),
        missing_since=missing_since,
        as_of=as_of,
        source=source,
    )
