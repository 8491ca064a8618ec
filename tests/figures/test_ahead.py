"""What pages will ask is worked out before anybody asks it, and whoever does ask goes first."""

from __future__ import annotations

from threading import Thread

import pytest

from schakel.figures.ahead import Ahead, steps
from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question
from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Extract, Meta, extract_of
from schakel.figures.serving import Keeper

from .drawing import fact, frames_of

OF_PROJECTS = {name: one for name, one in catalogue().items() if one.parts[0].fact == "project"}
PAGES = (("agency",), ("province",))


@pytest.fixture(autouse=True)
def _one_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schakel.figures.ahead.catalogue", lambda: OF_PROJECTS)


def _extract(position: str = "1") -> Extract:
    facts = {"project": [fact(n, "bom" if n % 3 else "nom", n, year=2022 + n % 2) for n in range(1, 20)]}
    return extract_of(frames_of(facts), Meta(position, {"project": "project"}))


def _fails() -> bool:
    raise RuntimeError("the clock is away")


def _asked(extract: Extract, reader: Audience) -> list[object]:
    questions = (
        Question("figures", ("innovation_projects",), by, {"year": [year]}, reader)
        for year in (2022, 2023)
        for by in PAGES
    )
    return [answer(question, extract) for question in questions]


def test_nothing_is_left_to_decide_for_any_agency_or_reader_when_their_pages_are_asked() -> None:
    extract = _extract()
    for _done in steps(extract):
        pass
    before = {key for key in extract.decided if "coverage" not in str(key)}
    told = [_asked(extract, reader) for reader in (Audience(), Audience(agency="bom"), Audience(agency="nom"))]
    assert before >= {key for key in extract.decided if "coverage" not in str(key)}
    fresh = _extract()
    assert told == [_asked(fresh, reader) for reader in (Audience(), Audience(agency="bom"), Audience(agency="nom"))]


def test_it_goes_on_slowly_while_people_ask_and_no_step_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schakel.figures.ahead._LOOK", 0)
    extract = _extract()
    looks: list[int] = []

    def resting() -> bool:
        looks.append(len(extract.decided))
        return len(looks) % 3 == 0

    Ahead(resting).begin(extract).join()
    assert len(looks) == 3 * sum(1 for _ in steps(_extract()))


def test_what_was_begun_for_a_former_extract_ends_when_a_newer_one_is_there() -> None:
    former, newer = _extract(), _extract("2")
    begun: list[Thread] = []

    def resting() -> bool:
        if not begun:
            begun.append(ahead.begin(newer))
        return True

    ahead = Ahead(resting)
    ahead.begin(former).join()
    begun[0].join()
    assert len(former.decided) < len(newer.decided)


def test_a_reader_never_waits_for_it_and_gets_an_answer_where_it_fails() -> None:
    begun: list[Extract] = []
    position = ["1"]
    keeper = Keeper(lambda: position[0], lambda: _extract(position[0]))
    keeper.begun = begun.append
    assert keeper.extract() is keeper.extract()
    position[0] = "2"
    keeper.extract()
    assert [extract.meta.position for extract in begun] == ["1", "2"]
    Ahead(_fails).begin(begun[0]).join()
    assert _asked(begun[0], Audience(agency="bom")) == _asked(_extract(), Audience(agency="bom"))
