"""How long the floors below keep what is about people: tries to sign in, sessions, invitations, drafts, requests."""

from __future__ import annotations

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q

from schakel.network.models import SignInTry
from schakel.privacy.models import PersonalRequest, RequestState
from schakel.privacy.retention import Kept, register
from schakel.sharing.models import Agreement, Invitation
from schakel.words import Words

_SECURITY = Words("beveiliging: aanvallen herkennen en afweren", "security: to recognise and ward off attacks")


def _tries(_party: int | None, before: dt.datetime) -> list[int]:
    return list(SignInTry.objects.filter(at__lt=before).values_list("pk", flat=True))


def _forget_tries(_party: int | None, ids: list[int]) -> int:
    return SignInTry.objects.filter(pk__in=ids).delete()[0]


def _sessions(_party: int | None, before: dt.datetime) -> list[int]:
    return list(UserSession.objects.filter(last_seen_at__lt=before).values_list("pk", flat=True))


def _end_sessions(_party: int | None, ids: list[int]) -> int:
    ended = UserSession.objects.filter(pk__in=ids)
    Session.objects.filter(pk__in=list(ended.values_list("session_key", flat=True))).delete()
    return int(ended.delete()[0])


def _invitations(party: int | None, before: dt.datetime) -> list[int]:
    """Those that ended before: withdrawn, expired, or accepted."""
    ended = Q(withdrawn_at__lt=before) | Q(accepted_at__lt=before) | Q(accepted_at=None, expires_at__lt=before)
    return list(Invitation.objects.filter(ended, owner_id=party).values_list("pk", flat=True))


def _take_invitations(party: int | None, ids: list[int]) -> int:
    return Invitation.objects.filter(owner_id=party, pk__in=ids).delete()[0]


def _drafts(party: int | None, before: dt.datetime) -> list[int]:
    drafts = Agreement.objects.filter(owner_id=party, proposed_at=None, drafted_at__lt=before)
    return list(drafts.values_list("pk", flat=True))


def _take_drafts(party: int | None, ids: list[int]) -> int:
    count = Agreement.objects.filter(owner_id=party, proposed_at=None, pk__in=ids).count()
    Agreement.objects.filter(owner_id=party, proposed_at=None, pk__in=ids).delete()
    return count


def _requests(party: int | None, before: dt.datetime) -> list[int]:
    closed = PersonalRequest.objects.filter(owner_id=party, done_at__lt=before)
    over = closed.filter(state__in=[RequestState.DONE, RequestState.REFUSED]).exclude(identity="—")
    return list(over.values_list("pk", flat=True))


def _take_requests(party: int | None, ids: list[int]) -> int:
    """Who asked and what was answered go; that there was a request stays, in its counts and dates."""
    asked = PersonalRequest.objects.filter(owner_id=party, pk__in=ids).exclude(identity="—")
    return asked.update(asked_by="—", identity="—", answer="—", account=None)


register(
    Kept(
        "sign-in-tries",
        Words("Pogingen om aan te melden", "Tries to sign in"),
        Words("na de poging", "after the try"),
        _SECURITY,
        1,
        _tries,
        _forget_tries,
        of_parties=False,
    )
)
register(
    Kept(
        "sessions",
        Words("Sessies, met adres en browser", "Sessions, with address and browser"),
        Words("nadat zij het laatst gebruikt zijn", "after they were last used"),
        _SECURITY,
        30,
        _sessions,
        _end_sessions,
        of_parties=False,
    )
)
register(
    Kept(
        "invitations",
        Words("Uitnodigingen", "Invitations"),
        Words(
            "nadat zij aangenomen, ingetrokken of verlopen zijn", "after they were accepted or withdrawn, or expired"
        ),
        Words(
            "nagaan wie wie uitnodigde; daarna staat het in de rollen en het logboek",
            "to see who invited whom; after that it stands in the roles and the trail",
        ),
        90,
        _invitations,
        _take_invitations,
    )
)
register(
    Kept(
        "drafts",
        Words("Concepten van afspraken", "Drafts of agreements"),
        Words("nadat zij gemaakt zijn", "after they were made"),
        Words("een concept dat blijft liggen dient niets meer", "a draft that was left serves nothing any more"),
        365,
        _drafts,
        _take_drafts,
    )
)
register(
    Kept(
        "requests",
        Words("Afgehandelde verzoeken over gegevens", "Requests about data that were dealt with"),
        Words("nadat zij afgehandeld zijn", "after they were dealt with"),
        Words(
            "verantwoording en verjaring (vijf jaar, art. 3:310 BW)",
            "accountability and limitation (five years, art. 3:310 of the Civil Code)",
        ),
        1825,
        _requests,
        _take_requests,
    )
)
