"""Help for each page: rooms say what a page is for and how it is used; the shell's help page shows it.

A room declares its texts in a ``helping.py`` of its own, which its ``AppConfig.ready`` loads.
"""

from __future__ import annotations

from dataclasses import dataclass

from schakel.words import Words


@dataclass(frozen=True, slots=True)
class PageHelp:
    """What a page is called in the help, and what there is to know about it, a paragraph each."""

    title: Words
    paragraphs: tuple[Words, ...]


_helps: dict[str, PageHelp] = {}


def register(url_name: str, title: Words, *paragraphs: Words) -> None:
    """Help for the page with this URL name ("intake:deliveries"). Raises ValueError where it has other help."""
    if not paragraphs:
        raise ValueError(f"the help for {url_name} says nothing")
    said = PageHelp(title, paragraphs)
    if _helps.setdefault(url_name, said) != said:
        raise ValueError(f"two helps for {url_name}")


def help_for(url_name: str) -> PageHelp | None:
    """The help for a page; None where it has none."""
    return _helps.get(url_name)


def helped() -> frozenset[str]:
    """The URL names of all pages with help."""
    return frozenset(_helps)
