"""`schakel check --leaks` on a live network: nothing is wrong; a wall is opened, and it says where; nothing is written.

The network has a server as administrators have their own; the copy gets one that is thrown away.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from schakel.cli.contents import Contents, contents_of
from schakel.databases import ROLES, SETTINGS_FILE, password_variable
from tests.conftest import ROOT, superuser
from tests.sharing.pool.serving import filled

DATABASE = "leaks_of_a_copy"


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> dict[str, str]:
    """How an administrator reaches a network of three agencies with agreements on a server of its own."""
    site, _people = filled(tmp_path_factory.mktemp("live"), DATABASE)
    known = json.loads((site.var / SETTINGS_FILE).read_text(encoding="utf-8"))
    passwords = {password_variable(role): known["roles"][role]["password"] for role in ROLES}
    url = f"postgresql:///{known['name']}?host={known['host']}&port={known['port']}"
    return os.environ | passwords | {"DATABASE_URL": url, "SCHAKEL_VAR": str(site.var)}


def looked(environ: dict[str, str], asked: Path, *more: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "schakel.cli", "check", "--leaks", "--asked", str(asked), *more]
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env=environ, check=False)


def live() -> Contents:
    with superuser(DATABASE) as connection:
        return contents_of(connection)


def changed(statement: str) -> None:
    with superuser(DATABASE) as connection:
        connection.execute(psycopg.sql.SQL(statement))


def test_a_network_whose_walls_stand_has_no_leak_and_is_not_written(environ, tmp_path):
    before = live()
    done = looked(environ, tmp_path / "asked.csv")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 leaks or faults, 0 wrongful refusals" in done.stdout
    assert live() == before
    with (tmp_path / "asked.csv").open(encoding="utf-8", newline="") as file:
        asked = list(csv.DictReader(file))
    assert {"bom (steward)", "nom (party-administrator)", "nobody"} <= {line["as"] for line in asked}
    assert len({line["route"] for line in asked}) > 150


def test_a_policy_that_was_opened_or_dropped_is_named(environ, tmp_path):
    changed("CREATE POLICY oops ON register_organisation FOR SELECT TO schakel_web USING (true)")
    changed("DROP POLICY agreed ON innovate_innovationproject")
    done = looked(environ, tmp_path / "asked.csv", "--addresses", "3")
    assert done.returncode == 1, done.stdout + done.stderr
    said = done.stdout.splitlines()
    assert "- register_organisation: nom (web) reads 4 rows too many, 0 too few" in said
    assert "- innovate_innovationproject: nom (web, of what is shared) reads 0 rows too many, 2 too few" in said
    assert [line for line in said if "leaks known of organisation R" in line], done.stdout
    assert [line for line in said if line.startswith("- nom (") and "lacks project P1 of bom" in line], done.stdout
