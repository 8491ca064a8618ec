"""The counting process answers questions of closings as it answers those of now, keeps a few open, and makes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.catalogue import load_texts
from schakel.figures.closing import Closed, ClosingError, freeze, opened
from schakel.figures.closing.shelf import Shelf
from schakel.figures.counting import extract_of
from schakel.figures.serving import CountingServer
from tests.examples import shown_by

from .closings import COMPANIES, FACTS, INVESTED, PROJECTS, SEED, state_of, usual
from .drawing import drawn_facts

ALL, BOM = Audience(all_agencies=True, maker=True), Audience("bom", maker=True)


def closing(*indicators: str) -> Closed:
    return opened(freeze(state_of(usual(), *indicators)))


@pytest.fixture(scope="module")
def two() -> dict[int, Closed]:
    """One by the definitions of then, one by others."""
    return {1: closing(INVESTED, PROJECTS), 2: closing(SEED, COMPANIES)}


def read_from(closings: dict[int, Closed]):
    def read(number: int) -> Closed:
        if number not in closings:
            raise ClosingError(f"closing {number} was not made")
        return closings[number]

    return read


@pytest.fixture
def server(two: dict[int, Closed], tmp_path: Path) -> Iterator[CountingServer]:
    live = extract_of(state_of({**usual(), "investment": []}).frames)
    shelf = Shelf(read_from(two), lambda number: {"digest": "d", "manifest": {"number": number}})
    made = CountingServer(tmp_path / "counting.sock", lambda: live, shelf=shelf)
    yield made
    made.server_close()


def ask(server: CountingServer, question: Question) -> dict[str, Any]:
    answer: dict[str, Any] = orjson.loads(server.answer(orjson.dumps(question)))
    return answer


def of(vintage: int | None, indicator: str, audience: Audience = ALL, **others: Any) -> Question:
    return Question("figures", (indicator,), filters={"year": [2023], **others}, audience=audience, vintage=vintage)


def total(server: CountingServer, question: Question) -> int:
    amount: int = ask(server, question)["figures"][0]["total"]["amount"]
    return amount


def test_a_closing_answers_by_its_own_facts_and_definitions(server):
    assert total(server, of(1, "invested")) == 800_00
    assert total(server, of(2, "invested")) == 500_00
    with pytest.raises(QuestionError, match="no indicator companies"):
        ask(server, of(1, "companies"))
    with pytest.raises(QuestionError, match="no indicator invested"):
        ask(server, of(None, "invested"))  # the catalogue of now calls it otherwise


def test_the_records_behind_a_figure_of_a_closing_are_those_of_then(server):
    question = Question("records", ("invested",), filters={"agency": ["nom"]}, audience=ALL, vintage=1)
    assert ask(server, question)["groups"] == [{"kind": "investment", "ids": [2], "count": 1}]


def test_of_a_closing_nobody_sees_another_agencys_column_either(server):
    with pytest.raises(QuestionError, match="another agency"):
        ask(server, of(1, "invested", BOM, agency=["nom"]))


def test_a_closing_that_was_not_made_is_said_not_to_be(server):
    with pytest.raises(QuestionError, match="closing 9 was not made"):
        ask(server, of(9, "invested"))


def test_a_closing_is_made_on_order_of_the_secretariat(server):
    order = Question("close", audience=ALL, vintage=7)
    assert ask(server, order) == {"digest": "d", "manifest": {"number": 7}}
    with pytest.raises(QuestionError):
        ask(server, Question("close", audience=BOM, vintage=7))
    with pytest.raises(QuestionError):
        ask(server, Question("close", audience=ALL))


def test_only_a_few_are_open_and_the_one_asked_of_longest_ago_makes_way(two):
    opened_again: list[int] = []

    def read(number: int) -> Closed:
        opened_again.append(number)
        return two[1]

    shelf = Shelf(read, most_open=2)
    for number in (1, 2, 1, 3, 1, 2):
        shelf.closed(number)
    assert opened_again == [1, 2, 3, 2]
    assert shelf.open_now() == [1, 2]


def test_what_they_hold_in_all_is_bounded_too_and_one_is_open_whatever_it_holds(two):
    shelf = Shelf(lambda number: two[1], most_rows=1)
    shelf.closed(1), shelf.closed(2)
    assert shelf.open_now() == [2]


@given(drawn_facts(FACTS), st.sampled_from([ALL, BOM]), st.sampled_from([(), ("agency",)]))
@settings(max_examples=shown_by(8, assured_by=20))
def test_a_closing_of_now_answers_what_now_answers(facts, audience, by):
    state = state_of(facts, INVESTED, COMPANIES, PROJECTS)
    frozen, live = opened(freeze(state)), extract_of(state.frames)
    known = load_texts(state.definitions)
    for indicator in known:
        figures = Question("figures", (indicator,), by, {"year": [2023]}, audience)
        records = Question("records", (indicator,), (), {"year": [2023]}, audience)
        for question in (figures, records):
            now = answer(question, live, known)
            then = answer(question, frozen.extract, frozen.indicators)
            assert plain(now) == plain(then)


def plain(said: dict[str, Any]) -> dict[str, Any]:
    """An answer without what the record kinds are called, which an extract for tests does not know."""
    return {name: value for name, value in said.items() if name != "groups"} | {
        "ids": [sorted(group["ids"]) for group in said.get("groups", [])]
    }
