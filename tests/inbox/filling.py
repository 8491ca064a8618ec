"""Work of every kind in the inbox of BOM's steward, for the browser's tests."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from schakel.inbox.actions import put, settle, tell
from schakel.network.actions import give_role
from schakel.network.models import Person
from schakel.network.queries import party
from schakel.trail.actors import Actor
from schakel.words import Words

LATE = Words("Aanlevering 2023: drie fouten wachten op herstel", "Delivery of 2023: three errors wait to be mended")
EXPECTED = Words("Lever de participaties van 2024 aan", "Deliver the positions of 2024")
CALL = Words("Bel de penvoerder terug", "Call the consortium lead back")
MENTION = Words("Sara noemde u bij een bevinding over Zonneveld", "Sara mentioned you about a finding on Zonneveld")
MORE = Words("Kijk naar de bedragen in kolom F.", "Please look at the amounts in column F.")


def fill_inbox(password: str) -> None:
    """Put it there; again brings it back to how it was."""
    bom = party("bom")
    give_role(
        actor=Actor(party=None, process="test"),
        email="colleague@example.org",
        name="Colleague",
        party=bom,
        role="reader",
        password=password,
    )
    steward = Person.objects.get(email="steward@example.org").pk
    own, secretariat = Actor(party=bom.pk, process="test"), Actor(party=party("rom-nederland").pk, process="test")
    today = timezone.localdate()
    words = {"party": bom.pk, "url": "/aanleveringen/"}
    put(actor=own, key="errors", title=LATE, person=steward, due=today - dt.timedelta(days=3), urgent=True, **words)
    due = today + dt.timedelta(days=5)
    put(actor=secretariat, key="expected", title=EXPECTED, body=MORE, role="steward", due=due, **words)
    asked = Words(f"{timezone.now():%H:%M:%S}", f"{timezone.now():%H:%M:%S}")  # another text makes it wait again
    put(actor=own, key="call", title=CALL, body=asked, person=steward, by_hand=True, **words)
    tell(actor=secretariat, key="talk", title=MENTION, body=MORE, person=steward, **words)
    put(actor=own, key="done", title=EXPECTED, role="steward", **words)
    settle(actor=own, party=bom.pk, key="done")
