"""Trap 8: a confirmation letter comes late and moves a figure to another year, after both years are published.

Both are restated in a revision; until that is approved readers keep what they had, and the old vintage stays for ever.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from schakel.figures.actions.closing import begin_closing, closing_made
from schakel.figures.actions.publishing import prepare_publication, set_hour
from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.catalogue import texts
from schakel.figures.closing import making
from schakel.figures.closing.kept import open_closing
from schakel.figures.closing.making import close_year
from schakel.figures.gate import Gate
from schakel.figures.models import Closing, Publication
from schakel.figures.queries import audience_of
from schakel.figures.vintages import editions, vintage_of
from schakel.intake.actions import settle_vanished
from schakel.register.actions import link
from schakel.sharing.roles import COUNTER, LINKER, database_role
from tests.intake.delivering import TABLES, send, write
from tests.making import actor_for, acts

from .publishing import REMARK, approve, body, secretary

pytestmark = pytest.mark.django_db
HEAD = "Investering;Nr;Datum;Bedrag;Fase\n"
ORDINARY = "I1;R1;15-06-{year};100.000,00;seed\n"
LETTER = "I7;R1;20-12-2022;40.000,00;seed\n"  # decided in December, told in January, confirmed in the summer after
YEARS = (2022, 2023)
DEFINED = "investment.toml"


def deliver(folder: Path, year: int, letter: str = "") -> None:
    tables = {name: text.replace("2023", str(year)) for name, text in TABLES.items()}
    tables["investeringen"] = HEAD + ORDINARY.format(year=year) + letter
    send("bom", write(folder / f"sent-{year}", **tables), period=year)


def close(year: int, reason: str = "") -> Closing:
    with database_role(LINKER):
        link()
    closing = begin_closing(actor=secretary(), period=year, reason=reason)
    with database_role(COUNTER):
        made = close_year(closing.pk)
    return closing_made(actor=secretary(), closing_id=closing.pk, digest=made.digest, manifest=made.manifest)


def prepare(closing: Closing) -> Publication:
    held = prepare_publication(actor=secretary(), closing=closing, remark=REMARK)
    return set_hour(actor=secretary(), publication=held, at=timezone.now())


def invested(slug: str, year: int, stand: str = "") -> int:
    """What was invested by the figures that somebody of a party reads, in euros, past every page.

    Who reads them is held to the gate; the number is read by who sees it whole, as two investments are a small cell.
    """
    with acts(slug) as reader:
        vintage, audience = vintage_of(reader, year, stand), audience_of(reader)
    assert vintage is not None
    question = Question("figures", ("invested_eur",), (), {"year": [year]}, audience, vintage.closing)
    with database_role(COUNTER):
        Gate(editions).check(question)
        closed = open_closing(vintage.closing or 0)
        whole = replace(question, audience=Audience(all_agencies=True))
        told = answer(whole, closed.extract, closed.indicators)
    amount: int = told["figures"][0]["total"]["amount"]
    return amount // 100


@pytest.fixture(autouse=True)
def _investments_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Years are closed with the definitions that the letter can move: four closings of all others say no more of it."""
    monkeypatch.setattr(making, "texts", lambda: {name: text for name, text in texts().items() if name == DEFINED})


def test_a_late_letter_is_restated_and_the_old_vintage_kept(tmp_path: Path) -> None:
    board = body()
    deliver(tmp_path, 2022)
    deliver(tmp_path, 2023, LETTER.replace("20-12-2022", "12-01-2023"))
    for year in YEARS:
        approve(prepare(close(year)), board)
    before = {year: invested("ministerie-ez", year) for year in YEARS}
    assert before == {2022: 100_000, 2023: 140_000}

    deliver(tmp_path, 2022, LETTER)
    deliver(tmp_path, 2023)
    settle_vanished(actor=actor_for("bom"), period=2023, withdraw=True, reason="it is of 2022")
    revised = {year: prepare(close(year, "the letter of I7 is of December 2022")) for year in YEARS}
    assert {year: invested("ministerie-ez", year) for year in YEARS} == before  # the board has not met
    assert {year: invested("bom", year, "embargo") for year in YEARS} == {2022: 140_000, 2023: 100_000}
    for held in revised.values():
        with database_role(COUNTER), pytest.raises(QuestionError, match="not published"):
            Gate(editions).check(Question("figures", filters={"year": [held.period]}, vintage=held.closing_id))

    for held in revised.values():
        approve(held, board)
    after = {year: invested("ministerie-ez", year) for year in YEARS}
    assert after == {2022: 140_000, 2023: 100_000}
    assert sum(after.values()) == sum(before.values())
    assert {year: invested("ministerie-ez", year, "1") for year in YEARS} == before
