"""Questions about an organisation for its page; for the acting party, which sees its own lines of the log alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.urls import reverse

from schakel.network.models import Party
from schakel.register.facts.entries import Entry, entry_by_rsin, entry_of, entry_with
from schakel.register.matching import RULES
from schakel.register.models import Anchor, Decision, FamilyTie, IdentityMember, Organisation
from schakel.words import Words

_THING = "organisation"
_BY = {
    "person": Words("een mens", "a person"),
    "model": Words("het model", "the model"),
    "rule": Words("regel", "rule"),
}
_WHAT = {
    "linked": Words("hoort bij identiteit {identity}", "is of identity {identity}"),
    "moved": Words("verplaatst van {other} naar identiteit {identity}", "moved from {other} to identity {identity}"),
}
_OTHERWISE = Words("{verb} ({identity})", "{verb} ({identity})")
_FAMILY = Words("{reason}", "{reason}")
_REASONS = {
    "name-address": Words("verwante naam op hetzelfde adres", "related name at the same address"),
    "name-site": Words("verwante naam met dezelfde website", "related name with the same site"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the identity log about an own record: when, what, of which record, and why."""

    at: dt.datetime
    what: Words
    record: str
    why: Words


@dataclass(frozen=True, slots=True)
class Family:
    """Another organisation of the same corporate family, where its page is, and why it is thought so."""

    name: str
    url: str
    why: Words


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """That another party lets the acting party know that it knows an organisation, and where that is shown."""

    party: str
    url: str


def known_at(numbers: Iterable[str]) -> list[Elsewhere]:
    """Who else knows an organisation with one of these KvK numbers, of those that say so by agreement."""
    asked = sorted({number for number in numbers if number})
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT owner_id, id FROM register_known_at(%s)", [asked])
        found = dict(cursor.fetchall())
    parties = Party.objects.filter(pk__in=found)
    return [Elsewhere(one.name, reverse("sharing:card", args=["organisation", found[one.pk]])) for one in parties]


def entry_for(record: Organisation) -> tuple[Entry | None, bool]:
    """The register's entry of an organisation, and whether that was decided: by its anchor, else by its own numbers.

    None of one without a name: see `sides.entry_of`.
    """
    if not record.name:
        return None, False
    member = IdentityMember.objects.filter(thing=_THING, record_kind="organisation", record_id=record.pk).first()
    anchor = Anchor.objects.filter(identity_id=member.identity_id).first() if member is not None else None
    if anchor is not None:
        found = entry_with(anchor.entry_id, anchor.fact_id)
        if found is not None:
            return found, True
    return entry_of(record.kvk or "") or entry_by_rsin(record.rsin or ""), False


def steps_of(own: Iterable[Organisation]) -> list[Step]:
    """The lines of the log about own records, newest first.

    None about those without a name: by what codes they were joined would say that another party has them too.
    """
    named = {one.pk: f"{one.number} ({one.period})" for one in own if one.name}
    lines = Decision.objects.filter(thing=_THING, record_kind="organisation", record_id__in=named)
    return [
        Step(line.at, _what(line), named.get(line.record_id or 0, ""), _why(line)) for line in lines.order_by("-pk")
    ]


def _what(line: Decision) -> Words:
    said = _WHAT.get(line.verb, _OTHERWISE)
    return said.format(identity=line.identity_id, other=line.other_id or "", verb=line.verb)


def _why(line: Decision) -> Words:
    by = _BY.get(line.by, _BY["rule"])
    rule = RULES.get(line.rule, Words(line.rule, line.rule))
    evidence = f" ({line.evidence})" if line.evidence else ""
    return Words(f"{by.nl}: {rule.nl}{evidence}", f"{by.en}: {rule.en}{evidence}")


def family_of(own: Iterable[Organisation], entry: Entry | None) -> list[Family]:
    """Others of the family: own records tied to own ones, and published entries tied to the entry; each name once."""
    found = {one.name: one for one in (*_own_family(own), *_published_family(entry))}
    return [found[name] for name in sorted(found)]


def _own_family(own: Iterable[Organisation]) -> list[Family]:
    ids = {one.pk for one in own}
    others = _tied("organisation", ids)
    records = Organisation.objects.filter(pk__in=set(others) - ids)
    return [
        Family(one.name, reverse("register:organisation", args=[one.pk]), others[one.pk])
        for one in records.order_by("pk")
    ]


def _published_family(entry: Entry | None) -> list[Family]:
    if entry is None:
        return []
    others = _tied(entry.table, {entry.id})
    fact = entry.table == "register_fact"
    found = [(other, entry_with(None if fact else other, other if fact else None)) for other in sorted(others)]
    return [
        Family(one.name, reverse("register:published", args=[one.kvk]) if one.kvk else "", others[other])
        for other, one in found
        if one is not None
    ]


def _tied(kind: str, ids: set[int]) -> dict[int, Words]:
    """The ids at the other end of the ties of ``ids``, and why."""
    ties = FamilyTie.objects.filter(Q(one_id__in=ids) | Q(other_id__in=ids), record_kind=kind).order_by("pk")
    return {
        (tie.other_id if tie.one_id in ids else tie.one_id): _REASONS.get(tie.reason, _FAMILY.format(reason=tie.reason))
        for tie in ties
    }
