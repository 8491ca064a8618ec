"""`schakel demo` started twice, as by somebody whose first terminal says nothing for a minute."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from schakel.cli.command import Installation
from schakel.cli.commands import demo


def test_two_starts_at_once_load_the_network_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, both = [], threading.Barrier(2, timeout=30)

    def load(_installation: Installation) -> str:
        begun.append(time.monotonic())
        time.sleep(0.2)  # long enough for the other to come by
        return "steward@example.org"

    monkeypatch.setattr(demo, "_load", load)
    monkeypatch.setattr(demo, "_database", lambda _installation: "16384 7301")
    installation = Installation(var=tmp_path, environ={})

    def start() -> str:
        both.wait()
        return demo._loaded(installation)

    with ThreadPoolExecutor(2) as starts:
        told = [each.result() for each in [starts.submit(start), starts.submit(start)]]
    assert told == ["steward@example.org"] * 2
    assert len(begun) == 1
