"""How many examples show a property that takes long over each."""

from __future__ import annotations

import os


def shown_by(usual: int, *, assured_by: int) -> int:
    """So many in `make test`, and in `make assure` more."""
    return assured_by if os.environ.get("SCHAKEL_MORE_EXAMPLES") else usual
