"""The counting process: answers questions over a Unix socket, one JSON line each way.

The process alone holds the extract, with a database account of its own. It renews the extract when the
data has moved on; while a renewal runs, or fails, the former extract answers.
"""

from __future__ import annotations

import logging
import os
import socketserver
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from schakel.figures.answering import answer
from schakel.figures.asking import Question, QuestionError
from schakel.figures.auditing.population import population
from schakel.figures.catalogue import Indicator
from schakel.figures.closing.shelf import Shelf
from schakel.figures.counting import Extract
from schakel.figures.crosses import answer_cross
from schakel.figures.gate import Gate
from schakel.figures.moving import Look, effects, nothing_moves

log = logging.getLogger(__name__)
_LONGEST_QUESTION = 64 * 1024
KEPT_ANSWERS = 1000  # unless settings say otherwise
_PATIENCE = 30.0  # seconds that a question may take to arrive
_JUST = 0.1  # seconds


class _Handler(socketserver.StreamRequestHandler):
    timeout = _PATIENCE
    server: CountingServer

    def handle(self) -> None:
        """Answer one question; whatever is wrong with it is said, and harms nobody else."""
        try:
            line = self.rfile.readline(_LONGEST_QUESTION + 1)
            with self.server.being_asked():
                self.wfile.write(self._reply(line) + b"\n")
        except OSError as error:
            log.info("who asked has gone: %s", error)

    def _reply(self, line: bytes) -> bytes:
        if len(line) > _LONGEST_QUESTION:
            return _refusal("the question is too long")
        try:
            return self.server.answer(line)
        except (QuestionError, ValueError, RecursionError) as error:
            return _refusal(str(error))
        except Exception:
            log.exception("a question could not be answered")
            return _refusal("the count failed; the log of the counting process says why")


class CountingServer(socketserver.ThreadingUnixStreamServer):
    """Answers questions from the extract that ``extract`` gives, at ``path`` (mode 0600).

    ``gate`` holds them to what is published; without one readers are told nothing. ``shelf``: the closings. ``kept``:
    how many answers are kept until the data moves on; 0 for measuring. ``moves``: what proposals and rounds move, asked
    of the database each time.
    """

    daemon_threads = True
    request_queue_size = 128  # more pages than the usual five may ask at one moment

    def __init__(
        self,
        path: Path,
        extract: Callable[[], Extract],
        gate: Gate | None = None,
        shelf: Shelf | None = None,
        *,
        kept: int = KEPT_ANSWERS,
        moves: Look = nothing_moves,
    ) -> None:
        self._extract, self._gate, self._shelf = extract, gate or Gate(), shelf or Shelf()
        self._moves = moves
        self._answers: dict[tuple[str, bytes], bytes] = {}
        self._asking, self._asked_last, self._counted = 0, 0.0, threading.Lock()
        self._kept = kept
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.unlink(missing_ok=True)
        before = os.umask(0o177)  # so that the socket is nobody else's from the first moment
        try:
            super().__init__(str(path), _Handler)
        finally:
            os.umask(before)

    @contextmanager
    def being_asked(self) -> Iterator[None]:
        """While a question is answered."""
        with self._counted:
            self._asking += 1
        try:
            yield
        finally:
            with self._counted:
                self._asking, self._asked_last = self._asking - 1, time.monotonic()

    def resting(self) -> bool:
        """Whether nobody asks anything now, or just did: a page may ask twice."""
        return not self._asking and time.monotonic() - self._asked_last > _JUST

    def answer(self, line: bytes) -> bytes:
        """The answer, as JSON, to a question as it was sent, or to several sent as a list: those are of one moment.

        Raises QuestionError, ValueError; of several, what is wrong with one stands in its place.
        """
        said, now = orjson.loads(line), cache(self._extract)
        if said and isinstance(said, list):
            return orjson.dumps({"answers": [orjson.Fragment(self._told(each, now)) for each in said]})
        return self._one(Question.of(said), now)

    def _told(self, said: Mapping[str, Any], now: Callable[[], Extract]) -> bytes:
        try:
            return self._one(Question.of(said), now)
        except QuestionError as error:
            return _refusal(str(error))

    def _one(self, question: Question, now: Callable[[], Extract]) -> bytes:
        """One answer; the same question over the same data is counted, and written, once."""
        self._gate.check(question)
        if question.ask == "years" and not question.audience.maker:
            return orjson.dumps({"years": self._gate.years()})
        if question.ask == "close":
            return orjson.dumps(self._shelf.make(_number(question)))
        if question.ask == "explain":
            return orjson.dumps(self._explained(question))
        if question.ask == "effects":
            return orjson.dumps(effects(question, now(), self._moves))
        extract, known = self._asked_of(question, now)
        asked = (extract.meta.position, orjson.dumps(question, option=orjson.OPT_SORT_KEYS))
        if asked not in self._answers:
            told = orjson.dumps(_answered(question, extract, known))
            if not self._kept:
                return told
            if len(self._answers) >= self._kept:
                self._answers.clear()
            self._answers[asked] = told
        return self._answers[asked]

    def _explained(self, question: Question) -> dict[str, Any]:
        """What lies between the closing asked of and an earlier one, which must be for this audience too."""
        against = [int(number) for number in question.filters.get("against", ())]
        if question.vintage is None or len(against) != 1:
            raise QuestionError("name the two closings")
        self._gate.check(replace(question, vintage=against[0]))
        return self._shelf.told_between(against[0], question.vintage, question.audience)

    def _asked_of(
        self, question: Question, now: Callable[[], Extract]
    ) -> tuple[Extract, Mapping[str, Indicator] | None]:
        """The facts that a question is asked of, and by which definitions: those of a closing, or as they are now."""
        if question.vintage is None:
            return now(), None
        closed = self._shelf.closed(question.vintage)
        return closed.extract, closed.indicators


def _refusal(why: str) -> bytes:
    return orjson.dumps({"error": why})


def _answered(question: Question, extract: Extract, known: Mapping[str, Indicator] | None) -> dict[str, Any]:
    return _OTHERS.get(question.ask, answer)(question, extract, known)


_OTHERS = {"population": population, "cross": answer_cross}


def _number(question: Question) -> int:
    if question.vintage is None or not question.audience.all_agencies:
        raise QuestionError("name the closing that was ordered")
    return question.vintage


def _nothing(_extract: Extract) -> None:
    """What is done with a new extract, unless something else is said."""


class Keeper:
    """Keeps the newest extract open and renews it when the data has moved on.

    ``position`` says where the data stands; ``renew`` makes the extract of that moment; ``begun`` is told of each that
    questions are asked of from then on.
    """

    def __init__(self, position: Callable[[], str], renew: Callable[[], Extract]) -> None:
        self._position, self._renew = position, renew
        self.begun: Callable[[Extract], object] = _nothing
        self._lock = threading.Lock()
        self._current: Extract | None = None

    def extract(self) -> Extract:
        """The extract of what stands now; the former one while another thread renews it."""
        if self._current is not None and self._lock.locked():
            return self._current
        with self._lock:
            before = self._current
            self._current = self._renew() if before is None else self._renewed(before)
            if self._current is not before:
                self.begun(self._current)
            return self._current

    def _renewed(self, current: Extract) -> Extract:
        """A newer extract, or this one if it is the newest or a newer one cannot be made now."""
        try:
            if self._position() == current.meta.position:
                return current
            newer = self._renew()
            newer.ask_again(current)
            return newer
        except Exception:
            log.exception("the extract could not be renewed; the former one answers")
            return current
