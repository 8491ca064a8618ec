"""Two signatures: a steward certifies, nothing changes, the secretariat counts or returns."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection

from schakel.documents.models import FilePart, StoredFile
from schakel.inbox import queries as inbox
from schakel.intake import actions, checks, gates, rechecking
from schakel.intake.actions import DeliveryRefused
from schakel.intake.models import (
    Certification,
    Delivery,
    DeliveryStand,
    DeliveryState,
    Verdict,
    VerdictKind,
)
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.roles import WORKER, database_role
from tests.intake.certifying import FAULTY, SECRETARIAT, everything, position, sign, waiting, withdraw
from tests.intake.collecting import STATEMENT, certified, of, opened, secretary, send, steward, write
from tests.intake.delivering import TABLES

pytestmark = pytest.mark.django_db


def test_a_steward_signs_and_the_secretariat_is_told(tmp_path):
    secretary_, _ = secretary()
    _, anna = steward()
    opened()
    made = certified(tmp_path / "sent", anna)
    assert (made.version, made.statement, made.certified_by_id) == (1, STATEMENT, anna.person)
    assert made.checks_version == checks.checks_version()
    assert made.summary["kinds"]["project"]["standing"] == 1
    assert made.summary["coverage"] == {"expected": 4, "accepted": 4}
    assert "BOM heeft 2023 gecertificeerd: accepteer of geef terug" in waiting(secretary_, SECRETARIAT)
    with acting(of(SECRETARIAT)):
        assert Certification.objects.get().summary == made.summary


def test_the_secretariat_reads_the_signature_and_not_what_was_signed(tmp_path):
    certified(tmp_path / "sent", of("bom"))
    with acting(of(SECRETARIAT)):
        assert Certification.objects.filter(owner=party("bom")).exists()
        assert not StoredFile.objects.exists()
        assert not FilePart.objects.exists()
        assert Certification.objects.update(statement="We were wrong about everything.") == 0
    with acting(of("oost-nl")):
        assert not Certification.objects.exists()


def test_no_other_party_signs_for_bom(tmp_path):
    send("bom", write(tmp_path / "sent"))
    with pytest.raises(DeliveryRefused):
        sign(slug="oost-nl")
    with pytest.raises(ProgrammingError, match="row-level security"), acting(of(SECRETARIAT)):
        Certification.objects.create(
            owner=party("bom"), period=2023, version=1, statement="x", checks_version="x", snapshot_id=1
        )


def test_nothing_is_signed_while_an_expected_kind_is_missing_without_an_exception(tmp_path):
    opened(only=("organisation", "project", "project_participant", "investment", "fund"))
    send("bom", write(tmp_path / "sent"))
    with pytest.raises(DeliveryRefused, match=r"(?i)fonds|fund"):
        sign()
    actions.make_exception(actor=of(SECRETARIAT), agency=party("bom"), period=2023, kind="fund", reason="has none")
    made = sign()
    assert made.summary["exempt"]["fund"] == "has none"


def test_nothing_is_signed_while_nothing_was_accepted(tmp_path):
    send("bom", write(tmp_path / "sent"), accept=False)
    with pytest.raises(DeliveryRefused):
        sign()


@pytest.mark.parametrize(
    "busy",
    [
        {"state": DeliveryState.ACCEPTING},
        {"state": DeliveryState.RECEIVED, "progress": {"step": "waiting"}},
        {"state": DeliveryState.CHECKED, "progress": {"step": "comparing"}},
    ],
)
def test_nothing_is_signed_while_a_delivery_is_being_worked_on(tmp_path, busy):
    send("bom", write(tmp_path / "sent"))
    with acting(of("bom")):
        other = Delivery.objects.create(owner=party("bom"), period=2023, content_digest="x", **busy)
    with pytest.raises(DeliveryRefused, match=str(other.pk)):
        sign()
    with acting(of("bom")):
        Delivery.objects.filter(pk=other.pk).update(
            state=DeliveryState.CHECKED, progress={"error": "the disk was full"}
        )
    assert sign()


def test_nothing_is_signed_while_what_vanished_is_unsettled(tmp_path):
    send("bom", write(tmp_path / "one"))
    send("bom", write(tmp_path / "two", investeringen=TABLES["investeringen"].replace("I1", "I2")))
    with pytest.raises(DeliveryRefused):
        sign()
    actions.settle_vanished(actor=of("bom"), period=2023, withdraw=True, reason="sold")
    assert sign()


def test_newer_checks_are_run_first_and_what_was_accepted_stays_as_it_is(tmp_path):
    done = send("bom", write(tmp_path / "sent", projecten=FAULTY))
    with acting(of("bom")):
        Delivery.objects.update(checks_version="older")
    with pytest.raises(DeliveryRefused):
        sign()
    before = everything()
    assert actions.ask_recheck(actor=of("bom"), period=2023) == 1
    assert actions.ask_recheck(actor=of("bom"), period=2023) == 0  # it waits already
    with pytest.raises(DeliveryRefused):
        sign()
    with database_role(WORKER):
        rechecking.recheck_in_background(actor=of("bom"), delivery_id=done.delivery.pk)
    assert everything() == before
    with acting(of("bom")):
        found = Delivery.objects.get()
        assert (found.state, found.checks_version, found.progress) == ("accepted", checks.checks_version(), {})
        assert DeliveryStand.objects.get(kind="project").errors
    assert sign()


# While it stands.


def test_nothing_changes_while_a_certification_stands(tmp_path):
    certified(tmp_path / "sent", of("bom"))
    before = everything()
    checked = send("bom", write(tmp_path / "more", projecten=TABLES["projecten"].replace("wijk", "stad")), accept=False)
    for act in (
        lambda: actions.accept(actor=of("bom"), delivery=checked.delivery, examination=checked.examination),
        lambda: actions.ask_acceptance(actor=of("bom"), delivery=checked.delivery),
        lambda: actions.settle_vanished(actor=of("bom"), period=2023, withdraw=True, reason="gone"),
        lambda: actions.ask_recheck(actor=of("bom"), period=2023),
        sign,
    ):
        with pytest.raises(DeliveryRefused):
            act()
    assert everything() == before
    with pytest.raises(DeliveryRefused):
        withdraw(reason="  ")
    withdraw()
    assert actions.accept(actor=of("bom"), delivery=checked.delivery, examination=checked.examination)
    assert sign().version == 2


def test_another_year_and_another_agency_go_on(tmp_path):
    certified(tmp_path / "sent", of("bom"))
    later = {name: text.replace("2023", "2024") for name, text in TABLES.items()}
    assert send("bom", write(tmp_path / "later", **later), period=2024).written
    assert send("oost-nl", write(tmp_path / "other")).written


def test_a_certification_of_a_closed_year_is_not_withdrawn(tmp_path):
    opened()
    certified(tmp_path / "sent", of("bom"))
    actions.close_year(actor=of(SECRETARIAT), period=2023)
    with pytest.raises(DeliveryRefused, match="ROM-Nederland"):
        withdraw()


# The second signature.


def test_the_secretariat_counts_the_year_and_the_steward_hears_it(tmp_path):
    sara, secretary_ = secretary()
    anna, actor = steward()
    made = certified(tmp_path / "sent", actor)
    actions.accept_year(actor=secretary_, certification=made)
    assert not [said for said in waiting(sara, SECRETARIAT) if "BOM" in said]
    with acting(of("bom")):
        assert Verdict.objects.get().verdict == VerdictKind.ACCEPTED
        assert [item.title_nl for item in inbox.told(anna.pk, party("bom").pk)] == [
            "Het secretariaat accepteerde 2023 voor de telling"
        ]


def test_a_returned_year_can_be_changed_and_is_signed_anew(tmp_path):
    sara, secretary_ = secretary()
    anna, actor = steward()
    made = certified(tmp_path / "sent", actor)
    with pytest.raises(DeliveryRefused):
        actions.return_year(actor=secretary_, certification=made, reason="")
    actions.return_year(actor=secretary_, certification=made, reason="two funds are missing")
    assert "Het secretariaat gaf 2023 terug: two funds are missing" in waiting(anna, "bom")
    with pytest.raises(DeliveryRefused):
        actions.accept_year(actor=secretary_, certification=made)
    assert send("bom", write(tmp_path / "more", projecten=TABLES["projecten"].replace("wijk", "stad"))).written
    again = sign(actor=actor)
    assert again.version == 2
    assert waiting(anna, "bom") == []
    with acting(of("bom")):
        assert "two funds are missing" in Certification.objects.get(pk=made.pk).withdrawn_because
    assert [said for said in waiting(sara, SECRETARIAT) if "BOM" in said]


def test_a_withdrawal_takes_the_question_from_the_secretariat_and_tells_it_where_it_had_counted(tmp_path):
    sara, secretary_ = secretary()
    _anna, actor = steward()
    made = certified(tmp_path / "sent", actor)
    withdraw()
    assert not [said for said in waiting(sara, SECRETARIAT) if "BOM" in said]
    with pytest.raises(DeliveryRefused):
        actions.accept_year(actor=secretary_, certification=made)
    actions.accept_year(actor=secretary_, certification=sign(actor=actor))
    withdraw()
    assert [said for said in waiting(sara, SECRETARIAT) if "ingetrokken" in said]


@pytest.mark.parametrize("slug", ["bom", "oost-nl", "provincie-utrecht"])
def test_nobody_but_the_secretariat_judges(tmp_path, slug):
    made = certified(tmp_path / "sent", of("bom"))
    with pytest.raises(DeliveryRefused):
        actions.accept_year(actor=of(slug), certification=made)
    with pytest.raises(ProgrammingError, match="row-level security"), acting(of(slug)):
        Verdict.objects.create(owner=party("bom"), certification=made, verdict="accepted")


def test_two_who_sign_at_once_make_one_certification(tmp_path):
    certified(tmp_path / "sent", of("bom"))
    with pytest.raises(DeliveryRefused):
        sign()
    with acting(of("bom")):
        assert Certification.objects.count() == 1
        assert gates.standing_certification(owner=party("bom").pk, period=2023) is not None


def test_a_signature_takes_its_turn_behind_an_acceptance(tmp_path):
    """Signing takes the lock that accepting takes, so that neither looks at the other half done."""
    certified(tmp_path / "sent", of("bom"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = 2023 AND granted",
            [party("bom").pk],
        )
        assert cursor.fetchone()[0] == 1


def test_signing_counting_and_taking_back_leave_every_figure_as_it_is(tmp_path):
    _, secretary_ = secretary()
    _, anna = steward()
    opened()
    made = certified(tmp_path / "sent", anna)
    stood = position()
    actions.accept_year(actor=secretary_, certification=made)
    withdraw()
    assert position() == stood
    send("bom", write(tmp_path / "more", projecten=TABLES["projecten"].replace("250.000", "300.000")))
    assert position() != stood
