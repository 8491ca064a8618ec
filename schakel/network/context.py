"""What every page shows of who is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from schakel.network.models import Person
from schakel.network.roles import WITHOUT_RECORDS


def who_acts(request: HttpRequest) -> dict[str, Any]:
    """Name of the person and of the party they act for, for the page's header.

    ``sees_no_records``: they only administer, so that the header leads to no records. ``several_roles``: they can
    choose another role to act in.
    """
    held = getattr(request, "role_held", None)
    if held is None:  # somebody who must set up a second factor has a name, and acts for nobody
        user = getattr(request, "user", None)
        return {"actor_name": user.name if isinstance(user, Person) else "", "party_name": "", "role_held": None}
    return {
        "actor_name": held.person.name,
        "party_name": held.party.name,
        "role_held": held,
        "sees_no_records": held.role in WITHOUT_RECORDS,
        "several_roles": len(held.person.roles_held or ()) > 1,
    }
