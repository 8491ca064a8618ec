"""What is known already that may be the organisation somebody is typing: own records, and the trade register.

Nothing of another party is looked at: the index holds what the acting party owns and what is published, and what it
gives is read again behind the walls. So the answer is the same whatever others have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl
from django.db import connection

from schakel.intake.records import RecordState
from schakel.network.models import PartyKind
from schakel.register.entry.keys import house_number, keys_of
from schakel.register.facts.entries import Entry, of_delivered, of_fact
from schakel.register.joining.agreement import Agreement
from schakel.register.joining.evidence import RANKS, RULES, Statement, judge, same_number, statements
from schakel.register.joining.names import agreement, spelled
from schakel.register.matching import normalising as n
from schakel.register.models import Organisation, RegisterEntry, RegisterFact
from schakel.words import Words

SHOWN_OWN, SHOWN_PUBLISHED = 3, 5
_COMMON, _READ = 100, 24  # records that share a key, and that are read of each source
_SHORTEST = 3  # letters
_ASK = "SELECT kind, record FROM register_known(%s, %s, %s)"
_MORE = {
    "number-other-name": Words("zelfde nummer, andere naam", "same number, another name"),
    "begins": Words("naam begint zo", "name begins like this"),
    "like": Words("naam lijkt", "name is alike"),
    "sisters": Words("zelfde groep", "same group"),
}
_ORDER = ("number-other-name", *RANKS, "begins", "like", "sisters")
_STATED = ("id", "name", "legal_form", "kvk", "rsin", "postcode", "city", "country")
_TYPED = 0


@dataclass(frozen=True, slots=True)
class Likely:
    """A known organisation, as an own record or a published entry; ``rule`` says why it is pointed out."""

    rule: str
    own: Organisation | None = None
    entry: Entry | None = None

    @property
    def why(self) -> Words:
        """The reason in words."""
        return _MORE.get(self.rule) or RULES[self.rule]

    @property
    def chosen(self) -> str:
        """What says which entry it is, when somebody chooses it; see `chosen_entry`."""
        return f"{self.entry.table}:{self.entry.id}" if self.entry is not None else ""


def likely(typed: Mapping[str, str]) -> list[Likely]:
    """The organisations that ``typed`` (texts by field of the kind) may be, own ones first, the likeliest first.

    For the acting party, in a transaction in which it acts. Empty while too little is typed to say anything.
    """
    said = _said(typed)
    keys = keys_of(said)["keys"][0].to_list()
    if not any(len(str(typed.get(name) or "")) >= _SHORTEST for name in ("name", "kvk", "vat", "rsin", "website")):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [keys, _COMMON, _READ])
        found: dict[str, list[int]] = {}
        for kind, record in cursor.fetchall():
            found.setdefault(kind, []).append(record)
    own = list(Organisation.objects.filter(pk__in=found.get("organisation", ())).exclude(state=RecordState.WITHDRAWN))
    entries = _newest_of_each([*_delivered(found), *_loaded(found)])
    judged = _judged(typed, own, entries)
    return [*_own(judged, own), *_published(judged, entries, len(own))]


def chosen_entry(chosen: str) -> Entry | None:
    """The entry that somebody chose; None where there is none of that name."""
    kind, _, number = chosen.partition(":")
    found = {kind: [int(number)]} if number.isdecimal() else {}
    return next(iter([*_delivered(found), *_loaded(found)]), None)


def _said(typed: Mapping[str, str]) -> pl.DataFrame:
    """What is typed, as keys are made of."""
    text = {name: (typed.get(name) or "").strip() or None for name in (*_STATED, "vat", "address", "website")}
    frame = pl.DataFrame([text], dict.fromkeys(text, pl.String))
    tax = pl.col("vat").str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "").str.extract(r"^NL(\d{9})B")
    return frame.select(
        id=pl.lit(_TYPED, pl.Int64),
        names=pl.concat_list("name"),
        numbers=pl.concat_list(n.kvk(pl.col("kvk"))),
        rsin=pl.coalesce(n.digits(pl.col("rsin"), 9), tax),
        postcode="postcode",
        house_number=house_number(pl.col("address")),
        website="website",
    )


def _delivered(found: Mapping[str, list[int]]) -> Iterator[Entry]:
    listed = RegisterEntry.objects.filter(pk__in=found.get("register_entry", ()), owner__kind=PartyKind.SECRETARIAT)
    yield from map(of_delivered, listed.exclude(state=RecordState.WITHDRAWN))


def _loaded(found: Mapping[str, list[int]]) -> Iterator[Entry]:
    facts = RegisterFact.objects.select_related("load").defer("keys")
    yield from map(of_fact, facts.filter(pk__in=found.get("register_fact", ())))


def _newest_of_each(entries: Iterable[Entry]) -> list[Entry]:
    """One entry a number: of those that are delivered and loaded the newest."""
    newest: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda one: (one.as_of, one.table, one.id)):
        newest[entry.kvk or entry.rsin or entry.name] = entry
    return list(newest.values())


def _judged(typed: Mapping[str, str], own: list[Organisation], entries: list[Entry]) -> dict[int, str]:
    """Place in own and then entries, from 1, to the reason for which it is likely; without those that are not."""
    rows = [(_TYPED, *(_text(typed.get(name)) for name in _STATED[1:]))]
    rows += [
        (at, one.name, one.legal_form, one.kvk, one.rsin, one.postcode, one.city, one.country)
        for at, one in enumerate(own, start=1)
    ]
    rows += [
        (at, name, entry.legal_form, entry.kvk, entry.rsin, entry.postcode, entry.city, "NL")
        for at, entry in enumerate(entries, start=1 + len(own))
        for name in (entry.name, *entry.trade_names, *entry.former_names)
    ]
    schema = {"id": pl.Int64} | dict.fromkeys(_STATED[1:], pl.String)
    frame = pl.DataFrame(rows, schema, orient="row").with_columns(
        n.kvk(pl.col("kvk")),
        n.digits(pl.col("rsin"), 9),
        *n.placed(pl.col("postcode"), pl.col("city"), pl.col("country")),
        spelled=spelled(pl.col("name"), pl.col("legal_form")),
    )
    stated = statements(frame)
    typed_one = stated.pop(_TYPED)
    reasons = {at: _reason(typed_one, other) for at, other in stated.items()}
    return {at: reason for at, reason in reasons.items() if reason}


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None


def _reason(typed: Statement, known: Statement) -> str:
    """Why ``known`` may be what is typed; "" where nothing speaks for it but a key."""
    if rule := judge(typed, known):
        return rule
    if same_number(typed, known):
        return "number-other-name"
    if not any(typed.names):
        return ""
    begun = "".join(typed.names[0].split())
    if len(begun) >= _SHORTEST and any("".join(name.split()).startswith(begun) for name in known.names):
        return "begins"
    agreed = {agreement(one, other) for one in typed.names for other in known.names}
    if max(agreed) >= Agreement.LIKE:
        return "like"
    return "sisters" if Agreement.SISTERS in agreed else ""


def _own(judged: Mapping[int, str], own: list[Organisation]) -> list[Likely]:
    """Of each permanent number the newest year."""
    best: dict[str, tuple[int, int, Likely]] = {}
    for at, one in sorted(enumerate(own, start=1), key=lambda pair: pair[1].period):
        if reason := judged.get(at):
            best[one.number] = (_ORDER.index(reason), -one.period, Likely(reason, own=one))
    ranked = sorted(best.items(), key=lambda item: (item[1][0], item[1][1], item[0]))
    return [found for _number, (_rank, _period, found) in ranked[:SHOWN_OWN]]


def _published(judged: Mapping[int, str], entries: list[Entry], before: int) -> list[Likely]:
    """Those that still stand come before those that are gone, at one rank."""
    found = [
        (_ORDER.index(reason), entry.gone, entry.name, entry.id, Likely(reason, entry=entry))
        for at, entry in enumerate(entries, start=1 + before)
        if (reason := judged.get(at))
    ]
    return [one for *_order, one in sorted(found, key=lambda row: row[:4])[:SHOWN_PUBLISHED]]
