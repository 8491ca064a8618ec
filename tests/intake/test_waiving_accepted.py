"""What was accepted with a warning can still be explained, until the year is certified; the ladder moves with it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from schakel.intake import actions, collecting
from schakel.intake.actions import DeliveryRefused
from schakel.intake.models import Delivery, DeliveryFinding, Waiver
from schakel.network.queries import party
from tests.intake.collecting import STATEMENT, of, opened
from tests.intake.delivering import TABLES, send, write
from tests.intake.mending import finding, person, reader, steward
from tests.making import acts

pytestmark = pytest.mark.django_db
ALONE = TABLES["projecten"] + "P2;Slimme kas;01-05-2023;50.000,00;R1;\n"


@pytest.fixture
def accepted(tmp_path) -> Delivery:
    """A delivery of BOM that was accepted with one warning: nobody takes part in a project."""
    return send("bom", write(tmp_path / "bom", projecten=ALONE)).delivery


def warning(delivery: Delivery) -> DeliveryFinding:
    with acts("bom"):
        return finding(delivery, severity="warning")


def waived(delivery: Delivery, actor) -> Waiver:
    check = warning(delivery).check_id
    return actions.waive(actor=actor, delivery=delivery, check_id=check, reason="Volgt in de registratie.")


def consistent() -> bool | None:
    """Whether the projects of BOM stand on that step of the ladder."""
    with acts("bom"):
        year = collecting.agency_year(party("bom"), 2023, today=dt.date(2024, 1, 1))
    (project,) = (kind for kind in year.kinds if kind.kind == "project")
    return next(rung.reached for rung in project.ladder if rung.key == "consistent")


def page(delivery: Delivery, actor) -> str:
    client = Client()
    client.force_login(person(actor))
    return client.get(reverse("intake:finding", args=[delivery.pk, warning(delivery).pk])).content.decode()


def test_a_warning_of_an_accepted_delivery_is_explained_and_the_ladder_moves(accepted):
    assert consistent() is False
    waiver = waived(accepted, steward())
    assert consistent() is True
    actions.end_waiver(actor=steward(), waiver=waiver)
    assert consistent() is False


def test_readers_explain_nothing_of_what_was_accepted(accepted):
    with pytest.raises(PermissionDenied):
        waived(accepted, reader())
    assert consistent() is False


def test_an_error_of_an_accepted_delivery_is_not_waived(tmp_path):
    faulty = TABLES["projecten"] + "P2;Slimme kas;31-02-2023;50.000,00;R1;\n"
    delivery = send("bom", write(tmp_path / "bom", projecten=faulty)).delivery
    with acts("bom"):
        error = finding(delivery, severity="error")
    with pytest.raises(DeliveryRefused):
        actions.waive(actor=steward(), delivery=delivery, check_id=error.check_id, reason="Mag.")


def test_nothing_moves_under_a_signature_until_it_is_withdrawn(accepted):
    before = waived(accepted, steward())
    actions.certify(actor=of("bom"), period=2023, statement=STATEMENT)
    with pytest.raises(DeliveryRefused, match="2023"):
        waived(accepted, steward())
    with pytest.raises(DeliveryRefused, match="2023"):
        actions.end_waiver(actor=steward(), waiver=before)
    assert consistent() is True
    actions.withdraw_certification(actor=of("bom"), period=2023, reason="Een reden was verkeerd.")
    actions.end_waiver(actor=steward(), waiver=before)
    assert consistent() is False


def test_a_year_that_is_closed_stays_as_it_is(accepted):
    opened()
    actions.close_year(actor=of("rom-nederland"), period=2023)
    with pytest.raises(DeliveryRefused, match="2023"):
        waived(accepted, steward())


def test_the_page_offers_to_explain_and_not_to_mend_what_was_accepted(accepted):
    waive = reverse("intake:waive", args=[accepted.pk, warning(accepted).pk])
    mend = reverse("intake:mend", args=[accepted.pk, warning(accepted).pk])
    shown = page(accepted, steward())
    assert waive in shown
    assert mend not in shown
    assert waive not in page(accepted, reader())
    actions.certify(actor=of("bom"), period=2023, statement=STATEMENT)
    assert waive not in page(accepted, steward())


def test_a_waiver_of_what_was_accepted_is_taken_back_from_the_list(accepted):
    waiver = waived(accepted, steward())
    client = Client()
    client.force_login(person(steward()))
    assert 'value="end"' in client.get(reverse("intake:changes", args=[accepted.pk])).content.decode()
    client.post(reverse("intake:change-waiver", args=[accepted.pk, waiver.pk]), {"do": "end"})
    assert consistent() is False
