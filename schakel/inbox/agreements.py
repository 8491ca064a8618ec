"""Agreements in the inbox: what waits for a signature, and what other parties did with theirs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from schakel.inbox.actions import put, settle, tell
from schakel.network.models import PartyKind, Role
from schakel.sharing.agreements import on_change
from schakel.sharing.models import Agreement
from schakel.trail.actors import Actor
from schakel.words import Words

_SIGNS = {PartyKind.AGENCY: Role.STEWARD, PartyKind.SECRETARIAT: Role.SECRETARY}
_TOLD = {
    "declined": Words("{who} tekent een afspraak niet", "{who} does not sign an agreement"),
    "suspended": Words("{who} schort een afspraak op", "{who} suspends an agreement"),
    "resumed": Words("{who} hervat een afspraak", "{who} resumes an agreement"),
    "ended": Words("{who} beëindigt een afspraak", "{who} ends an agreement"),
}
_TO_SIGN = Words("{who} stelt een afspraak voor: tekenen of afwijzen", "{who} proposes an agreement: sign or decline")


def _hear(agreement: Agreement, verb: str, actor: Actor) -> None:
    """In the transaction of the act: who must sign finds it waiting, who signed hears what another party did."""
    key, url = f"agreement:{agreement.pk}", reverse("sharing:agreement", args=[agreement.pk])
    parts = list(agreement.signatories.select_related("owner"))
    who = next(part.owner.name for part in parts if part.owner_id == actor.owner)
    said: dict[str, Any] = {"key": key, "body": Words(agreement.title, agreement.title), "url": url, "room": "sharing"}
    if verb in ("signed", "declined"):
        settle(actor=actor, party=actor.owner, key=key)
    for part in parts:
        if verb == "proposed":
            role = _SIGNS.get(PartyKind(part.owner.kind), Role.ADMINISTRATOR)
            put(actor=actor, party=part.owner_id, title=_named(_TO_SIGN, who), role=role, **said)
        elif verb in _TOLD and part.owner_id != actor.owner and part.ended_at is None and part.signed_by_id:
            title = _named(_TOLD[verb], who)
            tell(actor=actor, party=part.owner_id, person=part.signed_by_id, title=title, **said)


def _named(words: Words, who: str) -> Words:
    return Words(words.nl.format(who=who), words.en.format(who=who))


on_change(_hear)
