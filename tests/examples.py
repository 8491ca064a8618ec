"""How many examples show a property that takes long over each."""

from __future__ import annotations

import os

from hypothesis import settings


def shown_by(usual: int, *, assured_by: int) -> int:
    """So many in `make test`, and in `make assure` more."""
    return assured_by if os.environ.get("SCHAKEL_MORE_EXAMPLES") else usual


# A property of which each example is a round of the database: dozens of statements, or of requests.
ROUNDS = settings(max_examples=shown_by(25, assured_by=100))
