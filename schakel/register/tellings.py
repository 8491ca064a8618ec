"""What a round of joining was to each party, kept for the page of its delivery and the list of rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from schakel.intake.models import Delivery, DeliveryState
from schakel.network.models import Party, PartyKind
from schakel.register.models import JoiningRound, RoundTold
from schakel.register.moves import Moves, kept
from schakel.register.rounds import Linked
from schakel.trail.models import Entry

KEPT = 20  # rounds of which it is kept where their records were before: until the effect is counted
_VERBS = ("born", "linked", "merged", "split")


def tell_round(done: Sequence[Linked]) -> JoiningRound | None:
    """Keep what a round did, with the linker's rights; nothing of one that followed no delivery and changed nothing."""
    before: Moves = {}
    for each in done:
        before |= each.before
    deliveries = _deliveries()
    if not before and not deliveries:
        return None
    found = JoiningRound.objects.create(moves=kept(before))
    new = {owner for each in done for owner in each.new}
    for party in Party.objects.filter(pk__in=new | deliveries.keys(), kind=PartyKind.AGENCY).order_by("pk"):
        things = {each.thing: {"linked": each.new[party.pk]} for each in done if party.pk in each.new}
        _tell(found, party, things, deliveries.get(party.pk, []))
    network = {each.thing: said for each in done if (said := _network(each))}
    for party in Party.objects.filter(kind=PartyKind.SECRETARIAT).order_by("pk"):
        _tell(found, party, network, deliveries.get(party.pk, []))
    _forget_old()
    return found


def _network(linked: Linked) -> Mapping[str, int]:
    return {verb: linked.verbs[verb] for verb in _VERBS if linked.verbs.get(verb)}


def _tell(found: JoiningRound, party: Party, things: Mapping[str, Any], deliveries: Sequence[int]) -> None:
    RoundTold.objects.create(owner=party, round=found, things=dict(things), deliveries=list(deliveries))


def _deliveries() -> dict[int, list[int]]:
    """The deliveries that were accepted and of no round yet, by owner.

    Before anything was told of rounds: those accepted since the last one, as all others were joined in one before.
    """
    accepted = Delivery.objects.filter(state=DeliveryState.ACCEPTED, accepted_at__isnull=False)
    if not RoundTold.objects.exists():
        last = Entry.objects.filter(verb="linked").order_by("-pk").values_list("at", flat=True).first()
        accepted = accepted.filter(accepted_at__gt=last) if last else accepted
    known = {one for told in RoundTold.objects.values_list("deliveries", flat=True) for one in told}
    found: dict[int, list[int]] = {}
    for delivery, owner in accepted.order_by("pk").values_list("pk", "owner_id"):
        if delivery not in known:
            found.setdefault(owner, []).append(delivery)
    return found


def _forget_old() -> None:
    """Take away what old rounds moved: it was counted, and is of no other use."""
    old = JoiningRound.objects.order_by("-pk").values_list("pk", flat=True)[KEPT:]
    JoiningRound.objects.filter(pk__in=list(old), moves__isnull=False).update(moves=None)
