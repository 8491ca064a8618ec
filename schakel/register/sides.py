"""What a reviewer sees of the two sides of a doubt: an own record, a published entry, or a card of somebody else's.

Invariant: of a record that is not the acting party's own only the card is shown, and only while the database gives it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import models
from django.db.models import OuterRef, QuerySet
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from schakel.intake import kinds, standing, writing
from schakel.intake.records import Record
from schakel.intake.showing import shown
from schakel.network.models import Party
from schakel.register.facts.frame import entry_and_fact
from schakel.register.models import Anchor, Card, Doubt, IdentityMember, Organisation, RegisterEntry, RegisterFact
from schakel.web import formats
from schakel.words import Words

ENTRY = "register_entry"
Key = tuple[str, int]  # record kind and id; below zero that of a loaded fact of the trade register
Published = RegisterEntry | RegisterFact

# What is compared, in the order in which one reads it; what a kind has besides comes after.
FIELDS: dict[str, Words] = {
    "name": Words("Naam", "Name"),
    "title": Words("Titel", "Title"),
    "other_names": Words("Andere namen", "Other names"),
    "kvk": Words("KvK-nummer", "Chamber of Commerce number"),
    "rsin": Words("RSIN", "RSIN"),
    "vat": Words("Btw-nummer", "VAT number"),
    "numbers": Words("Nummers", "Numbers"),
    "eu_number": Words("EU-projectnummer", "EU project number"),
    "legal_form": Words("Rechtsvorm", "Legal form"),
    "address": Words("Adres", "Street address"),
    "postcode": Words("Postcode", "Postcode"),
    "city": Words("Plaats", "City"),
    "country": Words("Land", "Country"),
    "place": Words("Adres en plaats", "Address and place"),
    "website": Words("Website", "Website"),
    "lead": Words("Penvoerder", "Lead"),
    "organisation": Words("Organisatie", "Organisation"),
    "start": Words("Begin", "Start"),
    "end": Words("Einde", "End"),
    "date": Words("Datum", "Date"),
    "volume": Words("Omvang", "Volume"),
    "amount": Words("Bedrag", "Amount"),
}
# How cards and lists call the same otherwise.
_CALLED = {"site": "website", "trade_names": "other_names", "names": "other_names", "company": "name"}
# What a card may say in one, and the fields that say it apart; with what stands between them in one.
_IN_ONE = {"place": (("address", "postcode", "city"), " "), "numbers": (("kvk", "rsin", "vat"), ", ")}
UNNAMED = "unnamed"  # what a card says of a record whose owner may not disclose the name
_NEVER = frozenset({"number", "agency", UNNAMED})  # the head of its column says whose it is


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a doubt. ``says``: key of `FIELDS` or of a field of the kind to text, in the reader's language.

    ``whose``: the party, or the register. ``url``: its page, where the reader may open it. ``note``: by which number
    and year its owner knows it. ``known``: whether there is anything to see; it may be gone since the doubt arose.
    ``unnamed``: it was delivered without a name, so that nothing else is to be seen.
    """

    key: Key
    whose: str
    own: bool
    says: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    note: str = ""
    unnamed: bool = False

    @property
    def known(self) -> bool:
        """Whether the reader sees anything of it."""
        return bool(self.says)

    @property
    def called(self) -> str:
        """Its name or title."""
        return self.says.get("name") or self.says.get("title") or self._unnamed()

    @property
    def told(self) -> str:
        """Its name, and by what one knows it: one's own number, else whose it is."""
        return f"{self.called} ({self.note or self.whose})" if self.known else self._unnamed()

    def _unnamed(self) -> str:
        return _("a record of %(whose)s") % {"whose": self.whose}


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of all the doubts of a page at once, and for whom."""

    party: int
    records: Mapping[str, Mapping[int, Record | Published]]
    cards: Mapping[tuple[int, str, int], Card]
    names: Mapping[int, str]

    def side(self, doubt: Doubt, kind: str, record_id: int, owner: int | None) -> Side:
        """One side of a doubt: the record where it is one's own or an entry, else its card."""
        whose = _("the trade register") if owner is None else self.names.get(owner, "")
        own = owner == self.party
        card = self.cards.get((doubt.pk, kind, record_id))
        record = self.records.get(kind, {}).get(record_id) if own or owner is None else None
        if record is not None:
            url = page_of(kind, record)
            note = f"{record.number}, {record.period}" if own and isinstance(record, Record) else ""
            # The card says some of it as the other side's does: a lead's place, what a case without a title is called.
            says = _ordered(carded(kind, card.says if card else {}) | says_of(kind, record))
            return Side((kind, record_id), whose, own=own, says=says, url=url, note=note)
        says = {} if card is None else card.says
        return Side((kind, record_id), whose, own=own, says=carded(kind, says), unnamed=bool(says.get(UNNAMED)))


def sides_of(doubts: Iterable[Doubt], party: int) -> dict[int, tuple[Side, Side]]:
    """Both sides of each doubt, by the doubt's id, as ``party`` (which acts) may see them."""
    listed = list(doubts)
    keys: dict[str, set[int]] = defaultdict(set)
    for doubt in listed:
        for kind, record, owner in _ends(doubt):
            if owner in (None, party):
                keys[kind].add(record)
    read = _Read(
        party=party,
        records={kind: _records(kind, ids) for kind, ids in keys.items()},
        cards={(card.doubt_id, card.record_kind, card.record_id): card for card in _cards(listed)},
        names=dict(Party.objects.values_list("pk", "name")),
    )
    ends = {doubt.pk: (doubt, *_ends(doubt)) for doubt in listed}
    return {pk: _aligned(read.side(doubt, *one), read.side(doubt, *other)) for pk, (doubt, one, other) in ends.items()}


def _aligned(one: Side, other: Side) -> tuple[Side, Side]:
    """Both sides with the same fields: what one of them says only in one, as a card may, both say so."""
    if not (one.known and other.known):
        return one, other
    ours, theirs = dict(one.says), dict(other.says)
    for whole, (parts, between) in _IN_ONE.items():
        both = (ours, theirs)
        apart = all(whole not in said or any(part in said for part in parts) for said in both)
        for said in both:
            in_one = said.pop(whole, "") or between.join(said[part] for part in parts if part in said)
            if not apart and in_one:
                said[whole] = in_one
                for part in parts:
                    said.pop(part, None)
    return replace(one, says=_ordered(ours)), replace(other, says=_ordered(theirs))


def _ends(doubt: Doubt) -> tuple[tuple[str, int, int | None], tuple[str, int, int | None]]:
    return (doubt.kind_a, doubt.record_a, doubt.owner_a_id), (doubt.kind_b, doubt.record_b, doubt.owner_b_id)


def _cards(doubts: list[Doubt]) -> Iterable[Card]:
    return Card.objects.filter(doubt__in=[doubt.pk for doubt in doubts])


def page_of(kind: str, record: Record | Published) -> str:
    """The page of a record, a delivered entry of the trade register or a loaded fact of it."""
    if isinstance(record, RegisterFact):
        return reverse("register:published", args=[record.kvk])
    return reverse("intake:record", args=[kind, record.pk])


def entry_of(member: IdentityMember) -> Published | None:
    """What the trade register says of what an own record is, where its identity is anchored.

    Nothing of a record without a name: codes lead to no entry, so that there is one would say that another has it too.
    """
    unnamed = member.record_kind == "organisation" and without_name(member.record_id).exists()
    anchors = Anchor.objects.filter(identity_id=member.identity_id)
    anchor = None if unnamed else anchors.select_related("entry", "fact").first()
    return None if anchor is None else anchor.entry or anchor.fact


def without_name(record: int | OuterRef) -> QuerySet[Organisation]:
    """The organisation ``record`` where it was delivered without a name; none where it has one."""
    return Organisation.objects.filter(pk=record, name="")


def _records(kind: str, ids: set[int]) -> Mapping[int, Record | Published]:
    if kind == ENTRY:
        both = [entry_and_fact(each) for each in ids]
        entries = RegisterEntry.objects.in_bulk([entry for entry, _fact in both if entry is not None])
        facts = RegisterFact.objects.in_bulk([fact for _entry, fact in both if fact is not None])
        return {**entries, **{-pk: fact for pk, fact in facts.items()}}
    try:
        table = writing.record_table(kind)
    except KeyError:
        return {}
    found = table.model._default_manager.filter(pk__in=ids)
    # Only the records that it refers to: a join to the delivery, its owner's alone, would hide a published entry.
    if referred := [f.name for f in table.model._meta.concrete_fields if _refers_to_record(f)]:
        found = found.select_related(*referred)
    return {record.pk: record for record in found}


def _refers_to_record(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.ForeignKey) and issubclass(field.related_model, Record)


def says_of(kind: str, record: Record | Published) -> dict[str, str]:
    """What a record says, key to text; what is kept in a table of its own, being more secret, is left out."""
    if isinstance(record, Published):
        return _entry_says(record)
    table = writing.record_table(kind)
    secret = {name for part in table.beside for name in part.fields}
    said: dict[str, str] = {}
    for each in kinds.kind(kind).fields:
        if each.name in secret | _NEVER:
            continue
        if each.refers_to is None:
            text = shown(each, standing.value_of(table, record, each))
        else:
            referred = getattr(record, table.columns.get(each.name, each.name))
            text = "" if referred is None else str(referred)
        if text:
            said[_CALLED.get(each.name, each.name)] = text
    return _ordered(said)


def carded(kind: str, says: Mapping[str, Any]) -> dict[str, str]:
    """What a card says, key to text, in the reader's language."""
    fields = kinds.kind(kind).fields_by_name
    said = {}
    for name, value in says.items():
        if name in _NEVER:
            continue
        known = fields.get(name)
        if known is None or known.refers_to is not None:
            text = _plain(value)
        else:
            text = shown(known, _read(value)) if not isinstance(value, dict) else _plain(value)
        if text:
            said[_CALLED.get(name, name)] = text
    return _ordered(said)


def _entry_says(entry: Published) -> dict[str, str]:
    address = " ".join(filter(None, (entry.street, entry.house_number)))
    said = {
        "name": entry.name,
        "other_names": ", ".join(entry.trade_names or []),
        "kvk": entry.kvk,
        "rsin": entry.rsin,
        "legal_form": entry.legal_form,
        "address": address,
        "postcode": entry.postcode,
        "city": entry.city,
        "website": entry.website,
    }
    return _ordered({key: text for key, text in said.items() if text})


def label_of(kind: str, key: str) -> Words:
    """What a key is called; the key itself where neither `FIELDS` nor the kind knows it."""
    known = kinds.kind(kind).fields_by_name.get(key)
    if key in FIELDS:
        return FIELDS[key]
    return known.labels if known is not None else Words(key, key)


def _ordered(said: Mapping[str, str]) -> dict[str, str]:
    places = {key: at for at, key in enumerate(FIELDS)}
    return dict(sorted(said.items(), key=lambda pair: places.get(pair[0], len(places))))


def _read(value: object) -> object:
    """A value of a card as a record would hold it: JSON has no dates."""
    day = parse_date(value) if isinstance(value, str) and len(value) == len("2024-01-31") else None
    return day or value


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value)))
    if isinstance(value, dict):
        return ", ".join(filter(None, map(_plain, value.values())))
    if isinstance(read := _read(value), dt.date):
        return formats.date_long(read)
    return "" if value is None else str(value)
