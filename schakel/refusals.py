"""What is refused, said in both languages: it may be read by somebody else than who asked, later, or in their mail."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import get_language, override

from schakel.words import Words


class Refusal(Exception):  # noqa: N818 - what happened, as users would say it
    """Something is not done; the message says why and what to do, ``words`` the same in both languages.

    ``text``: words; or a lazy translation with ``values`` for its places; or a text as it is.
    """

    def __init__(self, text: str | Promise | Words, **values: object) -> None:
        self.words = text if isinstance(text, Words) else in_both(lambda: str(text) % values if values else str(text))
        super().__init__(self.words.in_(get_language() or "nl"))


def in_both(tell: Callable[[], str]) -> Words:
    """What ``tell`` says in Dutch and in English."""
    with override("nl"):
        dutch = tell()
    with override("en"):
        return Words(dutch, tell())
