"""A statement is written once, whoever asks: the same text, from another process too, and never of other code."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Selection, extract_of, statements
from schakel.figures.counting.layout import Layout
from schakel.figures.counting.statements import FOLDER, written_once
from tests.examples import ROUNDS

from .drawing import fact, frames_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER, str(tmp_path / "statements"))
    return tmp_path / "statements"


class Writer:
    """Writes statements as a process of its own would, and tells how often."""

    def __init__(self) -> None:
        self.wrote = 0

        @written_once
        def write(name: str, number: int) -> str:
            self.wrote += 1
            return f"SELECT {number} AS {name}"

        self.write = write


def test_another_process_reads_what_one_wrote(folder: Path) -> None:
    first, second = Writer(), Writer()
    assert first.write("a", 1) == first.write("a", 1) == second.write("a", 1) == "SELECT 1 AS a"
    assert (first.wrote, second.wrote) == (1, 0)
    assert second.write("a", 2) == "SELECT 2 AS a"
    assert len(list(folder.iterdir())) == 2
    assert folder.stat().st_mode & 0o077 == 0


def test_without_a_folder_each_process_writes_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER)
    first, second = Writer(), Writer()
    assert first.write("a", 1) == first.write("a", 1) == second.write("a", 1)
    assert (first.wrote, second.wrote) == (1, 1)
    assert not folder.exists()


def test_other_code_writes_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = Writer(), Writer()
    old.write("a", 1)
    monkeypatch.setattr(statements, "_code", lambda: "another version")
    new.write("a", 1)
    assert (old.wrote, new.wrote) == (1, 1)


def test_one_that_was_cut_off_is_written_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, _target: Path) -> Path:
        raise OSError(f"no room for {path.name}")

    first = Writer()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="no room"):
            first.write("a", 1)
    assert Writer().write("a", 1) == "SELECT 1 AS a"


@ROUNDS
@given(st.sampled_from(sorted(catalogue())), st.data())
def test_more_tables_beside_it_change_no_statement(name: str, data: st.DataObject) -> None:
    indicator = catalogue()[name]
    mine = {fact for part in indicator.parts for fact in part.facts}
    every = frames_of({"project": [fact(1, "bom", 1)]})
    by = data.draw(st.sampled_from([(), *((each,) for each in indicator.breakdowns)]))
    shuffled = {
        each: frame.select(sorted(frame.columns, reverse=True)) for each, frame in every.items() if each in mine
    }
    whole, bare = Layout.of(every), Layout.of(shuffled)
    assert whole.behind(*indicator.parts) == bare.behind(*indicator.parts)
    extract = extract_of(shuffled)
    assert Selection(indicator, extract).sql(*by) == Selection(indicator, extract_of(every)).sql(*by)
    assert isinstance(Selection(indicator, extract).by(*by).frame, pl.DataFrame)


def test_a_table_that_lacks_is_named_beside_all_there_are() -> None:
    extract = extract_of(frames_of({"project": [fact(1, "bom", 1)]}, ("project", "investment")))
    with pytest.raises(KeyError, match="no fact 'staff'; it has: investment, project"):
        Selection(catalogue()["staff_fte"], extract).total()
