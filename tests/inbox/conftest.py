"""Mail of these tests goes to a real server of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from tests.inbox.mailbox import Post, post_office


@pytest.fixture
def post(settings) -> Iterator[Post]:
    """The mail server that Schakel sends to."""
    with post_office() as opened:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", opened.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.SITE_URL = "https://schakel.example"
        settings.DEFAULT_FROM_EMAIL = "Schakel <schakel@schakel.example>"
        yield opened


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dt.datetime]:
    """``at("2026-03-02 07:30")``: it is that moment in Amsterdam from now on."""

    def is_now(moment: str) -> dt.datetime:
        now = timezone.make_aware(dt.datetime.fromisoformat(moment))
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    return is_now
