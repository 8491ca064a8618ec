"""Addresses by name, remembered: a page has some hundred, and working one out takes longer than writing it down."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse

_MOST = 4096  # names with what they are of; others are worked out again


def address(name: str, *args: str | int) -> str:
    """As Django's ``reverse``: the address of a URL name. Raises NoReverseMatch."""
    return _known(name, args, settings.ROOT_URLCONF, get_script_prefix())


def numbered(name: str, *args: str | int) -> Callable[[int], str]:
    """The addresses of a URL name that differ in their last part only, a number: for the rows of a list."""
    before, _zero, after = address(name, *args, 0).rpartition("0")
    return lambda number: f"{before}{number}{after}"


@lru_cache(maxsize=_MOST)
def _known(name: str, args: tuple[str | int, ...], urls: object, _prefix: str) -> str:
    return reverse(name, urls, args=args)  # type: ignore[arg-type] # a module's path, or the module
