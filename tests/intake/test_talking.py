"""People of one agency talk about a delivery, its rows and its findings; whoever is mentioned hears of it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from schakel.inbox.queries import told
from schakel.intake import actions
from schakel.intake.actions import DeliveryRefused
from schakel.intake.mentions import mentioned_in
from schakel.intake.models import Delivery, Remark
from schakel.network.models import Person
from schakel.network.queries import party
from tests.intake.mending import faulty, finding, person, reader, steward
from tests.intake.test_findings_pages import page, signed_in
from tests.making import acts

pytestmark = pytest.mark.django_db


def heard(actor, slug: str = "bom") -> list[str]:
    """Titles of what somebody was told."""
    with acts(slug):
        return [item.title_nl for item in told(actor.person, party(slug).pk)]


def test_who_is_chosen_or_named_hears_of_it_and_is_led_there(tmp_path):
    delivery, sanne, ruben, carla = faulty(tmp_path), steward(), reader(), reader(name="carla")
    text = f"Weet jij dit, @{person(carla).name}?"
    remark = actions.remark(actor=sanne, delivery=delivery, text=text, mentioned=[ruben.person])
    assert sorted(remark.mentioned) == sorted([ruben.person, carla.person])
    for actor in (ruben, carla):
        assert heard(actor) == [f"{person(sanne).name} noemt u bij aanlevering {delivery.pk}"]
    assert heard(sanne) == []
    with acts("bom"):
        item = told(ruben.person, party("bom").pk).get()
    assert item.url == f"{reverse('intake:talk', args=[delivery.pk])}#opmerking-{remark.pk}"


def test_who_spoke_before_hears_of_a_reply_about_the_same(tmp_path):
    delivery, sanne, ruben = faulty(tmp_path), steward(), reader()
    place = {"check_id": "cell.placeholder", "file": "projecten.csv", "table": "projecten", "row": 2}
    actions.remark(actor=ruben, delivery=delivery, text="Dit klopt niet.", **place)
    actions.remark(actor=sanne, delivery=delivery, text="Over iets anders.")
    assert heard(ruben) == []
    actions.remark(actor=sanne, delivery=delivery, text="Dank, ik vraag het na.", **place)
    assert heard(ruben) == [f"{person(sanne).name} antwoordt bij aanlevering {delivery.pk}"]


def test_somebody_of_another_agency_is_not_mentioned_and_sees_nothing(tmp_path):
    delivery, sanne, stranger = faulty(tmp_path), steward(), steward("oost-nl")
    text = f"@{person(stranger).name} kijk eens"
    remark = actions.remark(actor=sanne, delivery=delivery, text=text, mentioned=[stranger.person])
    assert remark.mentioned == []
    assert heard(stranger, "oost-nl") == []
    with acts("oost-nl"):
        assert not Remark.objects.exists()
    with pytest.raises(Delivery.DoesNotExist):
        actions.remark(actor=stranger, delivery=delivery, text="Hallo")


@pytest.mark.parametrize("text", ["", "  \n", "x" * 5001])
def test_what_says_nothing_or_too_much_is_refused(tmp_path, text):
    with pytest.raises(DeliveryRefused):
        actions.remark(actor=steward(), delivery=faulty(tmp_path), text=text)


def test_a_reader_talks_from_a_finding_and_all_of_it_is_on_one_page(tmp_path):
    delivery, sanne, ruben = faulty(tmp_path), steward(), reader()
    with acts("bom"):
        found = finding(delivery, cell="projecten!D3")
    client, url = signed_in(ruben), reverse("intake:talk-here", args=[delivery.pk, found.pk])
    for about in ("finding", "row", "delivery"):
        said = {"remark-about": about, "remark-text": f"Over <b>{about}</b>", "remark-person": str(sanne.person)}
        assert client.post(url, said).status_code == 302
    text = page(sanne, "talk", delivery.pk)
    assert text.count("remarks__one") == 3
    assert "&lt;b&gt;" in text
    assert page(sanne, "finding", delivery.pk, found.pk).count("remarks__one") == 2
    assert len(heard(sanne)) == 3


def _people(*names: str) -> list[Person]:
    return [Person(pk=at, name=name, email=f"p{at}@example.org") for at, name in enumerate(names, 1)]


def test_a_name_that_two_people_share_mentions_neither():
    people = _people("Jan de Vries", "Jan Smit", "Els Bos")
    assert mentioned_in("@jan en @Els", people) == {3}
    assert mentioned_in("@Jan de Vries, kijk", people) == {1}
    assert mentioned_in("@p2 kijk", people) == {2}
    assert mentioned_in("mail els@els.nl of @Elsbeth", people) == set()


@given(st.text(max_size=40), st.sampled_from(["Jan de Vries", "Els Bos"]), st.text(alphabet=" .,!?\n", max_size=3))
def test_a_whole_name_after_an_at_is_always_heard(before, name, after):
    people = _people("Jan de Vries", "Els Bos")
    said = f"{before} @{name}{after}"
    assert people[["Jan de Vries", "Els Bos"].index(name)].pk in mentioned_in(said, people)
