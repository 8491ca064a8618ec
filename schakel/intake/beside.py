"""What rooms above put beside intake's own pages: panels on a record's page, and help while a record is typed.

Invariant: intake calls what was registered for a kind and knows no more of it; what is shown is the room's own part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from schakel.intake.records import Record
from schakel.sharing.requests import PartyRequest

Panel = Callable[[PartyRequest, Record], SafeString]


@dataclass(frozen=True, slots=True)
class EntryAid:
    """Help while somebody types a record of ``kind``.

    ``look``: a part of a page about the texts typed so far (by field), with buttons named ``_use`` to choose by.
    ``fill``: the texts that what was chosen gives, by field; nothing where there is no such thing.
    """

    kind: str
    look: Callable[[PartyRequest, Mapping[str, str]], SafeString]
    fill: Callable[[str], dict[str, str]]


_panels: dict[str, list[Panel]] = {}
_aids: dict[str, EntryAid] = {}


def register_panel(kind: str, panel: Panel) -> None:
    """Have ``panel`` shown on the page of each record of ``kind``, after those that were there before."""
    if panel not in _panels.setdefault(kind, []):
        _panels[kind].append(panel)


def panels(request: PartyRequest, kind: str, record: Record) -> list[SafeString]:
    """The panels of a record, each a part of a page; those that have nothing to say are left out."""
    return [made for panel in _panels.get(kind, ()) if (made := panel(request, record))]


def register_aid(aid: EntryAid) -> EntryAid:
    """Add help for a kind. Raises ValueError where it has another."""
    if _aids.setdefault(aid.kind, aid) != aid:
        raise ValueError(f"two helps for {aid.kind}")
    return aid


def aid_for(kind: str) -> EntryAid | None:
    """The help for a kind; None where there is none."""
    return _aids.get(kind)
