"""Where the server has no room left: that is told as what it is, and as nobody's fault who sends."""

from __future__ import annotations

import errno

import psycopg

_FULL = (errno.ENOSPC, errno.EDQUOT)


def no_room(error: BaseException | None) -> bool:
    """Whether an error, or one that it came from, says that a disk is full: the database's, or that of this process."""
    while error is not None:
        if isinstance(error, psycopg.errors.DiskFull) or (isinstance(error, OSError) and error.errno in _FULL):
            return True
        error = error.__cause__ or error.__context__
    return False
