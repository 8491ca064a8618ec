"""Which figures of a year a party reads: the published closing, the embargoed one, or as they are counted now.

Makers (agencies and the secretariat) read what they make; all others what is published. ``editions`` decides; here it
is asked of the database and the clock. The counting process holds questions to the same decision (``gate``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from schakel.figures import editions as deciding
from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.editions import Decision, Edition, State, Vintage
from schakel.figures.process import ask
from schakel.network.models import Party, PartyKind

MAKERS = (PartyKind.AGENCY, PartyKind.SECRETARIAT)

# Only what the party said whose body it is counts as that body's word.
_EDITIONS = """
SELECT c.id, c.period, c.version, p.id, p.publish_at, b.id, a.approved, a.recorded_at
FROM figures_closing c
LEFT JOIN figures_publication p ON p.closing_id = c.id AND p.withdrawn_at IS NULL
LEFT JOIN figures_approvingbody b ON p.id IS NOT NULL AND b.first_period <= c.period
    AND (b.last_period IS NULL OR b.last_period >= c.period)
LEFT JOIN figures_approval a ON a.publication_id = p.id AND a.body_id = b.id AND a.owner_id = b.owner_id
WHERE c.state = 'made' AND (%(period)s::integer IS NULL OR c.period = %(period)s)
ORDER BY c.period, c.version, c.id, a.recorded_at, a.id
"""


def is_maker(party: Party) -> bool:
    """Whether a party makes the figures, and so reads them before they are published."""
    return party.kind in MAKERS


def editions(period: int | None = None) -> list[Edition]:
    """All closings that are made, of one year or of all, with what was decided of their publication."""
    with connection.cursor() as cursor:
        cursor.execute(_EDITIONS, {"period": period})
        rows = cursor.fetchall()
    return [_edition(list(part)) for _closing, part in groupby(rows, key=lambda row: row[0])]


def _edition(rows: list[tuple[Any, ...]]) -> Edition:
    closing, period, version, publication, publish_at = rows[0][:5]
    bodies = frozenset(row[5] for row in rows if row[5] is not None)
    decisions = tuple(Decision(row[5], row[6], row[7]) for row in rows if row[6] is not None)
    return Edition(closing, period, version, publication, publish_at, bodies, decisions)


def vintage_of(
    party: Party, year: int, stand: str = "", *, known: Iterable[Edition] | None = None, now: dt.datetime | None = None
) -> Vintage | None:
    """The figures of ``year`` that ``party`` reads now; None where there are none for it yet.

    ``stand``: see ``editions.decide``. ``known``: the editions, where a page has read them already.
    """
    found = list(editions(year) if known is None else known)
    maker, moment = is_maker(party), now or timezone.now()
    prepared = any(each.period == year and each.publication is not None for each in found)
    certified = maker and not prepared and all_certified(year)
    return deciding.decide(found, period=year, maker=maker, now=moment, stand=stand, certified=certified)


class NotPublishedError(QuestionError):
    """A year of which there is nothing to read for this party yet; ``year`` says which."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the figures of {year} are not published")
        self.year = year


def chosen_vintage(party: Party, year: int, stand: str | Vintage = "") -> Vintage:
    """As ``vintage_of``, or the one chosen before. Raises NotPublishedError where ``party`` has nothing to read yet."""
    if isinstance(stand, Vintage):
        return stand
    found = vintage_of(party, year, stand)
    if found is None:
        raise NotPublishedError(year)
    return found


def vintages(party: Party, years: Iterable[int], stand: str = "") -> dict[int, Vintage]:
    """The figures of each of ``years`` that ``party`` reads now, asked of the database at once; without what is not."""
    known, now = editions(), timezone.now()
    found = {year: vintage_of(party, year, stand, known=known, now=now) for year in years}
    return {year: vintage for year, vintage in found.items() if vintage is not None}


def readable_years(party: Party) -> list[int]:
    """The years of which ``party`` may read figures, newest first. Raises CountingError, for makers."""
    published = set(deciding.opened(editions(), timezone.now()).values())
    if not is_maker(party):
        return sorted(published, reverse=True)
    live: list[int] = ask(settings.COUNTING_SOCKET, Question("years", audience=Audience(maker=True)))["years"]
    return sorted(published | set(live), reverse=True)


def state_of_year(year: int) -> State:
    """How a year as a whole stands now."""
    return deciding.year_state(editions(year), period=year, now=timezone.now(), certified=all_certified(year))


def certified_of(year: int) -> tuple[int, int]:
    """How many agencies certified ``year`` and were accepted for counting, and how many were in the network then.

    Numbers only: which ones is for the secretariat.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT certified, members FROM figures_certified(%s)", [year])
        counted, members = cursor.fetchone()
        return counted, members


def all_certified(year: int) -> bool:
    """Whether every agency of the network certified ``year``, and the secretariat accepted it."""
    counted, members = certified_of(year)
    return members > 0 and counted == members
