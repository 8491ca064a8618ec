"""Who asks a process that has its hands full is let go of after the answer, and only then."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Barrier, Thread
from typing import Any

import pytest

from schakel.door import Door


def _asked(door: Door, told: list[dict[str, str]]) -> None:
    def start_response(_status: str, headers: list[tuple[str, str]], *_rest: Any) -> None:
        told.append(dict(headers))

    assert list(door({}, start_response)) == [b"page"]


def _at_one_moment(people: int, hands: int) -> list[dict[str, str]]:
    """The headers that as many people get whose pages are being made at one moment."""
    together, told = Barrier(people), []

    def page(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        together.wait(30)
        start_response("200 OK", [("Content-Type", "text/html")])
        together.wait(30)
        return [b"page"]

    door = Door(page, hands=hands)
    asking = [Thread(target=_asked, args=(door, told)) for _person in range(people)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    return told


@pytest.mark.parametrize(("people", "closed"), [(1, False), (2, False), (3, True), (4, True)])
def test_an_answer_ends_its_connection_where_all_hands_are_taken(people: int, closed: bool) -> None:
    told = _at_one_moment(people, hands=3)
    assert len(told) == people
    assert [headers.get("Connection") == "close" for headers in told] == [closed] * people
    assert all(headers["Content-Type"] == "text/html" for headers in told)


def test_a_page_that_fails_frees_the_hand_that_made_it() -> None:
    failing = [True, True, True]

    def page(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if failing:
            failing.pop()
            raise RuntimeError("no page")
        start_response("200 OK", [])
        return [b"page"]

    door = Door(page, hands=2)
    for _time in range(3):
        with pytest.raises(RuntimeError):
            door({}, lambda *_said: None)
    told: list[dict[str, str]] = []
    _asked(door, told)
    assert told == [{}]
