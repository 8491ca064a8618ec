"""Who acts: a person for a party, or a process of the system itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, by ids.

    ``party``: for whom; None acts for no party and so sees no owned record. ``person``: None for a
    process, which ``process`` then names ("linker", "command line"). ``role``: in which of their roles at the party the
    person acts; empty where that is not known, as in work that goes on after they asked for it.
    """

    party: int | None
    person: int | None = None
    process: str = ""
    role: str = ""

    @property
    def owner(self) -> int:
        """The party that owns what is written. Raises ValueError where nobody acts for a party."""
        if self.party is None:
            raise ValueError("this can only be done by somebody who acts for a party")
        return self.party
