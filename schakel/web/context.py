"""What every page knows: navigation, version, and the shell's optional places that a project has."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from schakel import __version__
from schakel.web import navigation

# URL names that the shell links to wherever the project has them.
PLACES = {
    "home_url": "home",
    "search_url": "search",
    "inbox_url": "inbox",
    "sign_in_url": "network:sign-in",
    "sign_out_url": "network:sign-out",
    "language_url": "web:set_language",
    "help_url": "web:help",
    "glossary_url": "web:glossary",
    "accessibility_url": "web:accessibility",
}


def page_shell(request: HttpRequest) -> dict[str, object]:
    """Template context: ``navigation`` (items), ``schakel_version`` and the URLs named in ``PLACES``."""
    places = {name: _address(url_name) for name, url_name in PLACES.items()}
    return {**places, "navigation": navigation.items(request), "schakel_version": __version__}


def _address(url_name: str) -> str:
    """The address of a URL name; empty where this project does not have it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
