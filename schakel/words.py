"""A text in the two languages of the network: Dutch first, English beside it.

For texts that are data (labels of record kinds, checks, indicators). Texts of pages go through
gettext; these do not, because they travel into exports, findings and mappings as well.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same text in Dutch and in English."""

    nl: str
    en: str

    def in_(self, language: str) -> str:
        """The text in ``language`` ("nl" or "en", also "en-gb"); Dutch for any other."""
        return self.en if language.startswith("en") else self.nl

    def format(self, **values: object) -> Words:
        """Both texts with ``{name}`` places filled in."""
        return Words(self.nl.format(**values), self.en.format(**values))
