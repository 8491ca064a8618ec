"""What pages of search show: entries as links in the reader's language, by kind, with what narrows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from schakel.network.models import Party
from schakel.search.models import SearchEntry
from schakel.search.queries import Candidate, Found, entries
from schakel.search.registry import Source, sources
from schakel.sharing.looking import saw
from schakel.sharing.requests import PartyRequest
from schakel.web import formats

FEW = 5
"""So many of each kind are shown where all kinds are."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a reader sees it."""

    title: str
    subtitle: str
    url: str
    label: str
    period: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one kind: how many there are, those that are shown, and where the others are."""

    title: str
    count: int
    entries: list[Shown]
    all_url: str


def shown(request: PartyRequest, candidates: Sequence[Candidate]) -> list[Shown]:
    """The candidates that may be seen, in their order. Who sees them stands in the trail."""
    known, language = sources(), formats.language()
    seen = [entry for entry in entries(candidates) if entry.kind in known]
    for name in dict.fromkeys(entry.kind for entry in seen if entry.owner_id is not None):
        owned = [(entry.owner_id or 0, int(entry.object_id)) for entry in seen if entry.kind == name]
        saw(actor=request.actor, verb="found", kind=name, seen=owned)
    others = {entry.owner_id for entry in seen if entry.owner_id not in (None, request.actor.party)}
    names = dict(Party.objects.filter(pk__in=others).values_list("pk", "name")) if others else {}
    return [_shown(known[entry.kind], entry, language, names.get(entry.owner_id or 0, "")) for entry in seen]


def _shown(source: Source, entry: SearchEntry, language: str, owner: str) -> Shown:
    """``owner``: the name of the other party whose it is; empty for one's own and for what is for all."""
    english = language.startswith("en")
    subtitle = entry.subtitle_en if english else entry.subtitle
    return Shown(
        title=entry.title_en if english else entry.title,
        subtitle=" · ".join(filter(None, (subtitle, owner))),
        url=source.url(entry.object_id),
        label=source.label.in_(language).capitalize(),
        period=entry.period,
    )


def groups(request: PartyRequest, found: Found, asked: Mapping[str, str]) -> list[Group]:
    """The first few of each kind."""
    made = []
    for name, count in found.by_kind().items():
        few = [one for one in found.candidates if one.kind == name][:FEW]
        url = link(asked, soort=name) if count > FEW else ""
        made.append(Group(title(name), count, shown(request, few), url))
    return made


def title(kind: str) -> str:
    """What many of a kind are called, as a heading."""
    return sources()[kind].plural.in_(formats.language()).capitalize()


def link(asked: Mapping[str, str], **changed: str) -> str:
    """The query string of the same question with something else chosen."""
    return "?" + urlencode({name: value for name, value in {**asked, **changed}.items() if value})
