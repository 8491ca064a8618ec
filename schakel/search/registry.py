"""What can be found: each room declares a source for each kind of thing it puts in.

Invariant: a kind has one source. A source that a room declares for a kind goes before one that a family makes
for it (records of every kind come from one family; organisations have a source of their own).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from schakel.search.documents import Document
from schakel.words import Words


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents are asked for: those of ``owner`` (None: what is public), of a period, or some alone."""

    owner: int | None
    period: int | None = None
    kind: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of thing that can be found.

    ``documents``: reads, with the rights of ``Scope.owner``, what of the scope is there now. ``url``: where the
    thing with this id is shown. ``public``: everybody who signs in finds it, and nobody owns it. ``order``: the
    place of the kind among others on a page.
    """

    name: str
    label: Words
    plural: Words
    documents: Callable[[Scope], Iterable[Document]]
    url: Callable[[str], str]
    public: bool = False
    order: int = 100


Family = Callable[[], Iterable[Source]]
_declared: dict[str, Source] = {}
_families: list[Family] = []


def register(source: Source) -> Source:
    """Add a source. Raises ValueError where its kind has another."""
    if _declared.setdefault(source.name, source) != source:
        raise ValueError(f"two sources for {source.name}")
    return source


def register_family(family: Family) -> None:
    """Add sources that are known only when they are asked for, such as those of all kinds of records."""
    if family not in _families:
        _families.append(family)


def sources() -> dict[str, Source]:
    """All sources by name, in the order of pages."""
    made = {source.name: source for family in _families for source in family()} | _declared
    return {source.name: source for source in sorted(made.values(), key=lambda s: (s.order, s.name))}


def documents(scope: Scope) -> Iterator[Document]:
    """What of ``scope`` is there now, of all kinds or of the one it names."""
    for source in sources().values():
        if source.public == (scope.owner is None) and scope.kind in ("", source.name):
            yield from source.documents(scope)
