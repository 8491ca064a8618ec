"""The counting process looks itself whether figures are published: what bypasses every page is refused all the same."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.closing import freeze, opened
from schakel.figures.closing.shelf import Shelf
from schakel.figures.counting import Meta, extract_of
from schakel.figures.editions import Edition
from schakel.figures.gate import Gate
from schakel.figures.process import ask, ask_all
from schakel.figures.serving import CountingServer

from .closings import PROJECTS, YEAR, state_of, usual
from .drawing import frames_of

HOUR = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
OPEN, HELD, LATER = 1, 2, 3
READERS = (Audience(), Audience(all_agencies=True), Audience(agency="bom"))
MAKER = Audience(agency="bom", maker=True)


@dataclass
class Clock:
    """What time it is, as the test says."""

    now: dt.datetime = HOUR

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[CountingServer]:
    """A counting process with figures as they are now, closings: open, under embargo, opening."""
    closed = opened(freeze(state_of(usual(), PROJECTS), version=1, corrects=""))
    live = extract_of(frames_of(usual()), Meta("now"))
    editions = [
        Edition(OPEN, YEAR, 1, publication=10, publish_at=HOUR - 100 * SECOND),
        Edition(HELD, YEAR, 2, publication=20),
        Edition(LATER, YEAR, 3, publication=30, publish_at=HOUR + 100 * SECOND),
    ]
    path = tmp_path_factory.mktemp("run") / "counting.sock"
    made = CountingServer(path, lambda: live, Gate(lambda: editions, clock), Shelf(lambda number: closed))
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def path(server: CountingServer, clock: Clock) -> Path:
    clock.now = HOUR
    return Path(str(server.server_address))


def projects(vintage: int | None, audience: Audience, year: int = YEAR) -> Question:
    return Question("figures", ("projects",), (), {"year": [year]}, audience, vintage)


def told(path: Path, question: Question) -> Any:
    try:
        return ask(path, question)
    except QuestionError as refused:
        return str(refused)


@pytest.mark.parametrize("audience", READERS)
def test_a_reader_gets_the_published_closing_and_nothing_that_is_counted_now(path: Path, audience: Audience) -> None:
    assert told(path, projects(OPEN, audience))["figures"][0]["total"]["amount"] == 2
    for question in (projects(None, audience), projects(HELD, audience), projects(99, audience)):
        assert "not published" in told(path, question)
    assert "says nothing of other years" in told(path, projects(OPEN, audience, 2022))


@given(
    ask=st.sampled_from(("figures", "records", "close", "explain", "population", "cross")),
    by=st.lists(st.sampled_from(("agency", "province", "year")), max_size=2),
    filters=st.dictionaries(
        st.sampled_from(("year", "agency", "province")),
        st.lists(st.sampled_from((2022, YEAR, "2023", "bom", "NB")), max_size=2),
    ),
    vintage=st.sampled_from((None, HELD, 0, -1, 99)),
    audience=st.sampled_from(READERS),
)
def test_no_question_of_a_reader_gets_past(server: CountingServer, ask, by, filters, vintage, audience) -> None:
    question = Question(ask, ("projects",), tuple(by), filters, audience, vintage)
    assert told(Path(str(server.server_address)), question) == "these figures are not published"


def test_several_questions_at_once_are_each_held_to_it(path: Path) -> None:
    with pytest.raises(QuestionError, match="not published"):
        ask_all(path, [projects(OPEN, READERS[0]), projects(HELD, READERS[0])])
    assert len(ask_all(path, [projects(OPEN, READERS[0]), projects(OPEN, MAKER)])) == 2


def test_what_a_maker_was_told_before_is_not_told_to_a_reader(path: Path) -> None:
    assert ask(path, projects(HELD, MAKER))["figures"]
    assert "not published" in told(path, projects(HELD, READERS[0]))


def test_it_opens_at_its_hour_without_anybody_doing_anything(path: Path, clock: Clock) -> None:
    clock.now = HOUR + 99 * SECOND
    assert "not published" in told(path, projects(LATER, READERS[0]))
    clock.now = HOUR + 100 * SECOND
    assert told(path, projects(LATER, READERS[0]))["figures"]


def test_the_years_a_reader_is_told_are_the_published_ones(path: Path) -> None:
    assert ask(path, Question("years"))["years"] == [YEAR]
    assert ask(path, Question("years", audience=MAKER))["years"] == [YEAR]
    assert Gate(lambda: [Edition(HELD, YEAR, 1, 20, HOUR + SECOND)], lambda: HOUR).years() == []
