"""A delivery is files and folders; the child that reads them is kept on a short lead."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polars as pl
import pytest

from schakel.intake.reading import Limits, Reading, read
from schakel.intake.reading import process as reading_process
from schakel.intake.tables import CELL_TYPE

Value = TypeVar("Value")
SHARED = Path(__file__).parents[3] / "shared" / "data" / "network-2023" / "deliveries"


def csv(path: Path, text: str = "a;b\n1;2\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def files(reading: Reading) -> list[str]:
    return [table.file for table in reading.tables]


def test_a_folder_is_all_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "deel/c.csv"):
        csv(tmp_path / name)
    assert files(read([tmp_path])) == ["a.csv", "b.csv", "deel/c.csv"]


def test_lock_files_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("~$a.csv", ".hidden.csv", ".git/x.csv", "__MACOSX/a.csv", "Thumbs.db", "a.csv"):
        csv(tmp_path / name)
    reading = read([tmp_path])
    assert files(reading) == ["a.csv"]
    assert reading.findings == ()


def test_several_files_and_folders_are_one_delivery(tmp_path: Path) -> None:
    csv(tmp_path / "map" / "b.csv")
    assert files(read([csv(tmp_path / "z.csv"), tmp_path / "map"])) == ["z.csv", "b.csv"]


def test_a_folder_without_files_is_said(tmp_path: Path) -> None:
    reading = read([tmp_path])
    assert (reading.tables, [finding.check for finding in reading.findings]) == ((), ["file.nothing"])


def test_more_files_than_a_delivery_has(tmp_path: Path) -> None:
    for number in range(4):
        csv(tmp_path / f"{number}.csv")
    reading = read([tmp_path], limits=Limits(files=3))
    assert ([finding.check for finding in reading.findings], reading.tables) == (["file.too-many"], ())


def test_no_paths_is_an_empty_reading() -> None:
    assert read([]) == Reading((), ())


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp")
    assert [finding.check for finding in read([tmp_path / "pijp"]).findings] == ["file.missing"]


def test_the_frame_is_as_a_table_promises(tmp_path: Path) -> None:
    (table,) = read([csv(tmp_path / "a.csv", "\nx;;z\n;;\n;;1\n")]).tables
    assert dict(table.frame.schema) == {
        "row": pl.UInt32,
        **{f"{column}{ending}": kind for column in "ABC" for ending, kind in (("", pl.String), (".type", CELL_TYPE))},
    }
    assert table.frame["row"].to_list() == [2, 4]
    assert table.frame["C"].to_list() == ["z", "1"]
    assert table.frame["B.type"].to_list() == ["empty", "empty"]


def test_a_reader_that_crashes_costs_its_own_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader in another language may abort the whole process."""
    package = tmp_path / "code"
    package.mkdir()
    (package / "crashing.py").write_text(
        "import os, sys\n"
        "from pathlib import Path\n"
        "from schakel.intake.reading import child\n"
        "whole = child.grids\n"
        "def grids(path, limits):\n"
        "    if path.name.startswith('kapot'):\n"
        "        os.abort()\n"
        "    return whole(path, limits)\n"
        "child.grids = grids\n"
        "child.main(Path(sys.argv[1]))\n",
        encoding="utf-8",
    )
    kept = reading_process._environment()
    path = os.pathsep.join((kept["PYTHONPATH"], str(package)))
    monkeypatch.setattr(reading_process, "_MODULE", "crashing")
    monkeypatch.setattr(reading_process, "_environment", lambda: {**kept, "PYTHONPATH": path})
    names = ("a.csv", "kapot1.csv", "kapot2.csv", "z.csv")
    reading = read([csv(tmp_path / name) for name in names])
    assert files(reading) == ["a.csv", "z.csv"]
    assert [(finding.file, finding.check) for finding in reading.findings] == [
        ("kapot1.csv", "file.unreadable"),
        ("kapot2.csv", "file.unreadable"),
    ]


def test_the_child_knows_nothing_of_the_parents_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://geheim@/x")
    assert "DATABASE_URL" not in reading_process._environment()


def test_the_child_imports_neither_django_nor_polars() -> None:
    code = "import sys, schakel.intake.reading.child; print({'django', 'polars'} & set(sys.modules))"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=reading_process._environment(), check=True
    )
    assert said.stdout.strip() == "set()"


@pytest.mark.skipif(sys.platform != "linux", reason="a child dies with its parent by a Linux call")
def test_no_child_outlives_a_killed_parent(tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", "a;b;c\n" * 8_000_000)
    code = (
        "import sys\nfrom pathlib import Path\nfrom schakel.intake.reading import Limits, read\n"
        "read([Path(sys.argv[1])], limits=Limits(cells=10**9, memory_bytes=8 * 10**9))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(path)], env={**os.environ, "TMPDIR": str(tmp_path)})
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    child = _wait_for(lambda: children.read_text().split())[0]
    _wait_for(lambda: Path(f"/proc/{child}/fd").exists() and path.name in _open_files(child))
    parent.kill()
    parent.wait()
    assert _wait_for(lambda: not _alive(child))


def _wait_for(ready: Callable[[], Value]) -> Value:
    for _ in range(3_000):
        if found := ready():
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")


def _open_files(process: str) -> set[str]:
    names: set[str] = set()
    for link in Path(f"/proc/{process}/fd").iterdir():
        with contextlib.suppress(OSError):
            names.add(link.readlink().name)
    return names


def _alive(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not SHARED.exists(), reason="the deliveries of 2023 lie outside the repository")
@pytest.mark.parametrize("folder", sorted(SHARED.iterdir()) if SHARED.exists() else [], ids=lambda path: path.name)
def test_the_deliveries_of_2023_are_read(folder: Path) -> None:
    reading = read([folder])
    assert len(reading.tables) == (9 if folder.name == "nom" else 10)  # NOM has partners in its list of projects
    assert {finding.check for finding in reading.findings} <= {"sheet.formula-uncalculated"}
    assert all(table.frame.height > 0 for table in reading.tables)
