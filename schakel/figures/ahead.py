"""Counting and deciding ahead: what pages will ask of a new extract is worked out while nobody asks.

What is withheld of a list, a year and a reader is decided once for an extract, at the first question: each time that
the data has moved on. Done here it is no reader's wait. It takes turns: a step is some hundredths of a second, and
while people ask the next one waits.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.counting import Extract
from schakel.figures.withholding import withheld

log = logging.getLogger(__name__)
LONGEST_WAIT = 2.0  # seconds that a step waits for people to stop asking, so that it ends on the busiest day as well
_LOOK = 0.02  # seconds between two looks whether they did
_SHOWN = ("agency", "province")  # what pages show every indicator by, beside one more of its own


class Ahead:
    """Works ahead for one extract at a time, the newest. ``resting``: whether nobody asks anything now."""

    def __init__(self, resting: Callable[[], bool]) -> None:
        self._resting = resting
        self._of: Extract | None = None

    def begin(self, extract: Extract) -> threading.Thread:
        """Work ahead for ``extract``, in the thread that is given; what was begun for a former one ends."""
        self._of = extract
        thread = threading.Thread(target=self._work, args=(extract,), name="ahead", daemon=True)
        thread.start()
        return thread

    def _work(self, extract: Extract) -> None:
        try:
            for _done in steps(extract):
                if self._of is not extract:
                    return
                self._take_turns()
        except Exception:
            log.exception("what pages will ask could not be worked out ahead; the first question does it")

    def _take_turns(self) -> None:
        until = time.monotonic() + LONGEST_WAIT
        while not self._resting() and time.monotonic() < until:
            time.sleep(_LOOK)


def steps(extract: Extract) -> Iterator[None]:
    """One step after the other: what is counted, then what is withheld, of the newest year first."""
    years = answer(Question("years"), extract)["years"]
    everything, known = Audience(all_agencies=True), catalogue()
    for indicator in known.values():
        for by in ((), *_cuts(indicator)):
            answer(Question("figures", (indicator.id,), by, {"year": years[:1]}, everything), extract)
            yield
    readers = [Audience(), *(Audience(agency=agency) for agency in _agencies(extract))]
    for year in years:
        for reader in readers:
            for indicator in known.values():
                for by in _cuts(indicator):
                    question = Question("figures", (indicator.id,), by, {"year": [year]}, reader)
                    withheld(indicator, question, by, extract, known)
                    yield


def _cuts(indicator: Indicator) -> list[tuple[str, ...]]:
    """What its page and the overview show it by, unless something else is chosen."""
    of_its_own = [name for name in indicator.breakdowns if name not in {*_SHOWN, "year"}]
    return [(name,) for name in (*_SHOWN, *of_its_own[:1]) if name in indicator.breakdowns]


def _agencies(extract: Extract) -> list[str]:
    """Those that have anything in the extract."""
    listed = " UNION ".join(f'SELECT agency FROM "{fact}"' for fact in extract.rows)  # noqa: S608 - our own facts
    return sorted(extract.ask(listed)["agency"].drop_nulls().unique().to_list())
