"""Fills the site of the pool, in a process of its own, and prints what two people of it may see and may not."""

from __future__ import annotations

import json
import sys
from typing import Any

import django

VIEWERS = ("bom", "nom")


def main() -> None:
    """BOM shares its projects and cases with NOM; each has a steward who is signed in, and a system with a key."""
    from schakel.network.actions import load_network
    from schakel.trail.actors import Actor
    from tests.sharing.leaking.worlds import enact, things
    from tests.sharing.test_leaks_found import SAID

    load_network(actor=Actor(party=None, process="test"))
    network = enact(things(), SAID)
    sys.stdout.write(json.dumps([_person(network, viewer) for viewer in VIEWERS]))


def _person(network: Any, viewer: str) -> dict[str, Any]:
    from schakel.intake.models import Delivery
    from schakel.leaking.crawling import expected
    from schakel.network.queries import party
    from schakel.sharing.models import Scope
    from schakel.sharing.tokens import make_token
    from tests.making import actor_for
    from tests.sharing.leaking.crawling import viewer as viewer_of

    whole = network.whole(viewer)
    strange = [one for one in network.things if not (network.owns(viewer, one) or one in whole)]
    _token, key = make_token(actor=actor_for(viewer), name="pool", scopes=Scope.values, days=1)
    return {
        "slug": viewer,
        "session": viewer_of(viewer).clients[""].cookies["sessionid"].value,
        "key": key,
        "shows": [(address, mark) for address, mark, _what in expected(network, viewer)],
        "not_there": [f"/records/{one.kind}/{one.id}/" for one in strange],
        "names": [one.mark("known") for one in network.things if one.kind == "organisation" and one.owner == viewer],
        "hidden": sorted(network.hidden(viewer)),
        "deliveries": list(Delivery.objects.filter(owner=party(viewer)).values_list("pk", flat=True)),
    }


if __name__ == "__main__":
    django.setup()
    main()
