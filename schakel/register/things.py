"""What the sorts of things that have identity are called."""

from __future__ import annotations

from dataclasses import dataclass

from schakel.intake import kinds
from schakel.words import Words


@dataclass(frozen=True, slots=True)
class ThingWords:
    """What one of a sort is called, and several."""

    one: Words
    plural: Words


# A thing that is called otherwise than the kind its records are of.
_OTHERWISE = {"round": ThingWords(Words("investeringsronde", "round"), Words("investeringsrondes", "rounds"))}


def thing_words(thing: str) -> ThingWords:
    """What a sort of thing is called: as the kind of its records, where that has its name."""
    if thing in _OTHERWISE:
        return _OTHERWISE[thing]
    try:
        kind = kinds.kind(thing)
    except KeyError:
        return ThingWords(Words(thing, thing), Words(thing, thing))
    return ThingWords(kind.labels, kind.plural)
