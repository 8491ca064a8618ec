"""What of deliveries lies with a person, and goes on without them."""

from __future__ import annotations

from schakel.intake.actions import hand_over_care, hand_over_handings
from schakel.intake.models import Caretaker, Handing
from schakel.sharing.people.open_work import OpenWork, register
from schakel.words import Words

register(
    OpenWork(
        Words("bevindingen om te herstellen", "findings to mend"),
        lambda party, person: Handing.objects.filter(owner_id=party, person_id=person, settled_at__isnull=True).count(),
        hand_over_handings,
    )
)
register(
    OpenWork(
        Words("soorten gegevens onder hun zorg", "kinds of records in their care"),
        lambda party, person: Caretaker.objects.filter(owner_id=party, person_id=person).count(),
        hand_over_care,
    )
)
