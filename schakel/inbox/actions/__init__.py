"""The verbs of the inbox, for other rooms and for its own pages."""

from schakel.inbox.actions.items import mark_seen, put, say_done, settle, settle_prefix, tell

__all__ = ["mark_seen", "put", "say_done", "settle", "settle_prefix", "tell"]
