"""What the inbox holds of people, and how long its letters are kept."""

from __future__ import annotations

import datetime as dt

from schakel.inbox.models import Letter, LetterState
from schakel.privacy.declaring import Ground, Holding, Processing, holding, processing
from schakel.privacy.retention import Kept, register
from schakel.words import Words


def _letters(party: int | None, before: dt.datetime) -> list[int]:
    over = Letter.objects.filter(owner_id=party, state__in=[LetterState.SENT, LetterState.NEEDLESS])
    return list(over.filter(made_at__lt=before).values_list("pk", flat=True))


def _take_letters(party: int | None, ids: list[int]) -> int:
    Letter.objects.filter(owner_id=party, pk__in=ids).delete()
    return len(ids)


processing(
    Processing(
        "inbox",
        Words("Werkvoorraad en post", "Inbox and mail"),
        Words("laten weten wat er op iemand wacht", "to tell people what waits for them"),
        Words("wie in Schakel werkt", "who works in Schakel"),
        Ground.TASK,
        Words("de eigen organisatie", "the own organisation"),
        "letters",
        60,
    )
)
holding(
    Holding(
        "inbox_item",
        "inbox",
        free=("title_nl", "title_en", "body_nl", "body_en"),
        none=("key", "url", "room"),
    ),
    Holding("inbox_letter", "inbox", named=("address",), free=("last_error",), none=("key", "message_id")),
    Holding("inbox_lettertext", "inbox", free=("subject", "text", "html")),
)
register(
    Kept(
        "letters",
        Words("Verzonden e-mails", "Mail that went out"),
        Words("nadat zij geschreven zijn", "after they were written"),
        Words("wat erin stond, staat in de werkvoorraad", "what they told of is in the inbox"),
        90,
        _letters,
        _take_letters,
    )
)
