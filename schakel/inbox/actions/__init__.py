"""The verbs of the inbox, for other rooms and for its own pages."""

from schakel.inbox.actions.items import hand_over, mark_seen, put, say_done, settle, settle_prefix, tell
from schakel.inbox.actions.letters import retry_letters
from schakel.inbox.actions.wishes import (
    DeputyRefused,
    choose_mail,
    end_deputies,
    end_deputy,
    may_set_for_others,
    set_deputy,
)

__all__ = [
    "DeputyRefused",
    "choose_mail",
    "end_deputies",
    "end_deputy",
    "hand_over",
    "mark_seen",
    "may_set_for_others",
    "put",
    "retry_letters",
    "say_done",
    "set_deputy",
    "settle",
    "settle_prefix",
    "tell",
]
