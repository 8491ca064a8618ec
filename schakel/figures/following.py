"""What joining does to figures, for the register: asked of the counting process after each round."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from schakel.figures.asking import Question
from schakel.figures.catalogue import catalogue
from schakel.figures.jobs import count_joining_effects
from schakel.figures.pages.addresses import page_url
from schakel.figures.process import ask
from schakel.figures.queries import audience_of
from schakel.network.models import Party
from schakel.register.effects import Changed, Sort, register_counting
from schakel.register.following import follow_rounds


def counted(party: Party, sort: Sort, number: int) -> list[Changed] | None:
    """The figures of ``party`` that a proposal would change, or that a round changed; None while that is not known.

    Raises CountingError where the counting process is away, QuestionError for what is not the party's.
    """
    question = Question("effects", filters={sort: [number]}, audience=audience_of(party))
    told = ask(settings.COUNTING_SOCKET, question)["effects"]
    return None if told is None else [_changed(each) for each in told]


def _changed(said: dict[str, str | int | None]) -> Changed:
    indicator = catalogue()[str(said["indicator"])]
    before, after = (None if said[side] is None else Decimal(str(said[side])) for side in ("before", "after"))
    return Changed(indicator.id, indicator.names, indicator.unit, int(said["year"] or 0), before, after)


def _address(figure: str, year: int) -> str:
    return page_url(figure, year, stand="nu") if figure in catalogue() else ""


def _queue() -> None:
    """Queue one count, however many rounds there are before it begins."""
    try:
        with transaction.atomic():
            count_joining_effects.defer()
    except AlreadyEnqueued:
        return


register_counting("figures", counted, _address)
follow_rounds(_queue)
