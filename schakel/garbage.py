"""What the garbage collector of a long-running process need not look through again and again."""

from __future__ import annotations

import gc

_AFTER = 20_000  # new objects before the youngest are looked through; a page makes some hundreds that stay


def set_apart() -> None:
    """Leave all that is there now out of every later collection; to be called once a process has read its code.

    A process of ours holds some quarter of a million objects from its start. Looking through all of them stopped every
    thread for an eighth of a second, which the people who had asked a page just then waited for.
    See https://docs.python.org/3/library/gc.html#gc.freeze.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_AFTER, 20, 20)
