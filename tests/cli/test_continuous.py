"""The archive of the log of changes: what PostgreSQL is told, which base serves, and what of a base is damaged."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from schakel.cli.commands.replaying import damaged_files
from schakel.cli.continuous import MANIFEST, archive_at, archive_of, first_piece
from schakel.cli.refusals import Refused


def put_away(folder: Path, piece: bytes) -> int:
    """Do what PostgreSQL does with the command: the piece's path and name in their places, by a shell."""
    archive = archive_at(folder / "safe")
    archive.pieces.mkdir(parents=True, exist_ok=True)
    (folder / "piece").write_bytes(piece)
    command = archive.server_settings["archive_command"].replace("%p", str(folder / "piece")).replace("%f", "000A")
    return subprocess.run(command, shell=True, check=False).returncode


def fetched(folder: Path) -> bytes:
    command = archive_at(folder / "safe").fetching.replace("%p", str(folder / "back")).replace("%f", "000A")
    subprocess.run(command, shell=True, check=True)
    return (folder / "back").read_bytes()


def test_a_piece_is_put_away_whole_and_fetched_as_it_was(tmp_path):
    assert put_away(tmp_path, b"log" * 1000) == 0
    assert fetched(tmp_path) == b"log" * 1000
    assert [path.name for path in (tmp_path / "safe" / "wal").iterdir()] == ["000A.gz"]


def test_the_same_piece_again_is_no_fault_and_another_is_never_put_over_it(tmp_path):
    assert put_away(tmp_path, b"first") == 0
    assert put_away(tmp_path, b"first") == 0
    assert put_away(tmp_path, b"another") != 0
    assert fetched(tmp_path) == b"first"


def test_what_broke_off_half_way_is_put_away_again(tmp_path):
    archive = archive_at(tmp_path / "safe")
    archive.pieces.mkdir(parents=True)
    (archive.pieces / "000A.unfinished").write_bytes(b"half")
    assert put_away(tmp_path, b"whole") == 0
    assert fetched(tmp_path) == b"whole"


@pytest.mark.parametrize("name", ['a"b', "a$(b)", "a`b`", "a\\b", "a%pb", "a'b", "a\nb", "a;b"])
def test_a_path_that_a_shell_would_misread_is_refused(name):
    with pytest.raises(Refused, match="are taken in the path"):
        archive_of({"SCHAKEL_ARCHIVE": f"/mnt/{name}"})


def test_without_the_setting_there_is_no_archive():
    assert archive_of({}) is None


def base(folder: Path, name: str, ended: str) -> Path:
    made = folder / "base" / name
    made.mkdir(parents=True)
    (made / MANIFEST).write_text(json.dumps({"made_at": ended}))
    return made


def test_the_newest_base_from_before_the_moment_serves(tmp_path):
    (tmp_path / "base" / ".unfinished").mkdir(parents=True)
    first = base(tmp_path, "20261101T000000", "2026-11-01T00:00:09+00:00")
    second = base(tmp_path, "20261108T000000", "2026-11-08T00:00:09+00:00")
    archive = archive_at(tmp_path)
    assert archive.base_before(None) == second
    assert archive.base_before("2026-11-08T00:00:05.000+00:00") == first
    with pytest.raises(Refused, match="no base from before"):
        archive.base_before("2026-10-31T00:00:00.000+00:00")


def test_the_first_piece_that_a_base_needs_is_that_of_where_it_began(tmp_path):
    (tmp_path / "backup_manifest").write_text(
        json.dumps({"WAL-Ranges": [{"Timeline": 2, "Start-LSN": "1/A2000028", "End-LSN": "1/A3000000"}]})
    )
    assert first_piece(tmp_path) == "0000000200000001000000A2"


def test_every_file_of_a_base_is_held_to_its_digest(tmp_path):
    (tmp_path / "whole").write_bytes(b"as it was")
    (tmp_path / "changed").write_bytes(b"changed")
    told = {"whole": b"as it was", "changed": b"before", "gone": b"x"}
    files = [{"Path": name, "Checksum": hashlib.sha256(content).hexdigest()} for name, content in told.items()]
    (tmp_path / "backup_manifest").write_text(json.dumps({"Files": files}))
    assert damaged_files(tmp_path) == ["changed", "gone"]
