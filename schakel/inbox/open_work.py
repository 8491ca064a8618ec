"""What of the inbox lies with a person, and goes on without them."""

from __future__ import annotations

from schakel.inbox import queries
from schakel.inbox.actions import end_deputies, hand_over
from schakel.sharing.people.open_work import OpenWork, register
from schakel.words import Words

register(
    OpenWork(
        Words("werk in de inbox", "work in the inbox"),
        lambda party, person: queries.waiting_in_person(person, party).count(),
        hand_over,
    )
)
register(
    OpenWork(
        Words("waarneming, die eindigt", "standing in, which ends"),
        lambda party, person: queries.deputies_with(person, party).count(),
        end_deputies,
    )
)
