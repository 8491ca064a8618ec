"""Statements that are written once: Ibis takes ten times longer to write one than DuckDB to answer it.

A process keeps what it wrote. Where ``SCHAKEL_STATEMENTS`` names a folder, it is kept there too, for processes that
start later or count beside this one. Who can write in that folder can alter figures: it is the counting process's own.

Invariant: a statement follows from what is asked and from the code that writes it, and both are in its file's name.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVarTuple, cast

from schakel.figures import counting, facts
from schakel.network import themes

Asked = TypeVarTuple("Asked")
FOLDER = "SCHAKEL_STATEMENTS"
_WRITERS = ("ibis-framework", "sqlglot")


def written_once(write: Callable[[*Asked], str]) -> Callable[[*Asked], str]:
    """``write`` that is asked once for the same arguments, all of which say in their ``repr`` what they are."""

    @lru_cache(maxsize=4096)
    def statement(*asked: *Asked) -> str:
        folder = os.environ.get(FOLDER)
        if not folder:
            return write(*asked)
        said = f"{_code()}\n{write.__module__}.{write.__qualname__}{asked!r}"
        return _kept(Path(folder, f"{hashlib.sha256(said.encode()).hexdigest()}.sql"), lambda: write(*asked))

    return cast(Callable[[*Asked], str], statement)


def _kept(path: Path, write: Callable[[], str]) -> str:
    """The text in ``path``; written there first where it is not. A file is whole or not there."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        text = write()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{secrets.token_hex(8)}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
    return text


@cache
def _code() -> str:
    """A digest of the code, the lists of themes and the versions that statements follow from."""
    said = hashlib.sha256("".join(f"{name} {version(name)}\n" for name in _WRITERS).encode())
    said.update(Path(facts.__file__).read_bytes())
    for package in (counting, themes):
        for path in sorted(Path(next(iter(package.__path__))).rglob("*")):
            if path.suffix in {".py", ".toml", ".json", ".csv"}:
                said.update(path.read_bytes())
    return said.hexdigest()
