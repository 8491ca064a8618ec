"""What can be shared: each room declares the kinds of things that a clause of an agreement may open.

Invariant: an agreement names what it covers by kind and number; sharing knows no more of a kind than stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from schakel.sharing.models import Reach
from schakel.words import Words

Told = Callable[[Mapping[str, object]], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Shareable:
    """A kind of thing that can be shared.

    ``reaches``: how a clause may name which. ``cards``: the database's function that tells what the acting party may
    know of each (see ``policies.cards``); empty for what is only ever seen as a part of something else. ``told``: the
    summary of a card as lines of label and value, in the reader's language. ``url``: where the thing itself is shown.
    ``help``: what comes along with it, and how its numbers are written.
    """

    kind: str
    words: Words
    reaches: frozenset[Reach]
    cards: str
    told: Told
    url: Callable[[int], str]
    help: Words
    order: int = 100


_declared: dict[str, Shareable] = {}


def register(shareable: Shareable) -> None:
    """Add a kind. Raises ValueError where it was declared before, otherwise."""
    if _declared.setdefault(shareable.kind, shareable).words != shareable.words:
        raise ValueError(f"{shareable.kind} can be shared in two ways")


def shareables() -> Iterable[Shareable]:
    """All kinds, in the order of pages."""
    return sorted(_declared.values(), key=lambda one: (one.order, one.kind))


def shareable(kind: str) -> Shareable:
    """The kind of this name. Raises KeyError."""
    return _declared[kind]
