"""Who looked: each sight of records is a line of the trail, and of another party's one that this party reads too.

A sight of another's is under a mandate of an auditor, or under an agreement; the line says which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from schakel.sharing.mandates import standing
from schakel.sharing.models import Look
from schakel.sharing.opened import terms
from schakel.sharing.shareable import shareables
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def saw(
    *,
    actor: Actor,
    verb: str,
    kind: str,
    seen: Iterable[tuple[int | None, int]],
    **detail: Any,  # noqa: ANN401 - as JSON carries it
) -> None:
    """Write down that the acting party saw records: its own and published ones in a line, those of others as `looked`.

    ``seen``: owner and id of each.
    """
    listed = list(seen)
    told = looked(actor=actor, verb=verb, kind=kind, seen=[(owner, pk) for owner, pk in listed if owner is not None])
    rest = [pk for owner, pk in listed if owner not in told]
    if rest or not told:
        note(actor=actor, verb=verb, kind=kind, objects=rest, **detail)


def looked(*, actor: Actor, verb: str, kind: str, seen: Iterable[tuple[int, int]]) -> set[int]:
    """Write down, for each other party, that the acting party saw records of it; ``seen``: owner and id of each
    (0 where it is no record but something of all of them, such as the trail). Returns for which parties.

    In the running transaction of the acting party. What nobody gave a mandate for or agreed, as it is published, is no
    look.
    """
    by_owner: dict[int, list[int]] = defaultdict(list)
    for owner, pk in seen:
        if owner != actor.party:
            by_owner[owner].append(pk)
    if actor.party is None or not by_owner:
        return set()
    mandates = {mandate.owner_id: mandate.pk for mandate in standing(actor.party)}
    agreed = _agreed(kind) if by_owner.keys() - mandates.keys() else {}
    looks = [
        Look(
            owner_id=owner,
            mandate_id=mandates.get(owner),
            agreement_id=agreed[owner] if owner not in mandates else None,
            viewer_id=actor.party,
            person_id=actor.person,
            verb=verb,
            kind=kind,
            objects_ids=sorted(filter(None, ids)),
        )
        for owner, ids in by_owner.items()
        if owner in mandates or owner in agreed
    ]
    Look.objects.bulk_create(looks)
    for look in looks:
        under = f"mandate {look.mandate_id}" if look.mandate_id else f"agreement {look.agreement_id}"
        note(actor=actor, verb=verb, kind=kind, objects=look.objects_ids, concerns=look.owner_id, under=under)
    return {look.owner_id for look in looks}


def _agreed(kind: str) -> dict[int, int]:
    """By giver an agreement under which the acting party sees such things: of that kind, else one they come with."""
    found: dict[int, int] = {}
    for name in (kind, *(other.kind for other in shareables() if other.kind != kind)):
        for term in terms(name):
            found.setdefault(term.giver, term.agreement)
    return found
