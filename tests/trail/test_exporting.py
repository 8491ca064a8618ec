"""The trail that is taken along is checked with the file alone, whole or in part."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from schakel.sharing.acting import acting
from schakel.trail.actions import note, seal
from schakel.trail.exporting import as_csv, as_ndjson, sealed_lines, verify
from tests.making import actor_for, acts
from tests.sharing.mandates import OFFICE, mandate, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    for slug in ("bom", "nom", "bom", "nom", "bom"):
        with acts(slug):
            note(actor=actor_for(slug), verb="tried", kind="thing", reason='=HYPERLINK("x")', number=1)
    seal()


def lines_for(slug: str, **asked):
    return list(sealed_lines(lambda: acting(actor_for(slug)), **asked))


def test_a_party_takes_its_own_lines_along_and_they_verify(written):
    lines = lines_for("bom")
    assert [json.loads(line["line"])["verb"] for line in lines] == ["tried"] * 3
    found = verify(json.loads(text) for text in as_ndjson(lines))
    assert (found.lines, found.broken, found.gaps) == (3, None, 3)


def test_an_auditor_takes_those_of_who_gave_a_mandate(written):
    office()
    assert lines_for(OFFICE) == []
    mandate("nom")
    assert {json.loads(line["line"])["verb"] for line in lines_for(OFFICE)} == {"tried"}
    assert len(lines_for(OFFICE)) == 2


def test_what_is_not_of_the_days_asked_for_is_left_out(written):
    from django.utils import timezone

    assert lines_for("bom", since=timezone.now()) == []
    assert len(lines_for("bom", until=timezone.now())) == 3


def test_a_spreadsheet_runs_nothing_of_it(written):
    rows = list(csv.DictReader(io.StringIO("".join(as_csv(lines_for("bom"))))))
    assert rows[0]["reason"].startswith("'=")
    assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values())


@given(place=st.integers(0, 2), change=st.sampled_from(["line", "digest", "before"]), at=st.integers(0, 63))
def test_whatever_is_altered_in_a_line_shows(place, change, at):
    lines = _chain(["a" * 64, "b" * 64, "c" * 64])
    said = lines[place][change]
    if not said:
        return
    lines[place][change] = said[:at] + ("0" if said[at] != "0" else "1") + said[at + 1 :]
    assert verify(lines).broken == lines[place]["seal"]


def _chain(texts):
    import hashlib

    lines, before = [], ""
    for number, text in enumerate(texts, start=1):
        digest = hashlib.sha256(bytes.fromhex(before) + text.encode()).hexdigest()
        lines.append({"seal": number, "before": before, "digest": digest, "line": text})
        before = digest
    return lines


def test_a_gap_is_where_lines_are_left_out():
    assert verify(_chain(["x", "y", "z"])).gaps == 0
    assert verify(_chain(["x", "y", "z"])[1:]).gaps == 1


def test_the_command_writes_and_verifies_and_names_what_is_broken(written, tmp_path, capsys):
    from schakel.sharing.roles import BACKUP, database_role

    path = tmp_path / "trail.ndjson"
    with database_role(BACKUP), transaction.atomic():
        call_command("trail", "export", str(path))
    call_command("trail", "verify", str(path))
    assert "each with the seal that follows" in capsys.readouterr().out
    path.write_text(path.read_text().replace("tried", "trled", 1))
    with pytest.raises(SystemExit) as left:
        call_command("trail", "verify", str(path))
    assert left.value.code == 1
    assert "does not follow" in capsys.readouterr().out
