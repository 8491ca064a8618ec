"""Which figures of a year a party reads: the published closing, the embargoed one, or as they are counted now.

Makers (agencies and the secretariat) read what they make; all others what is published. ``editions`` decides; here it
is asked of the database and the clock. The counting process holds questions to the same decision (``gate``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils import timezone

from schakel import prepared
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
_CERTIFIED = """
SELECT year, signed.certified, signed.members
FROM unnest(%s::integer[]) AS year, figures_certified(year) AS signed
"""


def is_maker(party: Party) -> bool:
    """Whether a party makes the figures, and so reads them before they are published."""
    return party.kind in MAKERS


def editions(period: int | None = None) -> list[Edition]:
    """All closings that are made, of one year or of all, with what was decided of their publication."""
    rows = prepared.rows(_EDITIONS, {"period": period})
    return [_edition(list(part)) for _closing, part in groupby(rows, key=lambda row: row[0])]


def _edition(rows: list[tuple[Any, ...]]) -> Edition:
    closing, period, version, publication, publish_at = rows[0][:5]
    bodies = frozenset(row[5] for row in rows if row[5] is not None)
    decisions = tuple(Decision(row[5], row[6], row[7]) for row in rows if row[6] is not None)
    return Edition(closing, period, version, publication, publish_at, bodies, decisions)


class Readable:
    """What ``party`` reads of each year at one moment: closings, and who signed, are asked of the database once.

    ``known``: the closings, where they are not those of all years.
    """

    def __init__(self, party: Party, known: Sequence[Edition] | None = None) -> None:
        self._maker, self._now = is_maker(party), timezone.now()
        self._editions = editions() if known is None else known
        self._signed: dict[int, tuple[int, int]] = {}

    @cached_property
    def years(self) -> list[int]:
        """The years of which there is anything to read, newest first. Raises CountingError, for makers."""
        published = set(deciding.opened(self._editions, self._now).values())
        if not self._maker:
            return sorted(published, reverse=True)
        live: list[int] = ask(settings.COUNTING_SOCKET, Question("years", audience=Audience(maker=True)))["years"]
        return sorted(published | set(live), reverse=True)

    def vintages(self, years: Sequence[int], stand: str = "") -> dict[int, Vintage]:
        """The figures of each of ``years`` that are read, without those of which there are none.

        ``stand``: see ``editions.decide``.
        """
        prepared = {each.period for each in self._editions if each.publication is not None}
        signed = self._certified(set(years) - prepared) if self._maker else {}
        found = {year: self._decided(year, stand, certified=_all(signed.get(year))) for year in years}
        return {year: vintage for year, vintage in found.items() if vintage is not None}

    def vintage(self, year: int, stand: str = "") -> Vintage:
        """The figures of ``year`` that are read; ``stand``: see ``editions.decide``. Raises NotPublishedError."""
        found = self.vintages([year], stand).get(year)
        if found is None:
            raise NotPublishedError(year)
        return found

    def signed(self, year: int) -> tuple[int, int]:
        """As ``certified_of``."""
        return self._certified([year])[year]

    def _decided(self, year: int, stand: str, *, certified: bool) -> Vintage | None:
        return deciding.decide(
            self._editions, period=year, maker=self._maker, now=self._now, stand=stand, certified=certified
        )

    def _certified(self, years: Collection[int]) -> dict[int, tuple[int, int]]:
        self._signed |= certified_in(set(years) - self._signed.keys())
        return {year: self._signed[year] for year in years}


def vintage_of(party: Party, year: int, stand: str = "") -> Vintage | None:
    """The figures of ``year`` that ``party`` reads now; None where there are none for it yet.

    ``stand``: see ``editions.decide``.
    """
    return Readable(party, editions(year)).vintages([year], stand).get(year)


def vintages(party: Party, years: Iterable[int], stand: str = "") -> dict[int, Vintage]:
    """The figures of each of ``years`` that ``party`` reads now, asked of the database at once; without what is not."""
    return Readable(party).vintages(list(years), stand)


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


def readable_years(party: Party) -> list[int]:
    """The years of which ``party`` may read figures, newest first. Raises CountingError, for makers."""
    return Readable(party).years


def state_of_year(year: int) -> State:
    """How a year as a whole stands now."""
    return deciding.year_state(editions(year), period=year, now=timezone.now(), certified=all_certified(year))


def certified_of(year: int) -> tuple[int, int]:
    """As ``certified_in``, of one year."""
    return certified_in([year])[year]


def certified_in(years: Collection[int]) -> dict[int, tuple[int, int]]:
    """By year, how many agencies certified it and were accepted for counting, and how many were in the network then.

    Numbers only: which ones is for the secretariat.
    """
    if not years:
        return {}
    return {year: (certified, members) for year, certified, members in prepared.rows(_CERTIFIED, [list(years)])}


def all_certified(year: int) -> bool:
    """Whether every agency of the network certified ``year``, and the secretariat accepted it."""
    return _all(certified_of(year))


def _all(signed: tuple[int, int] | None) -> bool:
    return signed is not None and signed[0] == signed[1] > 0
