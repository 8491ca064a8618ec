"""The site of the pool: a database of its own, filled, and one web process as in life."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schakel.cli.processes import Process, web
from tests.e2e.site import Site, free_port, new_var, run_module, serving

from .application import FORGETFUL
from .people import Interleaving, Somebody


def filled(folder: Path, database: str) -> tuple[Site, list[Somebody]]:
    """A site with two agencies and what each of two people may see of it."""
    made = Site("", new_var(folder, database))
    told = json.loads(run_module(made, "tests.sharing.pool.filling"))
    return made, [Somebody(**{**one, "shows": [tuple(pair) for pair in one["shows"]]}) for one in told]


@contextmanager
def on_one_pool(var: Path, people: list[Somebody], *, forgets: str = "") -> Iterator[Interleaving]:
    """The two people at a site whose threads share one pool."""
    port = free_port()
    *command, _application = web("127.0.0.1", port, 1)
    process = Process("web", "web", (*command, "tests.sharing.pool.application:application"))
    with serving(Site(f"http://127.0.0.1:{port}", var), [process], more={FORGETFUL: forgets}, ready="live"):
        yield Interleaving(port, people)
