"""`schakel encode` at the agency and `schakel link-keyed` where is counted: from list to answer, without a database."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import polars as pl
import pytest
from django.core.management import CommandError, call_command

from schakel.cli.rooms import room_commands
from schakel.register.matching.files import LIST_COLUMNS, REGISTER_COLUMNS

HERE = {"rid": "1", "agency": "BOM", "name": "Loduka Robotics B.V.", "postcode": "6545 DF", "kvk": "04517396"}
THERE = {"rid": "9", "agency": "NOM", "name": "LODUKA ROBOTICS", "postcode": "6545DF", "kvk": "4517396", "number": "K7"}


def run(*words: object) -> str:
    out = StringIO()
    call_command(*(str(word) for word in words), stdout=out)
    return out.getvalue()


def written(path: Path, row: dict[str, str], separator: str = ",") -> Path:
    columns = dict.fromkeys((*LIST_COLUMNS, "number"), pl.String)
    pl.DataFrame([row], schema=columns).write_csv(path, separator=separator)
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    run("encode", "--new-key", tmp_path / "round.key")
    return tmp_path / "round.key"


def test_from_lists_to_who_is_who_without_a_name(tmp_path: Path, key: Path) -> None:
    entry = {"kvk": "04517396", "name": "Loduka Robotics B.V.", "postcode": "6545DF"}
    pl.DataFrame([entry], schema=dict.fromkeys(REGISTER_COLUMNS, pl.String)).write_parquet(
        tmp_path / "register.parquet"
    )
    with_key = ("--key", key, "--round", "2024-1", "--out")
    said = run("encode", written(tmp_path / "here.csv", HERE), *with_key, tmp_path / "here.idx")
    assert said.startswith("1 records versleuteld voor ronde 2024-1; van 0")
    run("encode", written(tmp_path / "there.csv", THERE, ";"), *with_key, tmp_path / "there.idx")
    run("encode", tmp_path / "register.parquet", "--register", *with_key, tmp_path / "register.idx")
    key.unlink()  # who counts has none
    indexes = ("link_keyed", tmp_path / "there.idx", tmp_path / "here.idx", "--register", tmp_path / "register.idx")
    said = run(*indexes, "--out", tmp_path / "who.csv", "--language", "en")
    assert said.startswith("2 records without names, 1 organisations, 1 of them in the trade register.")
    rows = pl.read_csv(tmp_path / "who.csv", infer_schema=False).rows()
    assert rows == [("1", None, "BOM", "1", "rule"), ("9", "K7", "NOM", "1", "rule")]


def test_an_agency_without_a_column_for_itself_says_who_it_is(tmp_path: Path, key: Path) -> None:
    path = written(tmp_path / "list.csv", HERE)
    pl.read_csv(path, infer_schema=False).drop("agency").write_csv(path)
    words = ("encode", path, "--key", key, "--round", "2024-1", "--out", tmp_path / "out")
    with pytest.raises(CommandError, match="de kolom agency ontbreekt"):
        run(*words)
    assert not (tmp_path / "out").exists()
    run(*words, "--agency", "BOM")
    assert pl.read_parquet(tmp_path / "out")["agency"].to_list() == ["BOM"]


def test_what_is_wrong_is_said_in_the_language_asked_for_and_nothing_is_written(tmp_path: Path, key: Path) -> None:
    path, out = written(tmp_path / "list.csv", HERE), tmp_path / "out"
    wrong: list[tuple[tuple[object, ...], str, str]] = [
        ((path,), "Noem de lijst", "Name the list"),
        ((path, "--key", key, "--out", out), "Geef de ronde een naam", "Give the round a name"),
        ((path, "--key", key, "--round", "1", "--out", path), "kies een andere naam", "choose another name"),
        ((path, "--key", key, "--round", "1", "--out", key), "kies een andere naam", "choose another name"),
        ((path, "--key", path, "--round", "1", "--out", out), "Anderen kunnen", "Others can read"),
        ((path, "--key", key, "--round", "1", "--out", out, "--agency", "NOM"), "van een ander", "of another"),
        ((key, "--key", key, "--round", "1", "--out", out), "niet te lezen", "cannot be read"),
    ]
    path.chmod(0o644)
    was = (path.read_bytes(), key.read_bytes())
    for words, dutch, english in wrong:
        for language, why in (("nl", dutch), ("en", english)):
            with pytest.raises(CommandError, match=why) as refusal:
                run("encode", *words, "--language", language)
            assert refusal.value.returncode == 2
    assert not out.exists()
    assert (path.read_bytes(), key.read_bytes()) == was


def test_neither_command_opens_a_database() -> None:
    commands = room_commands()
    for name in ("encode", "link_keyed"):
        assert not commands[name].needs_database(["file-that-is-not-there", "--key", "nor-this"])
    assert commands["linking"].needs_database(["--data", "file-that-is-not-there"])
