"""Browsers that are known: somebody signed in from them before, and they carry a signed cookie that says for whom.

This is what OWASP calls device cookies: whoever guesses passwords from elsewhere uses up the tries of unknown browsers,
and never those of a browser that the person uses. A browser is known for the addresses that signed in from it alone.
"""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from schakel.network.signing.counters import Counter, digest, folded
from schakel.network.signing.pauses import ADDRESS, BROWSER, NETWORK

_SALT = "schakel.network.signing.browsers"
_AGE = 400 * 24 * 3600  # seconds; the longest that browsers keep a cookie
_KEPT = 8  # people of one browser


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser's number, and the marks of the addresses that signed in from it."""

    number: str
    marks: tuple[bytes, ...]

    def knows(self, address: str) -> bool:
        """Whether somebody signed in from it with this address."""
        return _mark(address) in self.marks


def browser_of(request: HttpRequest) -> Browser | None:
    """The browser that asks, where it carries our cookie and nobody wrote in it."""
    text = request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "")
    try:
        number, *marks = signing.loads(text, salt=_SALT, max_age=_AGE)
        return Browser(str(number), tuple(bytes.fromhex(mark) for mark in marks))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def remember(request: HttpRequest, response: HttpResponseBase, address: str) -> None:
    """Let the browser be known for this address from now on."""
    browser = browser_of(request) or Browser(secrets.token_urlsafe(16), ())
    mark = _mark(address)
    marks = [mark, *(known for known in browser.marks if known != mark)][:_KEPT]
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        signing.dumps([browser.number, *(one.hex() for one in marks)], salt=_SALT),
        max_age=_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def counters_for(request: HttpRequest, address: str) -> list[Counter]:
    """What a try to sign in with this address counts under; the same whether or not somebody has it."""
    browser = browser_of(request)
    person = folded(address)
    if browser is not None and browser.knows(address):
        return [Counter("browser", digest("browser", browser.number, person), BROWSER)]
    return [
        Counter("address", digest("address", person), ADDRESS),
        Counter("network", digest("network", network_of(request)), NETWORK),
    ]


def network_of(request: HttpRequest) -> str:
    """The network that a request comes from: what one subscriber has, a /24 or a /64; empty where it is not known."""
    known = _address(request)
    if known is None:
        return ""
    return str(ipaddress.ip_network((known, 24 if known.version == 4 else 64), strict=False).network_address)


def address_of(request: HttpRequest) -> str:
    """The whole address that a request comes from; empty where it is not known."""
    known = _address(request)
    return "" if known is None else str(known)


def _address(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Who asked. Behind proxies of the administrator (``settings.PROXIES`` of them) the outermost says who it was; what
    stands before that in the header anybody can have written.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        said = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
        address = said[-min(settings.PROXIES, len(said))] or address
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return None
    mapped = known.ipv4_mapped if isinstance(known, ipaddress.IPv6Address) else None
    return mapped or known


def _mark(address: str) -> bytes:
    return digest("mark", folded(address))
