"""What is refused of a key, a list or an index, in the two languages of the network."""

from __future__ import annotations

from schakel.words import Words


class KeyedRefused(Exception):  # noqa: N818 - a refusal with words for who asked, as elsewhere in the rooms
    """Why it is not done, and what to do about it; nothing was written."""

    def __init__(self, why: Words) -> None:
        super().__init__(why.en)
        self.why = why


def refused(nl: str, en: str, **values: object) -> KeyedRefused:
    """A refusal in both languages, ``{name}`` places filled in."""
    return KeyedRefused(Words(nl, en).format(**values))
