"""The counting process: answers, survives whatever it is asked, and keeps its figures fresh."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import orjson
import pytest

from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.counting import Extract, Meta, extract_of
from schakel.figures.process import CountingError, ask, ask_all
from schakel.figures.serving import CountingServer, Keeper

from .drawing import fact, frames_of

SECRETARIAT = Audience(all_agencies=True, maker=True)


def _extract(projects: int, position: str = "1") -> Extract:
    facts = {"project": [fact(n, "bom" if n % 2 else "nom", n) for n in range(1, projects + 1)]}
    return extract_of(frames_of(facts), Meta(position, {"project": "project"}))


class Data:
    """What stands in the database: how many projects, and since when."""

    def __init__(self) -> None:
        self.projects, self.position, self.broken, self.renewals = 5, "1", False, 0

    def renew(self) -> Extract:
        self.renewals += 1
        if self.broken:
            raise RuntimeError("the database is away")
        return _extract(self.projects, self.position)


@pytest.fixture
def data() -> Data:
    return Data()


@pytest.fixture
def path(tmp_path: Path, data: Data) -> Iterator[Path]:
    server = CountingServer(tmp_path / "run" / "counting.sock", Keeper(lambda: data.position, data.renew).extract)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield tmp_path / "run" / "counting.sock"
    server.shutdown()
    server.server_close()
    thread.join()


def _projects(path: Path) -> int:
    question = Question("figures", ("innovation_projects",), (), {"year": [2023]}, SECRETARIAT)
    amount: int = ask(path, question)["figures"][0]["total"]["amount"]
    return amount


def _raw(path: Path, sent: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(10)
        client.connect(str(path))
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        with client.makefile("rb") as stream:
            return stream.readline()


def test_it_answers_with_figures_and_with_the_records_behind_them(path: Path) -> None:
    assert _projects(path) == 5
    found = ask(path, Question("records", ("innovation_projects",), (), {"agency": ["nom"]}, SECRETARIAT))
    assert found["groups"] == [{"kind": "project", "ids": [2, 4], "count": 2}]


def test_only_its_own_account_may_speak_to_it(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "sent",
    [
        b"\n",
        b"",
        b"not json\n",
        b"[]\n",
        b"null\n",
        b'{"ask": "figures", "indicators": 7}\n',
        b'{"ask": "figures", "by": ["nonsense"], "filters": {"year": ["later"]}}\n',
        b'{"ask": "figures", "audience": {"role": "king"}}\n',
        b"\xff\xfe\x00\n",
        b"[" * 60_000 + b"\n",
        b"x" * 100_000,
    ],
)
def test_what_is_no_question_is_refused_and_harms_nobody(path: Path, sent: bytes) -> None:
    answer = _raw(path, sent)
    assert set(json.loads(answer)) == {"error"}
    assert _projects(path) == 5


def test_who_hangs_up_harms_nobody(path: Path) -> None:
    for _ in range(20):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(path))
            client.sendall(b'{"ask": "fig')
    assert _projects(path) == 5


def test_a_refusal_is_told_to_who_asked(path: Path) -> None:
    with pytest.raises(QuestionError, match="there is no indicator happiness"):
        ask(path, Question("figures", ("happiness",), (), {}, SECRETARIAT))
    with pytest.raises(QuestionError, match="another agency"):
        ask(path, Question("figures", (), (), {"agency": ["nom"]}, Audience(agency="bom", maker=True)))


def test_many_ask_at_once(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: _projects(path), range(40))) == {5}


def test_when_the_data_has_moved_on_it_counts_anew_and_else_not(path: Path, data: Data) -> None:
    assert (_projects(path), _projects(path), data.renewals) == (5, 5, 1)
    data.projects, data.position = 6, "2"
    assert (_projects(path), _projects(path), data.renewals) == (6, 6, 2)


def test_when_a_renewal_fails_the_former_figures_stay(path: Path, data: Data) -> None:
    assert _projects(path) == 5
    data.position, data.broken = "2", True
    assert _projects(path) == 5
    data.projects, data.broken = 7, False
    assert _projects(path) == 7


def test_while_a_renewal_runs_the_former_figures_answer() -> None:
    started, go_on = threading.Event(), threading.Event()

    def slowly() -> Extract:
        started.set()
        go_on.wait(10)
        return _extract(9, "2")

    keeper = Keeper(lambda: "2", slowly)
    keeper._current = _extract(5, "1")
    with ThreadPoolExecutor(1) as pool:
        renewing = pool.submit(keeper.extract)
        assert started.wait(10)
        assert keeper.extract().meta.position == "1"
        go_on.set()
        assert renewing.result().meta.position == "2"
    assert keeper.extract().meta.position == "2"


def test_when_it_is_down_who_asks_hears_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CountingError, match=r"De telling is even niet beschikbaar.*schakel counter"):
        ask(tmp_path / "nobody.sock", Question("years"))


def test_who_only_asks_loads_no_counting() -> None:
    code = "import sys, schakel.figures.process; print(sorted({'duckdb', 'ibis', 'polars'} & sys.modules.keys()))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_several_questions_are_answered_at_once_and_of_one_moment(path: Path, data: Data) -> None:
    asked = [Question("figures", ("innovation_projects",), (), {"year": [year]}, SECRETARIAT) for year in (2023, 2022)]
    answers = ask_all(path, asked)
    assert [answer["figures"][0]["total"]["amount"] for answer in answers] == [5, 0]
    assert answers[0] == ask(path, asked[0])
    data.projects, data.position = 7, "2"
    assert ask_all(path, asked)[0]["figures"][0]["total"]["amount"] == 7


def test_one_refused_of_several_is_told_in_its_place(path: Path) -> None:
    good = Question("figures", ("innovation_projects",), (), {"year": [2023]}, SECRETARIAT)
    bad = Question("figures", ("nothing_like_it",), (), {}, SECRETARIAT)
    with pytest.raises(QuestionError, match="there is no indicator nothing_like_it"):
        ask_all(path, [good, bad])
    both = json.loads(_raw(path, orjson.dumps([good, 5]) + b"\n"))["answers"]
    assert both[0]["figures"][0]["total"]["amount"] == 5
    assert "this is no question" in both[1]["error"]
