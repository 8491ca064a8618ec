"""Which closing of a year may be read by whom, and from when: decided over plain values, without a database or a clock.

Invariants: a reader reads an edition from the first moment on at which its hour had come and the last word of every
body that must approve was an approval, and never before; what opened so stays open whatever is said later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["provisional", "certified", "embargoed", "published", "revised"]
NOW, EMBARGO = "nu", "embargo"  # what of a year its makers may ask for in an address, beside a version's number


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body said, and when it was recorded."""

    body: int
    approved: bool
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """A closing that is made, by its numbers, and its publication: None where none is prepared, or it was withdrawn.

    ``bodies``: those that must approve; ``decisions``: theirs, in the order in which they were recorded.
    """

    closing: int
    period: int
    version: int
    publication: int | None = None
    publish_at: dt.datetime | None = None
    bodies: frozenset[int] = frozenset()
    decisions: tuple[Decision, ...] = ()

    def approved_at(self, moment: dt.datetime) -> bool:
        """Whether at ``moment`` the last word of every body was an approval."""
        said = {decision.body: decision.approved for decision in self.decisions if decision.at <= moment}
        return all(said.get(body, False) for body in self.bodies)

    def opens_at(self) -> dt.datetime | None:
        """The first moment at which the hour had come and all had approved; None where that is not in sight."""
        if self.publication is None or self.publish_at is None:
            return None
        later = {decision.at for decision in self.decisions if decision.at > self.publish_at}
        return next((moment for moment in (self.publish_at, *sorted(later)) if self.approved_at(moment)), None)

    def is_open(self, now: dt.datetime) -> bool:
        """Whether everybody may read it."""
        opens = self.opens_at()
        return opens is not None and opens <= now

    def is_pending(self, now: dt.datetime) -> bool:
        """Whether it is prepared for publication and nobody but its makers may read it yet."""
        return self.publication is not None and not self.is_open(now)


@dataclass(frozen=True, slots=True)
class Vintage:
    """Which figures of a year somebody reads: those of a closing, or as they are counted now (``closing`` is None).

    ``state``: how these figures stand. ``published_at``: since when everybody reads them. ``newest``: the newest
    published version of the year, 0 while there is none. ``pending``: what of the year is under embargo, for makers.
    """

    period: int
    state: State
    closing: int | None = None
    version: int = 0
    published_at: dt.datetime | None = None
    newest: int = 0
    pending: Edition | None = None

    @property
    def live(self) -> bool:
        """Whether they are counted now, and so may be others tomorrow."""
        return self.closing is None

    @property
    def public(self) -> bool:
        """Whether everybody may read them."""
        return self.published_at is not None

    @property
    def superseded(self) -> bool:
        """Whether a later version of the year is published."""
        return self.closing is not None and self.version < self.newest

    @property
    def embargoed(self) -> bool:
        """Whether the numbers shown are under embargo: those of the closing itself, or what stands in its place now."""
        return self.state == "embargoed"


def decide(
    editions: Iterable[Edition], *, period: int, maker: bool, now: dt.datetime, stand: str = "", certified: bool = False
) -> Vintage | None:
    """The figures of ``period`` that a maker of figures, or a reader, gets at ``now``; None where there are none yet.

    ``stand``: "nu", "embargo" or a version's number, for another than the usual; where it is not there, or not for who
    asks, the usual. ``certified``: whether every agency certified the year.
    """
    of_year = sorted((each for each in editions if each.period == period), key=lambda each: each.version)
    opened = [each for each in of_year if each.is_open(now)]
    found = _asked(of_year if maker else opened, stand, now) if stand else None
    newest = opened[-1].version if opened else 0
    if not maker:
        chosen = found or (opened[-1] if opened else None)
        return None if chosen is None else _of(chosen, opened, None, newest, certified)
    pending = next((each for each in reversed(of_year) if each.is_pending(now) and each.version > newest), None)
    if found is None and opened and stand != NOW:
        found = opened[-1]
    if found is not None:
        return _of(found, opened, pending, newest, certified)
    state: State = "embargoed" if pending else "certified" if certified and not opened else "provisional"
    return Vintage(period, state, newest=newest, pending=pending)


def _asked(known: Sequence[Edition], stand: str, now: dt.datetime) -> Edition | None:
    if stand == EMBARGO:
        return next((each for each in reversed(known) if each.is_pending(now)), None)
    return next((each for each in known if str(each.version) == stand), None)


def _of(edition: Edition, opened: Sequence[Edition], pending: Edition | None, newest: int, certified: bool) -> Vintage:
    state: State
    if edition in opened:
        state = "published" if edition.version == opened[0].version else "revised"
    else:
        unprepared: State = "certified" if certified else "provisional"
        state = unprepared if edition.publication is None else "embargoed"
    since = edition.opens_at() if edition in opened else None
    return Vintage(edition.period, state, edition.closing, edition.version, since, newest, pending)


def opened(editions: Iterable[Edition], now: dt.datetime) -> dict[int, int]:
    """The closings that everybody may read, and of which year each is."""
    return {each.closing: each.period for each in editions if each.is_open(now)}


def year_state(editions: Iterable[Edition], *, period: int, now: dt.datetime, certified: bool = False) -> State:
    """How a year as a whole stands: what is published counts before what is to come."""
    of_year = [each for each in editions if each.period == period]
    published = sum(each.is_open(now) for each in of_year)
    if published:
        return "published" if published == 1 else "revised"
    if any(each.is_pending(now) for each in of_year):
        return "embargoed"
    return "certified" if certified else "provisional"
