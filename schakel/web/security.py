"""The headers that keep a page from loading or running what is not ours.

The policy is one constant without nonces, as no page has inline script or style. A library (django-csp)
would bring settings, nonces and report-only modes that nothing here uses; Django 6 has the header built
in, and this file goes when Schakel stands on it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
_KEPT = {"max-age": None}  # what an answer says of the session's cookie where it says nothing


class ContentSecurityPolicyMiddleware:
    """Sets the policy on every response that does not already carry one (a download may be stricter)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response of the layers below, with our headers where they set none of their own."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # What somebody was shown who signed in is kept by no browser, and cleared from it when they leave.
            response.headers.setdefault("Cache-Control", "private, no-store")
            if response.cookies.get(settings.SESSION_COOKIE_NAME, _KEPT)["max-age"] == 0:
                response.headers.setdefault("Clear-Site-Data", '"cache", "storage"')
        return response
