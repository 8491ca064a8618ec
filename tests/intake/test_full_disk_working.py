"""The disk is full while the worker checks or accepts: it is told, and trying again is as if nothing happened."""

from __future__ import annotations

import pytest
from django.test import Client

from schakel.intake import actions, delivering
from schakel.intake.jobs import accept, examine
from schakel.intake.models import DeliveryState
from schakel.intake.reading import Limits
from schakel.intake.reading.process import read_files
from schakel.invest.models import Investment
from schakel.register.models import Organisation
from schakel.web.no_room import no_room
from tests.api.system import System
from tests.intake.breaking import breakable, full
from tests.intake.delivering import MAPPING, TABLES
from tests.intake.going_wrong import CONTENT, YEAR, no_space, said, work
from tests.intake.people import signed_in
from tests.intake.test_differing import held
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["intake_readtable", "intake_deliveryfinding"])
def test_a_full_disk_while_files_are_checked_is_told_and_trying_again_works(table):
    breakable("intake_readtable", "intake_deliveryfinding")
    steward, system = signed_in("bom", "steward"), System()
    delivery = _sent(system)
    with full(table):
        work(examine, delivery)
    assert_stopped_for_room(steward, delivery)
    _status, told = system.ask("GET", f"/deliveries/{delivery}")
    assert (told["working"], "Tell the administrator" in told["problem"]) == (False, True)
    steward.post(f"/aanleveringen/{delivery}/opnieuw/")
    work(examine, delivery)
    assert_as_if_nothing_happened(delivery)


def test_a_full_disk_where_files_are_laid_out_to_be_read_is_told_and_can_be_tried_again_by_the_api(monkeypatch):
    steward, system = signed_in("bom", "steward"), System()
    delivery = _sent(system)
    with monkeypatch.context() as broken:
        broken.setattr(delivering, "write_to", no_space)
        work(examine, delivery)
    assert_stopped_for_room(steward, delivery)
    status, told = system.ask("POST", f"/deliveries/{delivery}/submission")
    assert (status, told["working"], told["problem"]) == (202, True, "")
    work(examine, delivery)
    assert_as_if_nothing_happened(delivery)


def test_a_full_disk_while_rows_become_records_is_told_and_writes_none_by_halves():
    breakable("register_organisation", "invest_investment")
    steward, system = signed_in("bom", "steward"), System()
    delivery = _sent(system)
    work(examine, delivery)
    assert system.ask("POST", f"/deliveries/{delivery}/acceptance", {"withoutFaultyRows": True})[0] == 202
    with full("invest_investment"), pytest.raises(Exception, match="No space left"):
        work(accept, delivery)
    with acts("bom"):
        assert not Organisation.objects.exists()
    assert_stopped_for_room(steward, delivery)
    status, told = system.ask("POST", f"/deliveries/{delivery}/acceptance", {"withoutFaultyRows": True})
    assert (status, told["working"], told["problem"]) == (202, True, "")
    work(accept, delivery)
    assert held("bom", delivery).state == DeliveryState.ACCEPTED
    with acts("bom"):
        assert Investment.objects.count() == 1


def test_where_not_even_the_fault_can_be_kept_the_work_is_done_by_the_next_try(caplog):
    breakable("intake_readtable", "intake_delivery")
    system = System()
    delivery = _sent(system)
    with full("intake_readtable", "intake_delivery"):
        work(examine, delivery)  # the database takes the next try, or the supervisor finds this one left behind
    assert held("bom", delivery).progress == {"step": "waiting"}
    work(examine, delivery)
    assert_as_if_nothing_happened(delivery)


def _sent(system: System) -> int:
    actions.confirm_mapping(actor=actor_for("bom"), text=MAPPING.format(agency="bom"))
    delivery = system.begin(YEAR)
    tables = TABLES | {"projecten": TABLES["projecten"] + "P2;Slimme kas;01-05-2023;-5,00;R9;\n"}
    for name, text in tables.items():
        assert system.ask("PUT", f"/deliveries/{delivery}/files/{name}.csv", text.encode())[0] == 201
    assert system.ask("POST", f"/deliveries/{delivery}/submission")[0] == 202
    return delivery


def assert_stopped_for_room(steward: Client, delivery: int) -> None:
    url = f"/aanleveringen/{delivery}/"
    assert "Meld het aan de beheerder, en kies “Opnieuw proberen”" in said(steward, url)
    assert "Tell the administrator, and choose “Try again”" in said(steward, url, "en")
    assert f"{url}opnieuw/" in said(steward, url)


def assert_as_if_nothing_happened(delivery: int) -> None:
    found = held("bom", delivery)
    assert (found.state, found.progress) == (DeliveryState.CHECKED, {})
    with acts("bom"):
        assert found.read_tables.count() == len(TABLES)
        assert found.findings.filter(severity="error").exists()


@pytest.mark.parametrize("written", ["0-0.cells", "0.json"])
def test_a_reader_that_finds_the_disk_full_blames_no_file_for_it(tmp_path, written):
    file, folder = tmp_path / "relaties.csv", tmp_path / "job"
    file.write_bytes(CONTENT)
    folder.mkdir()
    (folder / written).symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as raised:
        read_files([file], Limits(), folder)
    assert no_room(raised.value)
