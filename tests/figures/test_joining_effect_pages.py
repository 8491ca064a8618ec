"""The pages of what joining does to figures: beside a proposal, on a delivery's page, and round by round."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import ProgrammingError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from schakel.figures import following
from schakel.figures.process import CountingError
from schakel.innovate.models import InnovationProject
from schakel.register.actions import link
from schakel.register.effects import count_effects
from schakel.register.jobs import foresee_next, link_all
from schakel.register.models import FigureEffect, JoiningRound, Proposal, RoundTold
from schakel.register.tellings import KEPT
from schakel.sharing.roles import LINKER, WORKER, database_role
from tests.intake.delivering import TABLES, send, write
from tests.intake.people import signed_in
from tests.making import acts
from tests.register.test_heard import linked
from tests.register.test_proposal_pages import LIST, text, two_titles

from .joined_here import ask_here, foreseen
from .test_joining_effects import invests, two_companies

pytestmark = pytest.mark.django_db
ROUNDS = "/identiteit/rondes/"


@pytest.fixture(autouse=True)
def _counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The counting process answers, inside the test."""
    monkeypatch.setattr(following, "ask", ask_here)


def counted() -> int:
    with database_role(WORKER):
        return count_effects()


def test_the_secretariat_reads_beside_a_proposal_what_it_does_to_the_networks_figures():
    two_companies()
    linked()
    steward = signed_in("rom-nederland", "identity-steward")
    assert "nog niet geteld" in text(steward.get(LIST))
    with database_role(LINKER):
        page = f"{LIST}{Proposal.objects.get().pk}/"
    assert "Dit wordt nu geteld" in text(steward.get(page))
    foreseen()
    counted()
    listed = text(steward.get(LIST))
    assert "2023: 2 → 1" in listed
    assert "cijfers" in listed
    shown = steward.get(page)
    assert "De cijfers van het netwerk" in text(shown)
    assert "met alles wat eruit volgt" in text(shown)
    assert "/cijfers/companies_invested_in/?year=2023&amp;stand=nu" in shown.content.decode()


def test_an_agency_reads_it_of_its_own_alone():
    two_titles()
    foreseen()
    counted()
    mine = signed_in("bom", "steward")
    assert "geen van de cijfers" in text(mine.get(LIST))
    with acts("bom"):
        effect = FigureEffect.objects.get(proposal__isnull=False)
    assert "Geen van de cijfers verandert." in text(mine.get(f"{LIST}{effect.proposal_id}/"))
    for slug in ("nom", "oost-nl"):
        with acts(slug):
            assert not FigureEffect.objects.filter(proposal__isnull=False).exists()


def test_what_was_decided_keeps_the_effect_that_it_was_decided_by():
    two_companies()
    linked()
    foreseen()
    counted()
    with database_role(LINKER):
        page = f"{LIST}{Proposal.objects.get().pk}/"
    steward = signed_in("rom-nederland", "identity-steward")
    steward.post(page, {"accepts": "yes", "why": ""})
    linked()
    foreseen()
    counted()
    assert "2023: 2 → 1" in text(steward.get(LIST))


def test_a_delivery_tells_what_joining_did_to_ones_own_figures(tmp_path):
    send("nom", write(tmp_path / "nom"), period=2023)
    with database_role(LINKER):
        link()
    made = send("bom", write(tmp_path / "bom"), period=2023).delivery
    page = f"/aanleveringen/{made.pk}/"
    mine = signed_in("bom", "steward")
    assert "Wat samenbrengen deed" not in text(mine.get(page))  # not joined yet
    with database_role(LINKER):
        link()
    assert "Dit wordt nu geteld" in text(mine.get(page))
    counted()
    shown = text(mine.get(page))
    assert "Wat samenbrengen deed met uw eigen cijfers" in shown
    assert "Geen van de cijfers verandert." in shown  # in its own column each was one before
    with acts("bom"):
        told = RoundTold.objects.get()
        assert told.deliveries == [made.pk]
    assert str(made.pk) in text(mine.get(f"{ROUNDS}{told.pk}/"))
    network = signed_in("rom-nederland", "identity-steward")
    with acts("rom-nederland"):
        of_network = RoundTold.objects.latest("pk")
    shown = text(network.get(f"{ROUNDS}{of_network.pk}/"))
    assert "De cijfers van het netwerk" in shown
    assert "Ervoor" in shown
    assert network.get(f"{ROUNDS}{told.pk}/").status_code == 404  # each its own


def test_two_deliveries_of_one_round_say_so(tmp_path):
    one = send("bom", write(tmp_path / "one"), period=2023).delivery
    earlier = {name: table.replace("2023", "2022") for name, table in TABLES.items()}
    two = send("bom", write(tmp_path / "two", **earlier), period=2022).delivery
    with database_role(LINKER):
        link()
    page = text(signed_in("bom", "steward").get(f"/aanleveringen/{one.pk}/"))
    assert f"andere aanleveringen van u, dus dit geldt voor alle samen: {two.pk}" in page


def test_rounds_are_listed_for_whom_they_concern():
    invests("bom", "R1", dt.date(2023, 3, 1), name="Zonneveld Energie B.V.", kvk="12345678")
    invests("nom", "R2", dt.date(2023, 3, 20), name="Zonneveld Energie B.V.", kvk="12345678")
    with database_role(LINKER):
        link()
    steward = signed_in("rom-nederland", "identity-steward")
    assert "nog niet geteld" in text(steward.get(ROUNDS))
    counted()
    assert "cijfers veranderden" in text(steward.get(ROUNDS))
    assert "geen van de cijfers" in text(signed_in("bom", "steward").get(ROUNDS))
    assert "nog geen ronde" in text(signed_in("liof", "steward").get(ROUNDS))
    assert signed_in("bom", "reader").get(ROUNDS).status_code == 403
    assert signed_in("ministerie-ez", "reader").get(ROUNDS).status_code == 403
    with acts("rom-nederland"):
        told = RoundTold.objects.get()
    shown = text(steward.get(f"{ROUNDS}{told.pk}/"))
    assert "Organisaties: 2 gekoppeld, 1 nieuw" in shown


def test_a_round_that_changes_nothing_and_follows_no_delivery_is_told_to_nobody():
    two_titles()
    with database_role(LINKER):
        before = JoiningRound.objects.count()
        link()
        assert JoiningRound.objects.count() == before


def test_each_is_counted_once_and_proposals_anew_after_each_round():
    two_titles()
    foreseen()
    assert counted() > 2
    assert counted() == 2  # the proposal, for its agency and for the secretariat


def test_what_was_forgotten_uncounted_is_not_told_as_nothing():
    two_companies()
    linked()
    with database_role(LINKER):
        JoiningRound.objects.update(moves=None)
    counted()
    with acts("rom-nederland"):
        assert not FigureEffect.objects.filter(told__isnull=False).exists()


def test_only_the_last_rounds_keep_what_they_moved():
    invests("bom", "R1", dt.date(2023, 3, 1), name="Molen B.V.")
    with database_role(LINKER):
        link()
        for _n in range(KEPT):
            JoiningRound.objects.create(moves=[])
    invests("bom", "R2", dt.date(2023, 3, 1), name="De Korenaar B.V.")
    with database_role(LINKER):
        link()
        assert JoiningRound.objects.earliest("pk").moves is None
        assert JoiningRound.objects.latest("pk").moves


def test_where_nobody_counts_nothing_is_kept_and_it_is_tried_again(monkeypatch):
    two_titles()
    foreseen()

    def away(*_asked: object) -> None:
        raise CountingError("the counting process does not answer")

    monkeypatch.setattr(following, "ask", away)
    with pytest.raises(CountingError):
        counted()
    monkeypatch.setattr(following, "ask", ask_here)
    assert counted()


def test_nobody_types_an_effect():
    two_titles()
    with database_role(LINKER):
        number = Proposal.objects.get().pk
    with acts("bom") as bom, pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        FigureEffect.objects.create(owner=bom, proposal_id=number, figures=[])
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with database_role(WORKER), acts("nom") as nom, refused, transaction.atomic():
        FigureEffect.objects.create(owner=nom, proposal_id=number, figures=[])


def test_after_a_round_what_is_proposed_is_foreseen_and_its_count_is_queued():
    two_titles()
    with acts("bom"):
        InnovationProject.objects.filter(period=2022).update(volume=100)
    with database_role(LINKER):
        link()
        foresee_next.func()
        assert Proposal.objects.get().foreseen
    names = list(ProcrastinateJob.objects.values_list("task_name", flat=True))
    assert "figures.count_effects" in names
    assert link_all.queue == foresee_next.queue == "link"
