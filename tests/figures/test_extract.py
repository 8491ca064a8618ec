"""The extract: whole or not there, checked when opened, and read by nobody else."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import polars as pl
import pytest

from schakel.figures.catalogue import catalogue
from schakel.figures.counting import ExtractError, Meta, Selection, extract, open_extract, write_extract
from schakel.figures.counting.extract import extract_of

from .drawing import Facts, fact, frames_of

FACTS: Facts = {"project": [fact(1, "bom", 1, themes=["security", "security"]), fact(2, "nom", 2, themes=None)]}
META = Meta("at 12", {"project": "project"}, "2024-01-15T09:00:00+00:00")


def _count(directory: Path) -> int:
    return Selection(catalogue()["innovation_projects"], open_extract(directory)).total().amount


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    write_extract(tmp_path, frames_of(FACTS), META)
    opened = open_extract(tmp_path)
    assert (opened.meta, opened.rows["project"], opened.rows["fund"]) == (META, 2, 0)
    themes = opened.ask("SELECT record, themes FROM project ORDER BY record")["themes"].to_list()
    assert themes == [["security"], ["none"]]


def test_a_renewal_replaces_the_whole_and_keeps_only_the_former(tmp_path: Path) -> None:
    for count in (1, 2, 3, 4):
        facts = {"project": [fact(record, "bom", record) for record in range(1, count + 1)]}
        write_extract(tmp_path, frames_of(facts), META)
        assert _count(tmp_path) == count
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 2


@pytest.mark.parametrize("moment", ["_write_fact", "_write_durably", "_point_to"])
def test_a_renewal_cut_off_at_any_moment_leaves_the_former(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    write_extract(tmp_path, frames_of(FACTS), META)

    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(extract, moment, cut_off)
    with pytest.raises(KeyboardInterrupt):
        write_extract(tmp_path, frames_of({}), META)
    assert _count(tmp_path) == 2


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    folder = write_extract(tmp_path, frames_of(FACTS), META)
    with (folder / "project.parquet").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ExtractError, match=r"project.parquet is missing or not what the manifest says"):
        open_extract(tmp_path)


def test_no_extract_says_so(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match="renew it first"):
        open_extract(tmp_path)


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    folder = write_extract(tmp_path / "extract", frames_of(FACTS), META)
    assert (tmp_path / "extract").stat().st_mode & 0o777 == 0o700
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_it_holds_no_names_and_no_texts_but_codes(tmp_path: Path) -> None:
    folder = write_extract(tmp_path, frames_of(FACTS), META)
    columns = {c for path in folder.glob("*.parquet") for c in pl.read_parquet_schema(path)}
    assert not columns & {"name", "title", "description", "kvk", "email"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: f.drop("province", "leading"), "fact project lacks leading, province"),
        (lambda f: f.with_columns(record=pl.lit(-1, pl.Int64)), "a record id that is empty, negative"),
        (lambda f: f.with_columns(record=pl.lit(1 << 46)), "a record id that is empty, negative"),
        (lambda f: f.with_columns(record=pl.lit(None, pl.Int64)), "a record id that is empty, negative"),
        (lambda f: f.with_columns(record=pl.lit(7, pl.Int64)), "has a record twice: 7"),
    ],
)
def test_frames_that_are_no_facts_are_refused_before_anything_changes(
    tmp_path: Path, change: object, message: str
) -> None:
    write_extract(tmp_path, frames_of(FACTS), META)
    frames = frames_of(FACTS)
    with pytest.raises(ExtractError, match=message):
        write_extract(tmp_path, frames | {"project": change(frames["project"])}, META)  # type: ignore[operator]
    assert _count(tmp_path) == 2


def test_a_fact_it_has_not_is_named() -> None:
    opened = extract_of({"project": frames_of(FACTS)["project"]})
    with pytest.raises(KeyError, match="no fact 'fund'; it has: project"):
        Selection(catalogue()["fund_assets_eur"], opened).total()


def test_several_threads_may_ask_at_once() -> None:
    from concurrent.futures import ThreadPoolExecutor

    opened = extract_of(frames_of(FACTS))
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: opened.ask("SELECT count(*) AS n FROM project")["n"].item(), range(100)))
    assert counts == [2] * 100


def test_a_query_without_end_is_broken_off() -> None:
    hasty = dataclasses.replace(extract_of(frames_of(FACTS)), patience=0.05)
    with pytest.raises(ExtractError, match=r"longer than 0.05 seconds"):
        hasty.ask("SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b")
    assert dataclasses.replace(hasty, patience=60.0).ask("SELECT 1 AS one")["one"].item() == 1


def _numbers(frame: pl.DataFrame) -> list[int]:
    return frame["n"].to_list()


def test_what_is_kept_stays_within_bounds_and_that_asked_last_is_asked_of_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data, after = (extract_of(frames_of({"project": [fact(1, "bom", 1, year=2023)]})) for _ in range(2))
    monkeypatch.setattr(extract, "MOST_ROWS", 40)  # of one row and what any answer takes: three
    monkeypatch.setattr(extract, "MOST_ROWS_AGAIN", 11)
    asked = [f"SELECT year, {n} AS n FROM project" for n in range(5)]
    for sql in (*asked, asked[2]):
        assert data.at({"year": 2023}, sql, (), _numbers) == [asked.index(sql)]
        assert data.at({"year": 1999}, sql, (), _numbers) == []
    assert [sql for sql, *_ in data.known] == [asked[3], asked[4], asked[2]]
    after.ask_again(data)
    assert [sql for sql, *_ in after.known] == [asked[2]]
