"""Which mapping a form was made from."""

from __future__ import annotations

import hashlib


def version_of(text: str, *, settled: bool = False) -> str:
    """A short digest of a mapping's TOML and of whether a person settled it, which is a decision too."""
    return hashlib.sha256(f"{settled} {text}".encode()).hexdigest()[:16]
