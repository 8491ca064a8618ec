"""Sessions in the database, read without working the question out again for every page.

Invariants: the session of a person ends a fixed time after it began, whatever is done in it, and sooner where nothing
is done in it (``SESSION_COOKIE_AGE`` and ``SESSION_IDLE``, in seconds). Both stand in the one moment at which the row
expires, so that a page asks nothing more for it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from schakel import prepared

Ended = Literal["", "idle", "over"]
BEGUN = "begun"  # where a session keeps when its person signed in, in seconds since the epoch
_LOADED = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's own, but for how one is read and when it ends.

    ``ended``: why the session that was asked for opens nothing any more, where it is known: nothing was done in it, or
    its time was over.
    """

    ended: Ended = ""

    def load(self) -> dict[str, Any]:
        """What the session holds; of one that is not there or has ended nothing, and then it gets a new key."""
        found = prepared.rows(_LOADED, [self.session_key, timezone.now()])
        if not found:
            self.ended = self._why()
            self._session_key = None
            return {}
        return self.decode(found[0][0])

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row as it is written: each time somebody does something, it ends so much later."""
        if SESSION_KEY in data:
            data.setdefault(BEGUN, int(timezone.now().timestamp()))
        row = super().create_model_instance(data)
        if SESSION_KEY in data:
            row.expire_date = ends_at(data[BEGUN])
        return row

    def used(self) -> None:
        """Let it end so much later, as something is done in it now; of what it holds nothing is written."""
        begun = self.get(BEGUN)
        if begun is None:  # of before sessions said when they began
            self[BEGUN] = int(timezone.now().timestamp())
        else:
            Session.objects.filter(pk=self.session_key).update(expire_date=ends_at(begun))

    def _why(self) -> Ended:
        row = Session.objects.filter(pk=self.session_key).first()
        held = self.decode(row.session_data) if row else {}
        if SESSION_KEY not in held:
            return ""
        return "over" if timezone.now() >= _over(held.get(BEGUN, 0)) else "idle"


def ends_at(begun: int) -> dt.datetime:
    """When a session ends that began then and in which something is done now."""
    return min(_over(begun), timezone.now() + dt.timedelta(seconds=settings.SESSION_IDLE))


def _over(begun: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(begun + settings.SESSION_COOKIE_AGE, tz=dt.UTC)
