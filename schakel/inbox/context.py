"""What the page's header shows of the inbox."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from schakel.inbox.counting import waiting_count
from schakel.network.models import RoleHeld
from schakel.network.roles import WITHOUT_RECORDS


def inbox_count(request: HttpRequest) -> dict[str, object]:
    """``inbox_count``: how many items wait for who is signed in; asked only where a page shows it."""
    held: RoleHeld | None = getattr(request, "role_held", None)
    if held is None or held.role in WITHOUT_RECORDS:
        return {"inbox_count": 0}
    return {"inbox_count": SimpleLazyObject(lambda: waiting_count(held.person_id, held.party_id))}
