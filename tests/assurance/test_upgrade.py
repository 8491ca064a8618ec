"""An installation of an earlier version is rehearsed, upgraded and taken back, by the words of upgrading.md.

The earlier version is this one without its newest migrations, so that its tables are those of before them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from schakel.cli.command import Installation
from schakel.cli.contents import contents_of
from schakel.cli.database import embedded
from tests.conftest import ROOT, SHARED

PAGE = (ROOT / "docs" / "administrators" / "upgrading.md").read_text(encoding="utf-8")
AGENCY, YEAR = "impuls-zeeland", "2023"
DELIVERED = SHARED / "data" / "network-2023" / "deliveries" / AGENCY
# By room the number of the first migration that the earlier version has not.
NEWEST = {"privacy": 1, "register": 26, "documents": 3, "sharing": 15, "trail": 6}
BESIDE = ("load_network", "deliver", "figures")
CHAIN = "SELECT id, encode(digest, 'hex') FROM trail_seal ORDER BY id"
BREAKS = """
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("figures", "{after}"),)
    operations = (migrations.RunSQL("SELECT 1 / 0", migrations.RunSQL.noop),)
"""


class Version:
    """Code of a version in a folder, and how an administrator calls it on an installation."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        shutil.copytree(ROOT / "schakel", folder / "schakel", ignore=shutil.ignore_patterns("__pycache__"))

    def schakel(self, var: Path, *words: Path | str, code: int = 0) -> str:
        assert any(f"schakel {words[0]}" in line for line in PAGE.splitlines()) or words[0] in BESIDE, words
        environ = os.environ | {"SCHAKEL_VAR": str(var), "SCHAKEL_LOG_LEVEL": "ERROR", "PYTHONPATH": str(self.root)}
        done = subprocess.run(
            [sys.executable, "-m", "schakel.cli", *map(str, words)],
            capture_output=True,
            text=True,
            cwd=self.root,
            env=environ,
            check=False,
        )
        assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def figures(self, var: Path) -> list[object]:
        out = var / "figures.json"
        self.schakel(var, "figures", YEAR, "--out", out)
        known = json.loads(out.read_text(encoding="utf-8"))["figures"]
        return [(one["indicator"], one["column"], one["value"]) for one in known]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Outside pytest's folders, which a second pytest would close to the account of the database."""
    with tempfile.TemporaryDirectory(prefix="schakel-upgrade-", ignore_cleanup_errors=True) as made:
        yield Path(made)


@pytest.fixture(scope="module")
def old(folder: Path) -> Version:
    """The version of before the newest migrations."""
    made = Version(folder / "old")
    for room, first in NEWEST.items():
        gone = [
            one for one in (made.root / "schakel" / room / "migrations").glob("0*.py") if int(one.name[:4]) >= first
        ]
        assert gone
        for path in gone:
            path.unlink()
    return made


@pytest.fixture(scope="module")
def new(folder: Path) -> Version:
    """This version."""
    return Version(folder / "new")


@pytest.fixture(scope="module")
def var(old: Version, folder: Path) -> Path:
    """An installation of the old version, in which an agency delivered."""
    made = folder / "var"
    old.schakel(made, "load_network")
    mapping = ROOT / "tests" / "mappings" / f"{AGENCY}.toml"
    old.schakel(made, "deliver", AGENCY, YEAR, DELIVERED, "--mapping", mapping)
    old.schakel(made, "sealer", "--once")
    return made


def _held(var: Path) -> tuple[object, ...]:
    """All that stands in the tables, their columns by their digests, and the chain."""
    with embedded(Installation(var, {})) as info, info.connect("schakel") as connection:
        held = contents_of(connection)
        return held.rows, held.digests, connection.execute(CHAIN).fetchall()


def _links(held: tuple[object, ...]) -> list[object]:
    chain = held[2]
    assert isinstance(chain, list)
    return chain


def test_it_is_rehearsed_upgraded_and_taken_back(old: Version, new: Version, var: Path) -> None:
    before, figures = _held(var), old.figures(var)

    told = new.schakel(var, "rehearse", old.root)
    assert "The upgrade can go on." in told, told
    assert f"figures: {len(figures)} are the same, 0 are not" in told
    assert _held(var) == before, "a rehearsal wrote in what is in use"

    refused = new.schakel(var, "figures", YEAR, code=2)
    assert "migrations wait" in refused
    assert _held(var) == before, "a command migrated what is in use"

    new.schakel(var, "migrate")
    kept = next((var / "backups").glob("before-upgrade-*.tar"))
    assert new.figures(var) == figures
    after = _held(var)
    assert _links(after)[: len(_links(before))] == _links(before)
    assert after != before

    refused = old.schakel(var, "figures", YEAR, code=2)
    assert "of a newer version" in refused

    old.schakel(var, "restore", kept, "--replace")
    assert _held(var) == before
    assert old.figures(var) == figures
    assert "schakel sealer --once && schakel check --audit" in PAGE
    old.schakel(var, "sealer", "--once")
    assert "All is as it should be" in old.schakel(var, "check", "--audit")


def test_a_migration_that_fails_is_named_and_leaves_what_is_in_use(old: Version, folder: Path, var: Path) -> None:
    broken = Version(folder / "broken")
    migrations = broken.root / "schakel" / "figures" / "migrations"
    newest = max(path.stem for path in migrations.glob("0*.py"))
    (migrations / "9999_breaks.py").write_text(BREAKS.format(after=newest), encoding="utf-8")
    before = _held(var)
    told = broken.schakel(var, "rehearse", old.root, code=1)
    assert "Migration figures.9999_breaks failed" in told
    assert "division by zero" in told
    assert "The upgrade should not go on" in told
    assert _held(var) == before
