"""Keys for the API: making one, withdrawing one, and knowing who comes with one."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.sharing.acting import acting
from schakel.sharing.models import Scope, Token
from schakel.trail.actions import note
from schakel.trail.actors import Actor

PREFIX = "schakel_"  # so that a key that leaked into a file or log can be found and told
_BYTES = 32  # of chance: guessing is hopeless, and a plain digest is enough
_LONGEST = dt.timedelta(days=366)


class TokenRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """A key cannot be made, or opens nothing; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who comes with a key: the actor, and what the key may be used for."""

    actor: Actor
    scopes: frozenset[str]
    token: int
    name: str


def make_token(*, actor: Actor, name: str, scopes: Collection[str], days: int = 365) -> tuple[Token, str]:
    """Make a key of the acting party; returns it with its text, which is never to be had again. Raises TokenRefused."""
    if not name.strip():
        raise TokenRefused(_("Give the key a name, so that you know later which system has it."))
    if not scopes or not set(scopes) <= set(Scope.values):
        raise TokenRefused(_("Choose what the key may be used for."))
    if not 0 < days <= _LONGEST.days:
        raise TokenRefused(_("A key holds for at most %(days)s days.") % {"days": _LONGEST.days})
    text = PREFIX + secrets.token_urlsafe(_BYTES)
    with acting(actor):
        made = Token.objects.create(
            owner_id=actor.owner,
            name=name.strip()[:80],
            digest=_digest(text),
            scopes=sorted(scopes),
            made_by_id=actor.person,
            expires_at=timezone.now() + dt.timedelta(days=days),
        )
        note(actor=actor, verb="made", kind="token", objects=[made.pk], scopes=made.scopes)
    return made, text


def withdraw_token(*, actor: Actor, token_id: int) -> None:
    """Withdraw a key of the acting party; it opens nothing from this moment. Raises Token.DoesNotExist."""
    with acting(actor):
        token = Token.objects.select_for_update().get(pk=token_id)
        if token.withdrawn_at is None:
            token.withdrawn_at, token.withdrawn_by_id = timezone.now(), actor.person
            token.save(update_fields=["withdrawn_at", "withdrawn_by"])
            note(actor=actor, verb="withdrew", kind="token", objects=[token.pk])


def bearer_of(text: str) -> Bearer:
    """Who comes with the key ``text``. Raises TokenRefused, which says why it opens nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sharing_token_of(%s)", [_digest(text)])
        found = cursor.fetchone()
    if found is None:
        raise TokenRefused(_("This key is not known; look whether all of it was copied."))
    token, owner, name, scopes, expires_at, withdrawn_at = found
    if withdrawn_at is not None:
        said = _("This key was withdrawn on %(day)s; ask your data steward for a new one.")
        raise TokenRefused(said % {"day": f"{withdrawn_at:%Y-%m-%d}"})
    if expires_at <= timezone.now():
        said = _("This key expired on %(day)s; ask your data steward for a new one.")
        raise TokenRefused(said % {"day": f"{expires_at:%Y-%m-%d}"})
    return Bearer(Actor(party=owner, process=f"token {token}"), frozenset(scopes), token, name)


def mark_used(bearer: Bearer) -> None:
    """Keep the day on which a key was last used; in the transaction of its bearer.

    Where another request is keeping it just now, that is enough: that may be a long one, and nobody waits for it.
    """
    today = timezone.localdate()
    due = Token.objects.filter(pk=bearer.token).exclude(used_on=today)
    for token in due.select_for_update(skip_locked=True):
        token.used_on = today
        token.save(update_fields=["used_on"])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
