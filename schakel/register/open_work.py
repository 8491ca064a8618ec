"""What of identity lies with a person, and goes on without them."""

from __future__ import annotations

from schakel.register.actions.leasing import release_of
from schakel.register.models import Lease
from schakel.sharing.people.open_work import OpenWork, register
from schakel.words import Words

register(
    OpenWork(
        Words("twijfels in behandeling", "doubts they were looking at"),
        lambda party, person: Lease.objects.filter(owner_id=party, person_id=person).count(),
        release_of,
    )
)
