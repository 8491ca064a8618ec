"""The connection of a process to PostgreSQL; Django looks for it in a module of this name."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

_WORKING = (TransactionStatus.IDLE, TransactionStatus.INTRANS)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but for ``is_usable``."""

    def is_usable(self) -> bool:
        """Whether statements can be sent: asked before the first of each page.

        Without a statement of its own: a server that closes a connection says so, and there is something to read on it,
        while on one at rest there is nothing.
        """
        if self.connection is None or self.connection.info.transaction_status not in _WORKING:
            return False
        told = select.poll()
        told.register(self.connection.fileno(), select.POLLIN)
        return not told.poll(0)
