"""Checking at one's own desk: on the command line without a server, and on a public page that keeps nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from schakel.documents.models import StoredFile
from schakel.intake.desk import look_at
from schakel.intake.models import Delivery
from schakel.intake.views import desk
from tests.conftest import ROOT
from tests.intake.delivering import MAPPING, TABLES, write

WRONG = {"projecten": TABLES["projecten"] + "P2;Slimme kas;01-05-2023;-5,00;R9;\n"}


def _schakel(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the one command with a var of its own: nothing there, and no server."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("SCHAKEL_", "DATABASE_"))}
    environ |= {"SCHAKEL_VAR": str(tmp_path / "var"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "schakel.cli", *words],
        check=False,
        capture_output=True,
        text=True,
        env=environ,
        cwd=tmp_path,
    )


def test_a_file_is_checked_without_a_server(tmp_path):
    sent = write(tmp_path / "sent", **WRONG)
    mapping = tmp_path / "bom.toml"
    mapping.write_text(MAPPING.format(agency="bom"))
    done = _schakel(tmp_path, "check", str(sent), "--mapping", str(mapping), "--language", "en")
    assert done.returncode == 1
    assert "projecten!E3" in done.stderr
    assert done.stdout.startswith("2023: read ")
    assert not (tmp_path / "var" / "postgres").exists()


def test_what_is_right_ends_well(tmp_path):
    mapping = tmp_path / "bom.toml"
    mapping.write_text(MAPPING.format(agency="bom"))
    done = _schakel(tmp_path, "check", str(write(tmp_path / "sent")), "--mapping", str(mapping), "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert {kind["kind"]: kind["rows"] for kind in said["kinds"]}["organisation"] == 2
    assert (said["agency"], said["year"]) == ("bom", 2023)


@pytest.mark.parametrize("words", [("nowhere.xlsx",), (".", "--mapping", "nowhere.toml")])
def test_what_is_not_there_is_wrong_use(tmp_path, words):
    done = _schakel(tmp_path, "check", *words)
    assert done.returncode == 2
    assert "nowhere" in done.stderr


@pytest.mark.parametrize("year", [2021, 2023])
def test_the_year_is_that_of_most_dates(tmp_path, year):
    tables = {name: text.replace("2023", str(year)) for name, text in TABLES.items()}
    assert look_at([write(tmp_path / "sent", **tables)]).period == year


def _sent(**tables: str) -> dict[str, object]:
    files = [SimpleUploadedFile(f"{name}.csv", text.encode()) for name, text in (TABLES | tables).items()]
    return {"sent": files, "agency": "bom", "year": "2023"}


@pytest.mark.django_db
def test_the_public_page_says_what_is_found_and_keeps_nothing(client: Client):
    answer = client.post("/nakijken/", _sent(**WRONG), headers={"accept-language": "en"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "projecten.csv projecten!E3" in html
    assert not Delivery.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_no_transaction_is_open_while_the_files_are_read(client: Client, monkeypatch):
    seen: list[int] = []

    def checked(*_given: object) -> None:
        seen.append(len(connection.savepoint_ids))

    monkeypatch.setattr(desk, "_checked", checked)
    outside = len(connection.savepoint_ids)
    assert client.post("/nakijken/", _sent()).status_code == 422
    assert seen == [outside]


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"<html></html>"])
def test_a_file_that_is_none_gets_an_answer(client: Client, content):
    sent = {"sent": [SimpleUploadedFile("../../x.xlsx", content or b" ")], "agency": "", "year": "2023"}
    answer = client.post("/nakijken/", sent, headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert "No record could be read" in answer.content.decode()


@pytest.mark.django_db
def test_a_file_with_a_name_too_long_for_a_disk_is_read(client: Client):
    sent = {
        "sent": [SimpleUploadedFile("é" * 200 + ".csv", TABLES["relaties"].encode())],
        "agency": "bom",
        "year": "2023",
    }
    answer = client.post("/nakijken/", sent, headers={"accept-language": "en"})
    assert (answer.status_code, answer.context["said"]["kinds"][0]["rows"]) == (200, 2)


@pytest.mark.django_db
def test_of_two_files_of_one_name_both_are_read(client: Client):
    lines = TABLES["relaties"].splitlines(keepends=True)
    parts = [SimpleUploadedFile("relaties.csv", (lines[0] + line).encode()) for line in lines[1:]]
    answer = client.post("/nakijken/", {"sent": parts, "agency": "bom", "year": "2023"})
    assert (answer.status_code, sum(kind["rows"] for kind in answer.context["said"]["kinds"])) == (200, 2)


@pytest.mark.django_db
def test_without_a_file_or_year_the_form_says_so(client: Client):
    answer = client.post("/nakijken/", {"year": "x"}, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


@pytest.mark.django_db
def test_too_much_at_once_is_refused_before_it_is_read(client: Client, monkeypatch):
    monkeypatch.setattr(desk, "LARGEST", 100)
    answer = client.post("/nakijken/", _sent())
    assert answer.status_code == 413


def test_the_reading_process_knows_no_secret(monkeypatch):
    for name in ("SCHAKEL_WEB_PASSWORD", "DATABASE_URL", "SCHAKEL_SECRET_KEY_FILE", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "secret")
    assert "secret" not in desk._environment().values()
