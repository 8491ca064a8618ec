"""The pages of what is proposed: who sees which proposal, with which names, and what is decided there."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from schakel.innovate.models import InnovationProject
from schakel.register.models import Proposal, Ruling
from schakel.sharing.roles import LINKER, database_role
from tests.intake.people import signed_in
from tests.making import acts, make, organisation

from .test_heard import homes, linked, take_part
from .test_proposals import proposed

pytestmark = pytest.mark.django_db
LIST = "/identiteit/voorstellen/"


def text(response) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def only() -> Proposal:
    with database_role(LINKER):
        return Proposal.objects.get()


def two_titles() -> None:
    """BOM told of one project under two titles, and then under one: its own to decide."""
    with acts("bom") as bom:
        common = {"number": "P1", "start": dt.date(2022, 3, 1), "lead": organisation(bom, name="Zonneveld B.V.")}
        make(InnovationProject, bom, period=2022, title="Waterstof in de wijk", **common)
        two = make(InnovationProject, bom, period=2023, title="Iets heel anders", **common)
    linked()
    with acts("bom"):
        InnovationProject.objects.filter(pk=two.pk).update(title="Waterstof in de wijk")
    linked()


def test_the_identity_steward_merges_with_names_before_them_and_undoes_it_with_a_reason():
    one, two = proposed()
    take_part("bom", "nom", "oost-nl")
    linked()
    steward = signed_in("rom-nederland", "identity-steward")
    listed = text(steward.get(LIST))
    assert "Zijn Zonneveld Energie B.V. en Zonneveld Energie B.V. één?" in listed
    assert "wacht op een besluit" in listed
    page = f"{LIST}{only().pk}/"
    shown = text(steward.get(page))
    assert "12345678" in shown
    assert "4818CL" in shown
    assert "Voeg samen" in shown
    done = steward.post(page, {"accepts": "yes", "why": ""}, follow=True)
    assert "Besloten." in text(done)
    assert "wat eruit volgt, wordt nu gedaan" in text(steward.get(page))
    linked()
    assert homes()[one] == homes()[two]
    refused = steward.post(page, {"accepts": "no", "why": " "})
    assert refused.status_code == 422
    assert "Zeg waarom" in text(refused)
    steward.post(page, {"accepts": "no", "why": "Twee bedrijven met één naam."})
    linked()
    assert homes()[one] != homes()[two]
    after = text(steward.get(page))
    assert "ongedaan gemaakt" in after
    assert "Twee bedrijven met één naam." in after


def test_without_the_agreement_the_steward_sees_that_there_is_one_and_no_name():
    proposed()
    steward = signed_in("rom-nederland", "identity-steward")
    for address in (LIST, f"{LIST}{only().pk}/"):
        shown = text(steward.get(address))
        assert "Zonneveld" not in shown
        assert "12345678" not in shown
        assert "een record van" in shown
    assert "Namen staan er alleen zolang" in shown


def test_an_agency_decides_of_its_own_and_another_does_not_find_it():
    two_titles()
    page = f"{LIST}{only().pk}/"
    for slug in ("nom", "liof"):
        other = signed_in(slug, "steward")
        assert "Er is niets voorgesteld." in text(other.get(LIST))
        assert other.get(page).status_code == 404
        assert other.post(page, {"accepts": "yes"}).status_code == 404
    mine = signed_in("bom", "steward")
    assert "Waterstof in de wijk" in text(mine.get(page))
    mine.post(page, {"accepts": "no", "why": "Twee projecten."})
    linked()
    assert only().state == "declined"
    with acts("bom"):
        assert Ruling.objects.get().why == "Twee projecten."
    assert "afgewezen" in text(mine.get(LIST))


@pytest.mark.parametrize(
    ("slug", "role"), [("bom", "reader"), ("rom-nederland", "secretary"), ("ministerie-ez", "reader")]
)
def test_who_does_not_judge_does_not_open_them(slug, role):
    assert signed_in(slug, role).get(LIST).status_code == 403


def test_what_is_no_longer_proposed_cannot_be_decided():
    two_titles()
    found = only()
    mine = signed_in("bom", "steward")
    with acts("bom"):
        InnovationProject.objects.filter(period=2023).update(title="Iets heel anders")
    linked()
    assert only().state == "lapsed"
    page = f"{LIST}{found.pk}/"
    assert "Voeg samen" not in text(mine.get(page))
    refused = mine.post(page, {"accepts": "yes", "why": ""})
    assert refused.status_code == 422
    assert "niet meer voorgesteld" in text(refused)
