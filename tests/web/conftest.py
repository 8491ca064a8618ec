"""The shell alone, for every test of it; a server of it for the browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import override_settings
from django.test.testcases import LiveServerThread
from django.utils import translation

from schakel.web import navigation
from tests.web.shell import SHELL


@pytest.fixture
def shell() -> Iterator[None]:
    """The shell's settings and a navigation of its own, in Dutch."""
    entries = [navigation.Entry("Cijfers", "style", 1), navigation.Entry("Zoeken", "search", 2)]
    kept = dict(navigation._entries)
    navigation._entries.clear()
    with override_settings(**SHELL), translation.override("nl"):
        for entry in entries:
            navigation.register(entry)
        yield
    navigation._entries.clear()
    navigation._entries.update(kept)


@pytest.fixture
def shell_server(shell: None) -> Iterator[str]:
    """The address of a server of the shell alone."""
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
