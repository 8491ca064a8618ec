"""From where something is done: by what way in, and from which address; said once for a request, and read by `note`.

Invariant: the address itself is never in a line. A line holds a mark, the SHA-256 of a salt of its own and the
address; salt and address stand apart (``Origin``) and are taken away after a while, and the line proves the same.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

_SALT = 16  # bytes of chance: there are few addresses, and a mark alone must tell none of them


class Channel(models.TextChoices):
    """The way in."""

    PAGE = "page", _("page")
    API = "api", _("API")
    JOB = "job", _("background job")
    COMMAND = "command", _("command")


@dataclass(slots=True)
class Whence:
    """By what way and from which address (empty where there is none).

    ``verbs``: of the lines written there so far; ``refused``: somebody was told that something is not done.
    """

    channel: Channel
    address: str = ""
    verbs: list[str] = field(default_factory=list)
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """An address with its salt and mark, for one line."""

    mark: str
    salt: bytes
    address: str


_current: ContextVar[Whence | None] = ContextVar("whence", default=None)


@contextmanager
def coming_from(channel: Channel, address: str = "") -> Iterator[Whence]:
    """What follows is done by this way, from this address."""
    whence = Whence(channel, address)
    token = _current.set(whence)
    try:
        yield whence
    finally:
        _current.reset(token)


def whence() -> Whence:
    """From where it is done now: outside a request, as a job in the background processes, else as a command."""
    found = _current.get()
    if found is None:
        background = settings.DATABASE_ROLE in ("worker", "counter", "linker")
        return Whence(Channel.JOB if background else Channel.COMMAND)
    return found


def marked(address: str) -> Marked:
    """``address`` with a fresh salt."""
    salt = secrets.token_bytes(_SALT)
    return Marked(hashlib.sha256(salt + address.encode()).hexdigest(), salt, address)
