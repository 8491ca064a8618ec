"""A delivery becomes records whole or not at all, and each record leads back to its cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import transaction

from schakel.documents.queries import content_of
from schakel.innovate.models import InnovationProject, Participation
from schakel.intake import actions
from schakel.intake.actions import accepting
from schakel.intake.models import ConfirmedMapping, DeliveredFile, DeliveredRow, Delivery, DeliveryFinding
from schakel.intake.queries import findings_of, record_view
from schakel.intake.receipts import make_receipt
from schakel.intake.records import RecordState
from schakel.invest.models import Investment
from schakel.register.models import Organisation
from schakel.trail.models import Entry
from tests.intake.delivering import TABLES, send, write
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db


def outcomes(done) -> dict[str, tuple[int, int, int, int]]:
    return {w.kind: (w.new, w.changed, w.unchanged, w.refused) for w in done.written}


def test_what_a_steward_delivers_becomes_the_agencys_records(tmp_path):
    done = send("bom", write(tmp_path / "d"))
    assert outcomes(done)["organisation"] == (2, 0, 0, 0)
    with acts("bom"):
        project = InnovationProject.objects.get()
        assert (project.title, project.volume) == ("Waterstof in de wijk", Decimal("250000.00"))
        assert project.lead is not None
        assert project.lead.name == "Zonneveld Energie B.V."
        assert Participation.objects.filter(project=project).count() == 2
    with acts("nom"):
        assert not InnovationProject.objects.exists()
        assert not DeliveredRow.objects.exists()
        assert not DeliveredFile.objects.exists()


def test_every_value_leads_to_the_cell_it_came_from(tmp_path):
    send("bom", write(tmp_path / "d"))
    with acts("bom"):
        view = record_view("project", InnovationProject.objects.get().pk)
        assert view is not None
        volume = next(value for value in view.values if value.field.name == "volume")
        assert (volume.cell, volume.header, volume.raw) == ("projecten!D2", "Omvang", "250.000,00")
        assert view.file == "projecten.csv"
        kept = DeliveredFile.objects.get(pk=view.file_id)
        assert content_of(kept.stored).decode() == TABLES["projecten"]


def test_the_same_content_twice_is_recognised(tmp_path):
    folder = write(tmp_path / "d")
    first = send("bom", folder)
    again = send("bom", folder)
    assert again.known
    assert again.delivery == first.delivery


def test_a_corrected_delivery_says_what_changed_and_what_did_not(tmp_path):
    send("bom", write(tmp_path / "d"))
    corrected = TABLES["projecten"].replace("250.000,00", "275.000,00")
    done = send("bom", write(tmp_path / "d", projecten=corrected))
    assert outcomes(done) == {
        "organisation": (0, 0, 2, 0),
        "project": (0, 1, 0, 0),
        "project_participant": (0, 0, 2, 0),
        "investment": (0, 0, 1, 0),
    }
    with acts("bom"):
        assert InnovationProject.objects.get().volume == Decimal("275000.00")
        assert DeliveredRow.objects.filter(table__kind="project").count() == 2  # what was said before is kept


def test_a_record_that_vanished_from_the_same_year_is_proposed_as_withdrawn_and_a_person_decides(tmp_path):
    send("bom", write(tmp_path / "d"))
    send(
        "bom", write(tmp_path / "d", investeringen="Investering;Nr;Datum;Bedrag;Fase\nI2;R2;15-06-2023;5.000,00;seed\n")
    )
    with acts("bom"):
        assert Investment.objects.get(number="I1").state == RecordState.VANISHED
    assert actions.settle_vanished(actor=actor_for("bom"), period=2023, withdraw=True, reason="booked twice") == 1
    with acts("bom"):
        gone = Investment.objects.get(number="I1")
        assert (gone.state, gone.state_reason) == (RecordState.WITHDRAWN, "booked twice")
        assert Entry.objects.filter(verb="withdrew", objects_ids=[gone.pk], reason="booked twice").exists()


def test_a_record_missing_from_the_next_year_is_not_touched(tmp_path):
    send("bom", write(tmp_path / "d"))
    later = {name: text.replace("2023", "2024") for name, text in TABLES.items()}
    later["investeringen"] = "Investering;Nr;Datum;Bedrag;Fase\nI7;R2;15-06-2024;5.000,00;seed\n"
    send("bom", write(tmp_path / "e", **later), period=2024)
    with acts("bom"):
        states = dict(Investment.objects.values_list("number", "state"))
        assert states == {"I1": RecordState.STANDS, "I7": RecordState.STANDS}
        assert Organisation.objects.filter(number="R1").count() == 2  # a year's snapshot beside the other


def test_a_row_in_error_stays_out_and_is_listed_the_rest_goes_in(tmp_path):
    rows = TABLES["investeringen"] + "I2;R2;31-02-2023;50.000,00;seed\nI3;R9;01-02-2023;70.000,00;seed\n"
    done = send("bom", write(tmp_path / "d", investeringen=rows))
    assert outcomes(done)["investment"] == (1, 0, 0, 2)
    with acts("bom"):
        assert Investment.objects.get().number == "I1"
        cells = set(DeliveryFinding.objects.filter(severity="error").values_list("cell", flat=True))
        assert cells == {"investeringen!C3", "investeringen!B4"}
        refused = DeliveredRow.objects.filter(outcome="refused").values_list("row", flat=True)
        assert sorted(refused) == [3, 4]


def test_a_refused_row_does_not_make_the_record_that_stands_vanish(tmp_path):
    send("bom", write(tmp_path / "d"))
    broken = TABLES["investeringen"].replace("15-06-2023", "31-02-2023")
    send("bom", write(tmp_path / "d", investeringen=broken))
    with acts("bom"):
        assert Investment.objects.get().state == RecordState.STANDS


def test_an_acceptance_that_fails_halfway_leaves_nothing(tmp_path, monkeypatch):
    def fail() -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(accepting, "call_followers", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        send("bom", write(tmp_path / "d"))
    with acts("bom"):
        assert not Organisation.objects.exists()
        assert not Delivery.objects.filter(state="accepted").exists()


def test_nobody_accepts_anothers_delivery(tmp_path):
    done = send("bom", write(tmp_path / "d"), accept=False)
    with pytest.raises((actions.DeliveryRefused, Delivery.DoesNotExist)):
        actions.accept(actor=actor_for("nom"), delivery=done.delivery, examination=done.examination)


def test_accepting_twice_changes_nothing(tmp_path):
    done = send("bom", write(tmp_path / "d"))
    assert actions.accept(actor=actor_for("bom"), delivery=done.delivery, examination=done.examination) == []


def test_the_receipt_says_what_happened_to_each_row_and_is_made_once(tmp_path):
    done = send("bom", write(tmp_path / "d"))
    receipt = make_receipt(actor=actor_for("bom"), delivery_id=done.delivery.pk)
    assert receipt.content["rows"]["organisation"] == {"new": 2}
    assert make_receipt(actor=actor_for("bom"), delivery_id=done.delivery.pk) == receipt


def test_a_delivery_that_cannot_be_read_stores_no_record_and_says_what_to_do(tmp_path):
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "relaties.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    done = send("bom", folder)
    assert done.written == ()
    with acts("bom"):
        assert not Organisation.objects.exists()
        finding = DeliveryFinding.objects.filter(severity="error").first()
        assert finding.file == "relaties.xlsx"
        assert finding.remedy_nl


def test_findings_are_read_with_the_heaviest_first(tmp_path):
    projects = TABLES["projecten"] + "P2;Slimme kas;31-02-2023;-5,00;R9;\n"
    relations = TABLES["relaties"] + "R3;Buurman B.V.;1234567;4331AA;bedrijf\n"
    done = send("bom", write(tmp_path / "d", projecten=projects, relaties=relations))
    with acts("bom"):
        weights = [found.severity for found in findings_of(done.delivery)]
    assert {"error", "notice"} <= set(weights)
    assert weights == sorted(weights, key=["error", "warning", "notice"].index)


def test_the_mapping_of_an_agency_is_kept_in_versions(tmp_path):
    send("bom", write(tmp_path / "d"), accept=False)
    with acts("bom"):
        assert ConfirmedMapping.objects.get().version == 1
    with acts("nom"):
        assert not ConfirmedMapping.objects.exists()


def test_where_a_header_was_renamed_the_proposal_is_taken_and_reported(tmp_path):
    renamed = TABLES["projecten"].replace("Omvang", "Totale projectkosten")
    done = send("bom", write(tmp_path / "d", projecten=renamed))
    assert done.examination.proposed == ("projecten",)
    with acts("bom"):
        assert InnovationProject.objects.get().volume == Decimal("250000.00")


def test_a_path_that_is_not_there_is_said_before_anything_is_kept(tmp_path):
    with pytest.raises(actions.DeliveryRefused, match="bestaat niet"):
        send("bom", tmp_path / "nowhere")
    with acts("bom"):
        assert not Delivery.objects.exists()


def test_a_table_without_its_key_column_stays_out_whole_and_the_rest_goes_in(tmp_path):
    done = send("bom", write(tmp_path / "d", investeringen="Naam;Bijzonderheden\nx;y\n"))
    assert "investment" not in {w.kind for w in done.written if w.new}
    with acts("bom"):
        assert not Investment.objects.exists()
        assert InnovationProject.objects.exists()
        assert DeliveryFinding.objects.filter(severity="error", kind="investment").exists()
