"""What waits for a reviewer: one item in the inbox of a party while anything is doubtful, however much that is.

What the item says holds the moment of the newest doubt, so it is new again with each new one and at no other time.
"""

from __future__ import annotations

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import override

from schakel.inbox.actions import put, settle
from schakel.network.models import Party, PartyKind, Role
from schakel.register.models import Doubt
from schakel.register.queries import DECIDES, PAIR, standing_judgements
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor
from schakel.web.formats import moment_long
from schakel.words import Words

KEY = "register:doubts"
_ROLES = {PartyKind.AGENCY: Role.STEWARD, PartyKind.SECRETARIAT: Role.IDENTITY_STEWARD}
_TITLE = Words("Zeg of records hetzelfde zijn", "Say whether records are the same")
_BODY = Words(
    "Van een of meer paren is het niet zeker; het nieuwste is van {moment}.",
    "Of one or more pairs it is not sure; the newest is of {moment}.",
)


def remind_reviewers() -> int:
    """Put, change or settle the item of each agency and of the secretariat; returns for how many something waits."""
    found = Party.objects.filter(kind__in=_ROLES)
    return sum(_remind(party) for party in found)


def _remind(party: Party) -> bool:
    actor = Actor(party=party.pk, process="worker")
    with acting(actor):
        newest = _unanswered(party.pk).aggregate(newest=Max("since"))["newest"]
        if newest is None:
            settle(actor=actor, party=party.pk, key=KEY)
            return False
        said = {}
        for language in ("nl", "en"):
            with override(language):
                said[language] = moment_long(newest)
        put(
            actor=actor,
            party=party.pk,
            key=KEY,
            title=_TITLE,
            body=Words(_BODY.nl.format(moment=said["nl"]), _BODY.en.format(moment=said["en"])),
            url=reverse("register:doubts"),
            role=_ROLES[PartyKind(party.kind)],
            room="register",
        )
    return True


def _unanswered(party: int) -> QuerySet[Doubt]:
    """What is doubtful and not yet answered for a party, which acts."""
    answers = {name: OuterRef(name) for name in PAIR}
    said = standing_judgements().filter(owner_id=party, verdict__in=DECIDES, **answers)
    return Doubt.objects.filter(~Exists(said), settled_at__isnull=True)
