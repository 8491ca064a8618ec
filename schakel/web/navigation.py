"""The main navigation: rooms register their entries, the shell shows those that are for this visitor.

A room registers in its ``AppConfig.ready``. An entry that is not visible is not in the page at all;
whether a page may be opened is the room's own affair and never follows from the navigation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django_stubs_ext import StrOrPromise

from schakel.web.addresses import address

Visible = Callable[[HttpRequest], bool]


def to_everyone(_request: HttpRequest) -> bool:
    """Visible to every visitor, signed in or not."""
    return True


def to_the_signed_in(request: HttpRequest) -> bool:
    """Visible to whoever has signed in."""
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the navigation: a lazy label, the name of a URL without arguments, and its order.

    ``also``: names of other URLs without arguments whose pages, and those below them, belong to this place.
    """

    label: StrOrPromise
    url_name: str
    order: int = 100
    visible: Visible = to_everyone
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as one page shows it. ``current`` is "page", "true" (a page below it) or ""."""

    label: StrOrPromise
    url: str
    current: str = ""


class DuplicateEntryError(ValueError):
    """Two entries for one URL name."""


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Add an entry. Raises ``DuplicateEntryError`` when another entry has its URL name."""
    known = _entries.setdefault(entry.url_name, entry)
    if known != entry:
        raise DuplicateEntryError(f"two navigation entries for {entry.url_name}")


def unregister(url_name: str) -> None:
    """Take an entry out, if it is there."""
    _entries.pop(url_name, None)


def items(request: HttpRequest) -> list[Item]:
    """The entries this visitor sees, in order; the one that this page belongs to is marked."""
    shown = sorted((e for e in _entries.values() if e.visible(request)), key=lambda e: (e.order, e.url_name))
    places = {address(name): entry for entry in shown for name in (*entry.also, entry.url_name)}
    nearest = max((url for url in places if _holds(url, request.path)), key=len, default="")
    here = places.get(nearest)
    return [_item(entry, request.path, here=entry == here) for entry in shown]


def _item(entry: Entry, path: str, *, here: bool) -> Item:
    url = address(entry.url_name)
    return Item(entry.label, url, _current(path, url) if here else "")


def _holds(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))


def _current(path: str, url: str) -> str:
    return "page" if path == url else "true"
