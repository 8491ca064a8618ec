"""A record's page says what became of it: each change with old and new values, who, when and why; and who looked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from schakel.innovate.models import InnovationProject
from schakel.intake import actions
from schakel.intake.changing import steps_of
from schakel.intake.kinds import kind
from schakel.sharing.agreements import Opened
from schakel.sharing.logbook.history import Changed, Step, lines_of
from schakel.sharing.models import Depth
from tests.inbox.people import acts_as, somebody
from tests.intake.delivering import TABLES, send, write
from tests.intake.test_differing import accept, compare
from tests.making import actor_for, acts
from tests.sharing.agreeing import agreement
from tests.sharing.people.characters import administrator, client_of

pytestmark = pytest.mark.django_db


def project() -> InnovationProject:
    return InnovationProject.objects.get(number="P1")


def with_volume(folder: Path, volume: str) -> Path:
    return write(folder, projecten=TABLES["projecten"].replace("250.000,00", volume))


def steps() -> list[Step]:
    """What became of the project, as BOM is told in Dutch, the first first."""
    with acts("bom") as bom:
        record = project()
        acts_on, _sights = lines_of("project", record.pk)
        found = steps_of(kind("project"), record, acts_on, party=bom.pk, language="en")
        return sorted(found, key=lambda step: step.at)


def volumes() -> list[tuple[str, str]]:
    return [(one.before, one.after) for step in steps() for one in step.changed]


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_delivery_that_changes_a_record_says_from_what_to_what(tmp_path):
    send("bom", write(tmp_path / "d"))
    assert [step.changed for step in steps()] == [()]
    accept("bom", compare("bom", with_volume(tmp_path / "e", "260.000,00")))
    (change,) = steps()[-1].changed
    assert isinstance(change, Changed)
    assert "250" in change.before
    assert "260" in change.after


def test_one_that_was_not_compared_first_says_what_was_sent_otherwise(tmp_path):
    send("bom", write(tmp_path / "d"))
    send("bom", with_volume(tmp_path / "e", "270.000,00"))
    assert volumes() == [("250.000,00", "270.000,00")]


def test_a_delivery_that_changes_nothing_of_it_is_no_step(tmp_path):
    send("bom", write(tmp_path / "d"))
    other = TABLES["relaties"].replace("AgroLoop B.V.", "AgroLoop Holding B.V.")
    accept("bom", compare("bom", write(tmp_path / "e", relaties=other)))
    assert len(steps()) == 1


def test_a_value_that_was_put_another_after_it_and_taking_it_back_are_three_steps_with_their_values(tmp_path):
    send("bom", write(tmp_path / "d"))
    anna = acts_as(somebody("anna", "bom"), "bom")
    with acts("bom"):
        number = project().pk
    for value, reason in (("275.000,00", "beschikking"), ("280.000,00", "nader besluit")):
        made = actions.override_value(
            actor=anna, kind="project", record_id=number, field="volume", text=value, reason=reason
        )
    actions.take_back_override(actor=anna, override_id=made.pk, reason="toch niet")
    told = steps()[1:]
    thousands = [
        tuple(re.sub(r"\D", "", side)[:3] for side in (one.before, one.after)) for step in told for one in step.changed
    ]
    assert thousands == [("250", "275"), ("275", "280"), ("280", "250")]
    assert [step.why for step in told] == ["beschikking", "nader besluit", "toch niet"]
    assert {step.who for step in told} == {"Anna"}


def test_withdrawing_and_bringing_back_are_steps_with_their_reason(tmp_path):
    send("bom", write(tmp_path / "d"))
    with acts("bom"):
        number = project().pk
    for back, reason in ((False, "dubbel"), (True, "toch niet dubbel")):
        actions.withdraw_record(actor=actor_for("bom"), kind="project", record_id=number, reason=reason, back=back)
    # In one transaction, as tests are, lines have the moment at which it began.
    assert {step.why for step in steps()} == {"", "dubbel", "toch niet dubbel"}


def test_the_page_of_the_owner_shows_who_looked_and_that_of_who_looked_shows_no_change(tmp_path):
    send("bom", write(tmp_path / "d"))
    agreement("bom", ("nom", "oost-nl"), Opened("project", Depth.FULL))
    with acts("bom"):
        url = f"/records/project/{project().pk}/"
    for name, slug in (("noor", "nom"), ("oscar", "oost-nl")):
        assert client_of(somebody(name, slug, "reader")).get(url).status_code == 200
    mine = text(client_of(administrator("bom")).get(url))
    assert "Noor, NOM" in mine
    assert "Oscar, Oost NL" in mine
    assert "leverde het voor het eerst aan" in mine
    theirs = text(client_of(somebody("nico", "nom", "reader")).get(url))
    assert "Wie van uw organisatie ernaar keek" in theirs
    assert "Noor" in theirs
    assert "Oscar" not in theirs
    assert "leverde het" not in theirs


def test_an_administrator_is_led_on_to_all_lines_about_it(tmp_path):
    send("bom", write(tmp_path / "d"))
    with acts("bom"):
        number = project().pk
    page = client_of(administrator("bom")).get(f"/records/project/{number}/").content.decode()
    assert f"/logboek/?soort=project&amp;nummer={number}" in page
    reader = client_of(somebody("ria", "bom", "reader")).get(f"/records/project/{number}/").content.decode()
    assert "/logboek/" not in reader
