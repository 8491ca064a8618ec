"""A closing as files: the same state gives the same, what is altered is found, and any machine counts it again."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.figures.catalogue import catalogue, texts
from schakel.figures.closing import ClosingError, freeze, opened, verify
from schakel.figures.closing.carrying import as_folder, read_folder, write_out, written
from schakel.figures.closing.fresh import verified_afresh
from schakel.figures.closing.frozen import IDENTITY_COLUMNS, State, cells_of, facts_in, frame_of
from schakel.figures.closing.manifest import Manifest, digest_of, said_of, whole
from schakel.figures.counting import Selection
from tests.conftest import ROOT

from .closings import FACTS, INVESTED, LEVERAGE, PROJECTS, SEED, exported, state_of, usual
from .closings import said_of as said_of_fact
from .drawing import MEASURES, drawn_facts, frames_of

THEN = datetime(2024, 4, 1, 9, 30, tzinfo=UTC)
IDENTITIES = pl.DataFrame(
    [("project", 1, "project", 10, True, "number"), ("project", 2, "project", 10, False, "title")],
    schema=IDENTITY_COLUMNS,
    orient="row",
)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return freeze(state_of(usual(), identities=IDENTITIES), moment=THEN)


@pytest.fixture
def folder(files: dict[str, bytes]) -> Iterator[Path]:
    with written(files) as path:
        yield path


def test_it_is_as_it_was_made(folder):
    report = verify(folder)
    assert (report.differences, report.notes, report.whole) == ((), (), True)
    assert report.counted > 20


def test_the_same_state_gives_the_same_files_at_any_moment(files):
    later = freeze(state_of(usual(), identities=IDENTITIES))
    moments = {"manifest.json", "manifest.sha256"}
    assert {name: content for name, content in files.items() if name not in moments} == {
        name: content for name, content in later.items() if name not in moments
    }
    assert Manifest.of(files["manifest.json"]).state == Manifest.of(later["manifest.json"]).state


def test_the_order_in_which_rows_are_read_is_nothing(files):
    turned = {name: list(reversed(rows)) for name, rows in usual().items()}
    again = freeze(state_of(turned, identities=IDENTITIES.reverse()), moment=THEN)
    assert digest_of(again) == digest_of(files)


def test_another_state_is_another():
    states = [state_of(usual()), state_of(usual(), INVESTED), state_of(usual(), SEED), state_of({})]
    states.append(state_of(usual(), identities=IDENTITIES))
    assert len({state.digest for state in states}) == len(states)


def test_it_holds_results_of_every_cell_that_it_says(files):
    closed = opened(files)
    for indicator in closed.indicators.values():
        for by in cells_of(indicator):
            name = "-".join(by) or "total"
            kept = closed.results.filter((pl.col("indicator") == indicator.id) & (pl.col("cells") == name))
            counted = Selection(indicator, closed.extract).by(*by).figures
            assert {
                tuple(place for place in row[:2] if place is not None): row[2:]
                for row in kept.select("place", "other", "amount", "base", "contributors").iter_rows()
            } == {place: (figure.amount, figure.base, figure.contributors) for place, figure in counted.items()}


def test_the_whole_catalogue_can_be_closed_and_every_text_in_it_is_a_code():
    frames = frames_of(usual())
    kinds = {name: said_of_fact(name) for name in MEASURES}
    kept = freeze(State(2023, frames, kinds, IDENTITIES, texts()))
    assert list(opened(kept).indicators) == list(catalogue())
    tables = {**facts_in(kept), "identities": frame_of(kept["identities.parquet"])}
    for name, frame in tables.items():
        for column, dtype in frame.schema.items():
            if dtype in {pl.String, pl.List(pl.String)}:
                texts_in = frame[column].explode().drop_nulls().unique()
                assert texts_in.str.contains(r"^[A-Za-z0-9._-]{0,40}$").all(), (name, column)


@given(st.data())
def test_whatever_byte_is_altered_it_is_found(files, data):
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[name]) - 1))
    other = data.draw(st.integers(1, 255))
    content = bytearray(files[name])
    content[at] ^= other
    with written({**files, name: bytes(content)}) as folder:
        assert not verify(folder, anew=False).whole


@given(st.data())
def test_whatever_is_cut_off_added_or_left_out_is_found(files, data):
    name = data.draw(st.sampled_from(sorted(set(files) - {"manifest.json"})))
    content = files[name]
    altered = data.draw(st.sampled_from([content[:-1], content + b"\n", b"", None]))
    kept = {key: value for key, value in files.items() if key != name}
    with written(kept if altered is None else kept | {name: altered}) as folder:
        assert not verify(folder, anew=False).whole


def test_a_file_that_does_not_belong_is_named(folder):
    (folder / "facts" / "more.parquet").write_bytes((folder / "facts" / "project.parquet").read_bytes())
    assert verify(folder).differences == ("facts/more.parquet does not belong to the closing",)


def forged(files: dict[str, bytes], **others: bytes) -> dict[str, bytes]:
    """The closing with other files and a manifest that says so: what somebody makes who can write everything."""
    kept = {name: content for name, content in files.items() if not name.startswith("manifest.")} | others
    manifest = Manifest.of(files["manifest.json"])
    object.__setattr__(manifest, "files", said_of(kept))
    return whole(manifest, kept)


def test_results_that_do_not_follow_from_the_facts_are_named(files):
    results = opened(files).results.with_columns(
        amount=pl.when((pl.col("indicator") == "invested") & (pl.col("cells") == "total"))
        .then(pl.lit(1))
        .otherwise("amount")
    )
    target = io.BytesIO()
    results.write_parquet(target)
    with written(forged(files, **{"results.parquet": target.getvalue()})) as folder:
        (line,) = verify(folder, anew=False).differences
    assert line == "invested.total: in all: (1, None, 2) was kept, (80000, None, 2) is counted"


def test_a_whole_other_closing_has_another_digest(files):
    other = freeze(state_of({**usual(), "investment": []}), moment=THEN)
    with written(other) as folder:
        assert verify(folder).whole
        (line,) = verify(folder, digest=digest_of(files)).differences
    assert digest_of(files) in line


@pytest.mark.parametrize(
    "statement",
    [
        "COPY (SELECT 1) TO 'somewhere.csv'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT 1 AS amount, 2 AS base, 3 AS contributors; SELECT 2",
        "ATTACH 'somewhere.db'",
        "SELECT amount FROM nowhere",
        "no statement",
    ],
)
def test_a_statement_can_touch_nothing_but_the_facts(files, statement):
    with written(forged(files, **{"sql/invested.total.sql": statement.encode()})) as folder:
        before = sorted(path.name for path in folder.rglob("*"))
        assert not verify(folder, anew=False).whole
        assert sorted(path.name for path in folder.rglob("*")) == before


def test_what_today_counts_otherwise_is_a_note_and_no_difference(files, monkeypatch):
    monkeypatch.setattr("schakel.figures.closing.verifying.results_of", lambda *_args: opened(files).results.clear())
    with written(files) as folder:
        report = verify(folder)
    assert report.whole
    assert "invested.total: today's code counts this otherwise" in report.notes


def test_definitions_that_today_cannot_be_read_are_a_note(files):
    definitions = files["definitions/small.toml"].replace(b"statement", b"utterance")
    with written(forged(files, **{"definitions/small.toml": definitions})) as folder:
        report = verify(folder)
    assert report.whole
    assert "utterance" in report.notes[0]


@settings(max_examples=15)  # each writes and counts all of a closing
@given(drawn_facts(FACTS))
def test_every_year_verifies(facts):
    with written(freeze(state_of(facts, PROJECTS, LEVERAGE, SEED))) as folder:
        report = verify(folder)
    assert (report.differences, report.notes) == ((), ())


@pytest.mark.parametrize("name", ["closing", "closing.zip"])
def test_it_is_carried_elsewhere_and_back(files, tmp_path, name):
    target = write_out(files, tmp_path / "out" / name)
    with as_folder(target) as folder:
        assert read_folder(folder) == files
    with pytest.raises(ClosingError, match="is there already"):
        write_out(files, target)


def test_the_same_closing_is_the_same_zip(files, tmp_path):
    one, other = (write_out(files, tmp_path / name).read_bytes() for name in ("one.zip", "other.zip"))
    assert one == other


def test_what_is_no_closing_is_said_to_be_none(tmp_path):
    (tmp_path / "letter.zip").write_bytes(b"Dear all")
    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "letter.zip"):
        with pytest.raises(ClosingError, match=r"manifest\.json|no folder and no zip"), as_folder(path):
            raise AssertionError(path)


def test_a_fresh_process_verifies_without_database_settings_or_project(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@nowhere.invalid/nothing")
    monkeypatch.chdir(tmp_path)
    report = verified_afresh(folder)
    assert (report.differences, report.notes, report.year) == ((), (), 2023)
    (folder / "README.txt").write_text("other")
    assert verified_afresh(folder).differences == ("README.txt was altered",)


def bare(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A process that is given nothing: no database, no settings, no folder of an installation."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "SCHAKEL_VAR": str(cwd / "var"), "HOME": str(cwd)}
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, env=environ, cwd=cwd, check=False)


def test_the_command_verifies_a_folder_and_a_zip_without_a_server(files, tmp_path):
    write_out(files, tmp_path / "closing.zip")
    folder = exported(tmp_path / "closing")
    for path in ("closing.zip", "closing"):
        done = bare("-m", "schakel.cli", "close", "--verify", path, cwd=tmp_path)
        assert (done.returncode, "as it was closed" in done.stdout) == (0, True), done.stderr
    (folder / "results.parquet").write_bytes(b"")
    done = bare("-m", "schakel.cli", "close", "--verify", "closing", cwd=tmp_path)
    assert (done.returncode, "results.parquet was altered" in done.stdout) == (1, True)
    assert not (tmp_path / "var" / "postgres").exists()


def test_its_own_script_counts_it_again_and_knows_no_schakel(files, tmp_path):
    folder = write_out(files, tmp_path / "closing")
    words = [sys.executable, "-I", str(folder / "recount.py")]
    done = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout) == (0, "Every file and every result is as kept.\n"), done.stderr
    (folder / "facts" / "project.parquet").unlink()
    done = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "- facts/project.parquet is missing")


def test_verifying_loads_no_database(folder):
    verifying = f"import sys, pathlib, schakel.figures.closing as c; c.verify(pathlib.Path({str(folder)!r}))"
    loaded = "print([n for n in sys.modules if n.startswith(('psycopg', 'schakel.settings', 'django.db.models'))])"
    done = bare("-c", f"{verifying}; {loaded}", cwd=folder.parent)
    assert done.stdout.strip() == "[]", done.stderr


def test_the_manifest_says_with_what_it_was_made(files):
    said = json.loads(files["manifest.json"])
    assert set(said["engines"]) == {"duckdb", "ibis", "polars", "python", "schakel"}
    assert said["made_at"] == "2024-04-01T09:30:00+00:00"
    assert said["facts"]["investment"] == {
        "rows": 2,
        "record_kind": "investment",
        "other_kind": "",
        "identities": ["thing", "organisation", "leading", "round"],
        "of_records": True,
    }
