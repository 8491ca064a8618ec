"""The gate in front of the API: only for the bearer of a key that is good for what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from schakel.sharing.tokens import Bearer, mark_used
from schakel.trail.actors import Actor


class KeyRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """Nobody comes with a key, or it opens nothing; ``status`` is 401, or 403 for a key that is not for this."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class ForKeys:
    """What an operation asks of a key: ``@router.get(..., auth=ForKeys("read"))``."""

    scope: str

    def __call__(self, request: HttpRequest) -> Bearer:
        """Who comes with the key. Raises KeyRefused."""
        bearer = _bearer(request)
        if self.scope not in bearer.scopes:
            said = _("This key is not for %(scope)s; ask your data steward for one that is.")
            raise KeyRefused(said % {"scope": self.scope}, 403)
        mark_used(bearer)
        return bearer


def actor_with(request: HttpRequest) -> Actor:
    """For whom the key acts. Raises KeyRefused."""
    return _bearer(request).actor


def _bearer(request: Any) -> Bearer:  # noqa: ANN401 - what the middleware put on it has no type of its own
    bearer: Bearer | None = request.bearer
    if bearer is None:
        none = _("Send a key: Authorization: Bearer ... A data steward can make one.")
        raise KeyRefused(request.key_refused or none, 401)
    return bearer
