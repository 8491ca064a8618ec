"""The counting process over a copy, in this process, for figures and the lists behind them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import override_settings

from schakel.figures.closing.shelf import Shelf
from schakel.figures.counting import extract_of
from schakel.figures.extracting import read_facts
from schakel.figures.gate import Gate
from schakel.figures.serving import CountingServer
from schakel.sharing.roles import COUNTER, as_owner, database_role


@contextmanager
def counted() -> Iterator[None]:
    """Answer questions about figures of what there is now; of no closing, and of nothing that was published."""
    with as_owner(), database_role(COUNTER):
        frames, meta = read_facts()
    extract = extract_of(frames, meta)
    with TemporaryDirectory(prefix="schakel-counting-") as folder:
        path = Path(folder) / "counting.sock"
        server = CountingServer(path, lambda: extract, Gate(list), Shelf())
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            with override_settings(COUNTING_SOCKET=path):
                yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
