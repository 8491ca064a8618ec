"""What an auditor's stories need: two agencies that delivered, joined; and a counting process that answers here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import connection

from schakel.figures.asking import Question
from schakel.figures.auditing.asking import Asked, Behind, behind
from schakel.figures.auditing.mandated import mandated
from schakel.figures.counting import Extract, Meta, extract_of
from schakel.figures.facts import facts
from schakel.figures.gate import Gate
from schakel.figures.serving import CountingServer
from schakel.figures.vintages import editions
from schakel.network.queries import party
from schakel.register.actions import link
from schakel.sharing.roles import COUNTER, LINKER, database_role
from tests.intake.delivering import TABLES, send, write
from tests.making import acts
from tests.sharing.mandates import OFFICE

YEAR = 2023


def delivered(folder: Path, slug: str = "bom", year: int = YEAR, investments: int = 6) -> None:
    """A year of an agency with so many investments, of 100, 200, 300 ... thousand euros, each in another company."""
    numbers = range(1, investments + 1)
    lines = [f"I{n};{slug}{n};15-06-{year};{n}00.000,00;seed" for n in numbers]
    tables = {name: text.replace("2023", str(year)) for name, text in TABLES.items()}
    tables["relaties"] += "".join(f"{slug}{n};Zonneveld {slug} {n} B.V.;;4818CL;bedrijf\n" for n in numbers)
    tables["investeringen"] = "Investering;Nr;Datum;Bedrag;Fase\n" + "\n".join(lines) + "\n"
    send(slug, write(folder / f"{slug}{year}", **tables), period=year)


def joined() -> None:
    """Have the records joined, as the linker does."""
    with database_role(LINKER):
        link()


class Counting:
    """The counting process without its socket: the same gate, the same answers, with the counter's rights."""

    def __init__(self) -> None:
        self._server = CountingServer.__new__(CountingServer)
        self._server._answers, self._server._kept = {}, 0  # type: ignore[attr-defined]
        self._server._gate = Gate(editions, mandated=mandated)

    def ask(self, _path: Path, question: Question) -> dict[str, Any]:
        """One answer. Raises QuestionError."""
        with database_role(COUNTER):
            told: dict[str, Any] = orjson.loads(
                self._server._one(Question.of(orjson.loads(orjson.dumps(question))), _extract)
            )
            return told

    def ask_all(self, path: Path, questions: Sequence[Question]) -> list[dict[str, Any]]:
        """Several answers."""
        return [self.ask(path, question) for question in questions]


def _extract() -> Extract:
    frames = {fact.name: fact.read(connection) for fact in facts()}
    return extract_of(frames, Meta("now", {fact.name: fact.record_kind for fact in facts()}))


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """Pages and actions ask it, in the place of the process."""
    made = Counting()
    monkeypatch.setattr("schakel.figures.auditing.asking.ask", made.ask)
    monkeypatch.setattr("schakel.figures.auditing.asking.ask_all", made.ask_all)
    return made


def stands_behind(indicator: str = "invested_eur", year: int = YEAR, **cut: list[str | int]) -> Behind:
    """What stands behind a figure for the auditor's office."""
    office = party(OFFICE).pk
    with acts(OFFICE):
        return behind(Asked(office, year), mandated(office), indicator, cut)
