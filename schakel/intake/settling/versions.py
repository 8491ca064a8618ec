"""Which mapping a form was made from."""

from __future__ import annotations

import hashlib


def version_of(text: str) -> str:
    """A short digest of a mapping's TOML: the same text has the same version."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
