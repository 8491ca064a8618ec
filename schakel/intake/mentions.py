"""Recognising whom a text mentions: "@Jan de Vries", "@jan" where there is one Jan, "@jan.devries" as in an address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from schakel.network.models import Person

_EDGE = r"(?![\w-])"


def mentioned_in(text: str, people: Iterable[Person]) -> set[int]:
    """Ids of those of ``people`` whom ``text`` mentions; a name that two of them have mentions neither."""
    named = [(name, person.pk) for person in people for name in _names(person)]
    shared = {name for name, count in Counter(name for name, _ in named).items() if count > 1}
    said, found = text.casefold(), set()
    # The longest first: who is called "Jan de Vries" is not also the "Jan" that somebody else is.
    for name, person in sorted(named, key=lambda pair: -len(pair[0])):
        said, count = re.subn(rf"(?<![\w.])@{re.escape(name)}{_EDGE}", " ", said)
        if count and name not in shared:
            found.add(person)
    return found


def _names(person: Person) -> set[str]:
    """How somebody is called: the whole name, the first name, and what stands before the @ of their address."""
    whole = " ".join(person.name.casefold().split())
    return {name for name in (whole, whole.partition(" ")[0], person.email.casefold().partition("@")[0]) if name}
