"""Looking at what accepting would do, accepting it, and settling what vanished: on pages, by people of every role."""

from __future__ import annotations

import pytest

from schakel.intake import actions
from schakel.intake.delivering import accept_in_background
from schakel.intake.models import Delivery, DeliveryState
from schakel.intake.records import RecordState
from schakel.invest.models import Investment
from schakel.sharing.roles import WORKER, database_role
from tests.intake.delivering import TABLES, send, write
from tests.intake.people import signed_in
from tests.intake.test_differing import accept, compare, held
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db
OTHER = "Investering;Nr;Datum;Bedrag;Fase\nI2;R2;15-06-2023;5.000,00;seed\n"


def work(delivery: Delivery) -> None:
    with database_role(WORKER):
        accept_in_background(actor=actor_for("bom"), delivery_id=delivery.pk)


def test_a_steward_sees_what_would_change_and_accepts_it(tmp_path):
    send("bom", write(tmp_path / "d"))
    corrected = TABLES["projecten"].replace("250.000,00", "275.000,00")
    delivery = compare("bom", write(tmp_path / "d", projecten=corrected))
    steward = signed_in("bom", "steward")
    page = steward.get(f"/aanleveringen/{delivery.pk}/verschil/").content.decode()
    assert "P1 · Waterstof in de wijk" in page
    assert "250.000,00" in page
    assert "275.000,00" in page
    assert "+€\xa025.000" in page  # the effect on one's own figures
    answer = steward.post(f"/aanleveringen/{delivery.pk}/accepteren/", follow=True)
    assert answer.redirect_chain[0][0] == f"/aanleveringen/{delivery.pk}/verschil/"
    assert held("bom", delivery.pk).state == DeliveryState.ACCEPTING
    work(delivery)
    assert held("bom", delivery.pk).state == DeliveryState.ACCEPTED


def test_the_second_of_two_who_accept_is_told_who_was_first_and_nothing_happens_twice(tmp_path):
    delivery = compare("bom", write(tmp_path / "d"))
    first, second = signed_in("bom", "steward", name="anne"), signed_in("bom", "steward", name="bas")
    first.post(f"/aanleveringen/{delivery.pk}/accepteren/")
    answer = second.post(f"/aanleveringen/{delivery.pk}/accepteren/", follow=True)
    assert "Anne" in answer.content.decode()
    work(delivery)
    answer = second.post(f"/aanleveringen/{delivery.pk}/accepteren/", follow=True)  # the back button, and once more
    assert "Anne" in answer.content.decode()
    with acts("bom"):
        assert Investment.objects.count() == 1


def test_rows_in_error_stay_out_only_where_somebody_says_so(tmp_path):
    rows = TABLES["investeringen"] + "I2;R2;31-02-2023;50.000,00;seed\n"
    delivery = compare("bom", write(tmp_path / "d", investeringen=rows))
    steward, url = signed_in("bom", "steward"), f"/aanleveringen/{delivery.pk}/accepteren/"
    refused = steward.post(url)
    assert refused.status_code == 422
    assert 'id="id_without_error"' in refused.content.decode()
    assert held("bom", delivery.pk).state == DeliveryState.CHECKED
    steward.post(url, {"without": "on"})
    assert held("bom", delivery.pk).state == DeliveryState.ACCEPTING


@pytest.mark.parametrize(("party", "role", "status"), [("bom", "reader", 403), ("oost-nl", "steward", 404)])
def test_who_may_not_accept_does_not(tmp_path, party, role, status):
    delivery = compare("bom", write(tmp_path / "d"))
    answer = signed_in(party, role).post(f"/aanleveringen/{delivery.pk}/accepteren/")
    assert answer.status_code == status
    assert held("bom", delivery.pk).state == DeliveryState.CHECKED


def test_the_secretariat_sees_no_row_of_an_agency(tmp_path):
    delivery = compare("bom", write(tmp_path / "d"))
    secretary = signed_in("rom-nederland", "secretary")
    for part in ("verschil", "verdwenen", "ontvangst", "werkboek"):
        assert secretary.get(f"/aanleveringen/{delivery.pk}/{part}/").status_code == 404


def test_a_proposed_mapping_is_confirmed_before_anything_is_accepted(tmp_path):
    renamed = TABLES["projecten"].replace("Omvang", "Totale projectkosten")
    delivery = compare("bom", write(tmp_path / "d", projecten=renamed))
    with acts("bom"):
        Delivery.objects.filter(pk=delivery.pk).update(origin="screen")
    steward = signed_in("bom", "steward")
    page = steward.get(f"/aanleveringen/{delivery.pk}/verschil/").content.decode()
    assert f"/aanleveringen/{delivery.pk}/koppeling/" in page
    steward.post(f"/aanleveringen/{delivery.pk}/accepteren/")
    assert held("bom", delivery.pk).state == DeliveryState.CHECKED
    with pytest.raises(actions.DeliveryRefused):
        actions.ask_acceptance(actor=actor_for("bom"), delivery=delivery)


def test_a_difference_with_what_no_longer_stands_is_made_again_first(tmp_path):
    old = compare("bom", write(tmp_path / "a"))
    accept("bom", compare("bom", write(tmp_path / "b", investeringen=OTHER)))
    with acts("bom"):
        Delivery.objects.filter(pk=old.pk).update(origin="screen")
    steward = signed_in("bom", "steward")
    assert "/opnieuw/" in steward.get(f"/aanleveringen/{old.pk}/verschil/").content.decode()
    with pytest.raises(actions.DeliveryRefused):
        actions.ask_acceptance(actor=actor_for("bom"), delivery=old)


def test_lines_are_filtered_by_kind_and_outcome_in_the_address(tmp_path):
    send("bom", write(tmp_path / "d"))
    delivery = compare("bom", write(tmp_path / "d", investeringen=OTHER))
    steward = signed_in("bom", "steward")
    gone = steward.get(f"/aanleveringen/{delivery.pk}/verschil/?kind=investment&outcome=vanished").content.decode()
    assert "I1 ·" in gone
    assert "I2 ·" not in gone


def _with_vanished(tmp_path) -> Delivery:
    send("bom", write(tmp_path / "a", investeringen=TABLES["investeringen"] + "I3;R2;16-06-2023;7.000,00;seed\n"))
    delivery = compare("bom", write(tmp_path / "b", investeringen=OTHER))
    accept("bom", delivery)
    return delivery


def test_chosen_vanished_records_are_withdrawn_and_the_others_wait(tmp_path):
    delivery = _with_vanished(tmp_path)
    steward, url = signed_in("bom", "steward"), f"/aanleveringen/{delivery.pk}/verdwenen/"
    with acts("bom"):
        chosen = Investment.objects.get(number="I1").pk
    assert "I3 ·" in steward.get(url).content.decode()
    steward.post(url, {"record": f"investment:{chosen}", "decision": "withdraw", "reason": "dubbel geboekt"})
    with acts("bom"):
        assert dict(Investment.objects.values_list("number", "state")) == {
            "I1": RecordState.WITHDRAWN,
            "I2": RecordState.STANDS,
            "I3": RecordState.VANISHED,
        }
        assert Investment.objects.get(number="I1").state_reason == "dubbel geboekt"
    steward.post(url, {"every": "on", "decision": "keep", "reason": "stond in een ander blad"})
    with acts("bom"):
        assert Investment.objects.get(number="I3").state == RecordState.STANDS


def test_nothing_is_withdrawn_without_a_choice_and_a_reason(tmp_path):
    delivery = _with_vanished(tmp_path)
    steward, url = signed_in("bom", "steward"), f"/aanleveringen/{delivery.pk}/verdwenen/"
    assert steward.post(url, {"decision": "withdraw", "reason": "x"}).status_code == 422
    assert steward.post(url, {"every": "on", "decision": "withdraw"}).status_code == 422
    assert signed_in("bom", "reader").post(url, {"every": "on", "decision": "keep", "reason": "x"}).status_code == 403
    with acts("bom"):
        assert Investment.objects.filter(state=RecordState.VANISHED).count() == 2
