"""Who may open the pages of reviewing, and which doubts a page is about."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from schakel.network.models import Party
from schakel.register.forms import ChosenForm
from schakel.register.models import Doubt
from schakel.register.queries import REVIEWERS, Asked, Chosen, chosen, doubts
from schakel.sharing.requests import PartyRequest

KEPT = ("soort", "tussen", "betwist")  # the filters that go along from one doubt to the next


def reviews(request: HttpRequest) -> bool:
    """Whether the visitor judges what is doubtful: for the navigation."""
    held = getattr(request, "role_held", None)
    return held is not None and (held.party.kind, held.role) in REVIEWERS


def must_review(request: PartyRequest) -> None:
    """Raises PermissionDenied for who does not judge what is doubtful."""
    if not reviews(request):
        raise PermissionDenied(_("Data stewards judge this, and between agencies the identity steward; you may not."))


def filtering(request: PartyRequest) -> ChosenForm:
    """The filters of this page, with those things and parties to choose from of which there is something doubtful."""
    seen = Doubt.objects.values_list("thing", "owner_a_id", "owner_b_id").distinct()
    things = sorted({thing for thing, _one, _other in seen})
    others = {
        owner for _thing, one, other in seen for owner in (one, other) if owner not in (None, request.actor.owner)
    }
    parties = list(Party.objects.filter(pk__in=others))
    return ChosenForm(request.GET or None, things=things, parties=parties)


def asked(request: PartyRequest, what: Chosen) -> QuerySet[Asked]:
    """The doubts that are asked for, of those that the acting party sees."""
    return chosen(doubts(request.actor), what, four_eyes=settings.FOUR_EYES)


def kept(given: QueryDict, **more: object) -> str:
    """The filters that go along as a query string, with ``more``; empty where there is nothing to say."""
    query = QueryDict(mutable=True)
    for name in KEPT:
        if given.get(name):
            query[name] = given.get(name, "")
    for name, value in more.items():
        query[name] = str(value)
    return f"?{query.urlencode()}" if query else ""
