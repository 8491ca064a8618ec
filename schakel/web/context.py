"""What every page knows: navigation, version, and the shell's optional places that a project has."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix

from schakel import __version__
from schakel.web import helping, navigation
from schakel.web.addresses import address

# URL names that the shell links to wherever the project has them.
PLACES = {
    "home_url": "home",
    "search_url": "search",
    "quick_search_url": "search-quick",
    "inbox_url": "inbox",
    "roles_url": "people:mine",
    "sign_in_url": "network:sign-in",
    "sign_out_url": "network:sign-out",
    "access_url": "mfa_index",
    "language_url": "web:set_language",
    "help_url": "web:help",
    "check_url": "intake:desk",
    "glossary_url": "web:glossary",
    "accessibility_url": "web:accessibility",
}


def page_shell(request: HttpRequest) -> dict[str, object]:
    """Template context: ``navigation`` (items), ``schakel_version``, ``page_help_url``, and the URLs of ``PLACES``."""
    places = _places(get_script_prefix(), settings.ROOT_URLCONF)
    shell = {"navigation": navigation.items(request), "schakel_version": __version__}
    return {**places, **shell, "page_help_url": _page_help(request, places["help_url"])}


def _page_help(request: HttpRequest, help_url: str) -> str:
    """The address of the help for this page; empty where it has none of its own."""
    match = request.resolver_match
    if not help_url or match is None or helping.help_for(match.view_name) is None:
        return ""
    return f"{help_url}?{urlencode({'pagina': match.view_name})}"


@cache
def _places(_prefix: str, _urls: object) -> dict[str, str]:
    return {name: _address(url_name) for name, url_name in PLACES.items()}


def _address(url_name: str) -> str:
    """The address of a URL name; empty where this project does not have it."""
    try:
        return address(url_name)
    except NoReverseMatch:
        return ""
