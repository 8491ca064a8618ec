"""A revision as it is read: by the secretariat whole, by an agency its own column, by readers once published."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.figures import revising
from schakel.figures.actions.publishing import prepare_publication, set_hour
from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.closing import Closed, freeze, opened
from schakel.figures.closing.explaining import NETWORK, explain
from schakel.figures.closing.shelf import Shelf
from schakel.figures.closing.telling import FEWEST, TOGETHER, told
from schakel.figures.gate import Gate
from schakel.figures.models import Closing
from schakel.figures.serving import CountingServer
from schakel.figures.vintages import editions
from tests.examples import shown_by
from tests.intake.people import signed_in

from .closings import COMPANIES, FACTS, INVESTED, PROJECTS, YEAR, state_of, usual
from .drawing import drawn_facts
from .publishing import SECRETARIAT, closed, secretary

ALL, BOM, READER = Audience("", all_agencies=True, maker=True), Audience("bom", maker=True), Audience()


def frozen(facts: Any, version: int = 1) -> Closed:
    state = state_of(facts, INVESTED, COMPANIES, PROJECTS)
    small = state.definitions["small.toml"].replace('disclosure = "open"', 'disclosure = "organisations"')
    object.__setattr__(state, "definitions", {"small.toml": small})
    return opened(freeze(state, version=version))


def first() -> Any:
    """Enough investments for their sum to be told to everybody."""
    facts = usual()
    for number, agency in enumerate(("liof", "nom", "liof", "nom", "liof"), start=21):
        more = {"record": number, "agency": agency, "thing": number, "organisation": number, "amount": 200_00}
        facts["investment"].append(facts["investment"][1] | more)
    return facts


def later() -> Any:
    """One of NOM's investments is withdrawn, and BOM's was larger: two organisations, one for each cause."""
    facts = first()
    one, _withdrawn, *others = facts["investment"]
    facts["investment"] = [one | {"amount": 700_00}, *others]
    return facts


@pytest.fixture(scope="module")
def both() -> tuple[Closed, Closed]:
    return frozen(first()), frozen(later(), 2)


@pytest.fixture
def counting(both: tuple[Closed, Closed], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """A counting process over two closings, asked without a socket; the closings are those of the database."""

    def read(number: int) -> Closed:
        return both[Closing.objects.get(pk=number).version - 1]

    server = CountingServer(tmp_path / "counting.sock", lambda: both[0].extract, Gate(editions), Shelf(read))

    def ask(_path: Path, question: Question, *, patience: float = 0) -> dict[str, Any]:
        answer: dict[str, Any] = orjson.loads(server.answer(orjson.dumps(question)))
        return answer

    monkeypatch.setattr(revising, "ask", ask)
    yield ask
    server.server_close()


Ask = Callable[..., dict[str, Any]]


def page(client: Client, version: int = 2) -> str:
    answer = client.get(f"/cijfers/jaar/{YEAR}/herziening/{version}/")
    assert answer.status_code == 200
    main = re.search(r"<main.*</main>", answer.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", main.group() if main else "").split())


def published(closing: Closing) -> Closing:
    held = prepare_publication(actor=secretary(), closing=closing, remark="nobody certifies in this test")
    set_hour(actor=secretary(), publication=held, at=timezone.now())
    return closing


@pytest.mark.django_db
def test_the_secretariat_reads_each_cause_for_the_network_and_for_every_agency(counting):
    closed(), closed(version=2)
    found = page(signed_in(SECRETARIAT, "secretary", language="en"))
    assert "invested € 1,800 − € 300 + € 200 € 1,700" in found.replace("\N{NO-BREAK SPACE}", " ")
    assert "a late letter" in found
    assert "Decided by ROM-Nederland" in found
    assert "Records that stood at the first closing and no longer do." in found
    assert "What is other in 2023: NOM" in found
    assert "What versions 1 and 2 tell together" in found
    assert "invested In total 2" in found


@pytest.mark.django_db
def test_an_agency_reads_its_own_column_and_of_too_few_others_no_cause_apart(counting):
    closed(), closed(version=2)
    found = page(signed_in("bom", "reader", language="en")).replace("\N{NO-BREAK SPACE}", " ")
    assert "What is other in 2023: BOM" in found
    assert "What is other in 2023: NOM" not in found
    assert "tell together" not in found
    assert "invested € 1,800 − € 100 € 1,700" in found  # NOM's withdrawal could be read from BOM's own change


@pytest.mark.django_db
def test_readers_read_it_once_both_are_published(counting):
    reader = signed_in("ministerie-ez", "reader", language="en")
    first = closed()
    assert reader.get(f"/cijfers/jaar/{YEAR}/herziening/2/").status_code == 404
    published(first)
    second = closed(version=2)
    assert reader.get(f"/cijfers/jaar/{YEAR}/herziening/2/").status_code == 404
    published(second)
    assert "Several causes" in page(reader)
    assert "By agency" not in page(reader)


@pytest.mark.django_db
def test_what_readers_never_read_is_not_explained_to_them(counting):
    first = closed()
    published(closed(version=2))
    assert signed_in("ministerie-ez", "reader").get(f"/cijfers/jaar/{YEAR}/herziening/2/").status_code == 404
    question = Question(
        "explain", filters={"year": [YEAR], "against": [first.pk]}, audience=READER, vintage=first.pk + 1
    )
    with pytest.raises(QuestionError, match="not published"):
        counting(Path(), question)


@pytest.mark.django_db
@pytest.mark.parametrize("version", [0, 1, 3])
def test_where_there_are_no_two_closings_there_is_no_page(counting, version):
    closed(), closed(version=2)
    path = f"/cijfers/jaar/{YEAR}/herziening/{version}/"
    assert signed_in(SECRETARIAT, "secretary").get(path).status_code == 404


@pytest.mark.django_db
def test_in_dutch_it_is_dutch(counting):
    closed(), closed(version=2)
    found = page(signed_in(SECRETARIAT, "secretary", language="nl"))
    assert "Herziening van 2023, versie 2" in found
    assert "Ingetrokken" in found
    assert "Records die er bij de eerste afsluiting waren en nu niet meer." in found


def parts(said: dict[str, Any], indicator: str, column: str = NETWORK) -> dict[str, int]:
    line = next(one for one in said["figures"] if (one["indicator"], one["column"]) == (indicator, column))
    return {part["cause"]: part["amount"] for part in line["parts"]}


@given(drawn_facts(FACTS), drawn_facts(FACTS), st.sampled_from([BOM, READER]))
@settings(max_examples=shown_by(4, assured_by=10))
def test_a_figure_that_either_closing_withholds_is_not_told_here_either(before, after, audience):
    both = {1: frozen(before), 2: frozen(after, 2)}
    said = Shelf(both.__getitem__).told_between(1, 2, audience)
    there = {line["indicator"] for line in said["figures"] if line["column"] == NETWORK}
    for closing in both.values():
        question = Question("figures", filters={"year": [YEAR]}, audience=audience)
        for found in answer(question, closing.extract, closing.indicators)["figures"]:
            assert not (found["total"].get("suppressed") and found["indicator"] in there)


def test_causes_of_enough_organisations_are_told_and_the_others_together():
    before, after = usual(), usual()
    for number in range(20, 20 + FEWEST):
        one = before["investment"][0] | {"record": number, "organisation": number, "thing": number, "amount": 1_00}
        before["investment"].append(one)
    after["investment"][1]["amount"] = 310_00
    revision = explain(frozen(before), frozen(after, 2))
    indicators = frozen(after).indicators
    assert parts(told(revision, indicators, ALL), "invested") == {"withdrawn": -FEWEST * 1_00, "changed": 10_00}
    assert parts(told(revision, indicators, READER), "invested") == {TOGETHER: 10_00 - FEWEST * 1_00}
    assert {one["records"] for one in told(revision, indicators, READER)["records"]} == {FEWEST, None}


@given(drawn_facts(FACTS), drawn_facts(FACTS), st.sampled_from([ALL, BOM, READER]))
@settings(max_examples=shown_by(4, assured_by=10))
def test_whoever_reads_it_what_is_told_adds_up_and_is_theirs(before, after, audience):
    one, other = frozen(before), frozen(after, 2)
    said = told(explain(one, other), {**one.indicators, **other.indicators}, audience)
    for line in said["figures"]:
        assert line["column"] == NETWORK or audience.sees(line["column"])
        assert line["after"][0] - line["before"][0] == sum(part["amount"] for part in line["parts"])
    assert all(each["column"] == NETWORK or audience.sees(each["column"]) for each in said["records"])
    json.dumps(said)
