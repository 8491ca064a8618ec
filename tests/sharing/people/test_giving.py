"""The administrator of a party gives and takes the roles of its people, and nobody else's."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from schakel.network.models import RoleHeld
from schakel.network.queries import end_of, party
from schakel.sharing.acting import acting
from schakel.sharing.people.giving import PeopleRefused, give, take
from schakel.trail.actors import Actor
from schakel.trail.models import Entry
from tests.inbox.people import somebody
from tests.sharing.mandates import office
from tests.sharing.people.characters import administrator, client_of, of, roles

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + dt.timedelta(days=1)


def test_an_administrator_gives_a_role_and_the_person_acts_in_it_at_the_next_request():
    boss, anna = administrator(), somebody("anna", "bom", "reader")
    page = client_of(anna)
    assert "steward" not in roles(anna, "bom")
    made = give(actor=of(boss), person=anna.pk, at=party("bom"), role="steward")
    assert (made.given_by, made.until) == (boss, None)
    assert roles(anna, "bom") == {"reader", "steward"}
    page.post("/namens/", {"role": made.pk})
    assert page.get("/sleutels/").status_code == 200
    take(actor=of(boss), held=made)
    assert page.get("/sleutels/").status_code == 403


def test_each_act_is_in_the_trail_of_the_party():
    boss, anna = administrator(), somebody("anna", "bom", "reader")
    take(actor=of(boss), held=give(actor=of(boss), person=anna.pk, at=party("bom"), role="adviser-trade"))
    with acting(of(boss)):
        told = list(Entry.objects.filter(verb__endswith="role", person_id=boss.pk).order_by("pk"))
    assert [(line.verb, line.objects_ids, line.detail["role"]) for line in told] == [
        ("gave role", [anna.pk], "adviser-trade"),
        ("took role", [anna.pk], "adviser-trade"),
    ]


@pytest.mark.parametrize("role", ["reader", "steward", "investment-manager"])
def test_nobody_but_the_administrator_gives_or_takes(role):
    administrator()
    other, anna = somebody("ander", "bom", role), somebody("anna", "bom", "reader")
    for act in (
        lambda: give(actor=of(other), person=anna.pk, at=party("bom"), role="steward"),
        lambda: take(actor=of(other), held=RoleHeld.objects.get(person=anna)),
    ):
        with pytest.raises(PeopleRefused, match="beheerder van uw organisatie"):
            act()
    page = client_of(other)
    assert page.get("/mensen/").status_code == 403
    assert page.post(f"/mensen/bom/{anna.pk}/", {"role": "steward"}).status_code == 403
    assert "/mensen/" not in page.get("/cijfers/").content.decode()


def test_an_administrator_who_acts_in_another_role_gives_nothing():
    boss, anna = administrator(), somebody("anna", "bom", "reader")
    with pytest.raises(PeopleRefused):
        give(
            actor=Actor(party=party("bom").pk, person=boss.pk, role="reader"),
            person=anna.pk,
            at=party("bom"),
            role="steward",
        )


def test_people_of_another_party_are_not_seen_to():
    boss, jan = administrator(), somebody("jan", "nom", "reader")
    with pytest.raises(PeopleRefused, match="eigen organisatie"):
        give(actor=of(boss), person=jan.pk, at=party("nom"), role="steward")
    with pytest.raises(PeopleRefused, match="eigen organisatie"):
        take(actor=of(boss), held=RoleHeld.objects.get(person=jan))
    with pytest.raises(PeopleRefused, match="nodig"):
        give(actor=of(boss), person=jan.pk, at=party("bom"), role="steward")
    page = client_of(boss)
    for path in (f"/mensen/nom/{jan.pk}/", f"/mensen/bom/{jan.pk}/", "/mensen/bom/0/"):
        assert page.get(path).status_code == 404


@pytest.mark.parametrize("role", ["secretary", "auditor", "system-administrator", "nonsense", ""])
def test_a_role_that_cannot_be_held_there_is_refused(role):
    boss, anna = administrator(), somebody("anna", "bom", "reader")
    with pytest.raises(PeopleRefused, match="die er bij BOM is"):
        give(actor=of(boss), person=anna.pk, at=party("bom"), role=role)
    page = client_of(boss)
    assert page.post(f"/mensen/bom/{anna.pk}/", {"role": role}).status_code == 422


def test_the_only_administrator_keeps_the_role_until_a_colleague_has_it():
    boss, anna = administrator(), somebody("anna", "bom", "reader")
    mine = RoleHeld.objects.get(person=boss)
    with pytest.raises(PeopleRefused, match="Geef eerst een collega"):
        take(actor=of(boss), held=mine)
    page = client_of(boss)
    refused = page.post(f"/mensen/bom/{boss.pk}/rol/{mine.pk}/intrekken/", follow=True)
    assert "eerst een collega" in refused.content.decode()
    give(actor=of(boss), person=anna.pk, at=party("bom"), role="party-administrator")
    assert page.post(f"/mensen/bom/{boss.pk}/rol/{mine.pk}/intrekken/").headers["Location"] == "/"
    assert roles(boss, "bom") == set()
    assert roles(anna, "bom") == {"party-administrator", "reader"}


def test_a_role_with_a_last_day_is_over_the_day_after():
    boss, anna = administrator(), somebody("anna", "bom", "reader")
    page = client_of(boss)
    path = f"/mensen/bom/{anna.pk}/"
    assert page.post(path, {"role": "steward", "until": "2020-01-01"}).status_code == 422
    assert page.post(path, {"role": "party-administrator", "until": str(TOMORROW)}).status_code == 422
    assert page.post(path, {"role": "steward", "until": str(TOMORROW)}).status_code == 302
    assert RoleHeld.objects.get(person=anna, role="steward").until == end_of(TOMORROW)
    assert page.post(path, {"role": "steward", "until": str(TOMORROW)}).status_code == 422  # has it already
    assert page.post(path, {"role": "steward"}).status_code == 302  # and now for good
    assert RoleHeld.objects.get(person=anna, role="steward").until is None


def test_the_secretariats_administrator_gives_the_networks_roles_and_auditors_theirs():
    boss, sara = administrator("rom-nederland"), somebody("sara", "rom-nederland", "reader")
    actor = of(boss, "rom-nederland")
    give(actor=actor, person=sara.pk, at=party("rom-nederland"), role="identity-steward")
    at = office()
    aart = somebody("aart", at.slug, "auditor")
    with pytest.raises(PeopleRefused, match="voor een tijd"):
        give(actor=actor, person=aart.pk, at=at, role="auditor", until=None)
    given = give(actor=actor, person=aart.pk, at=at, role="auditor", until=end_of(TOMORROW))
    page = client_of(boss).get("/mensen/").content.decode()
    assert "Aart" in page
    assert "Sara" in page
    take(actor=actor, held=given)
    assert roles(aart, at.slug) == set()


def test_the_page_lists_people_with_their_roles_since_when_and_by_whom():
    boss, anna = administrator(), somebody("anna", "bom", "reader")
    somebody("jan", "nom", "reader")
    give(actor=of(boss), person=anna.pk, at=party("bom"), role="adviser-foreign")
    page = client_of(boss).get("/mensen/").content.decode()
    for said in ("Anna", "anna@example.org", "adviseur buitenlandse investeerders", "door Beheer-bom"):
        assert said in page
    assert "Jan" not in page
    one = client_of(boss, language="en").get(f"/mensen/bom/{anna.pk}/").content.decode()
    assert "given by Beheer-bom" in one
    assert "given by the installation" in one


def test_who_has_several_roles_chooses_in_which_to_act():
    anna = somebody("anna", "bom", "reader")
    page = client_of(anna)
    assert "/mijn-rollen/" not in page.get("/cijfers/").content.decode()
    somebody("anna", "nom", "steward")
    other = RoleHeld.objects.get(person=anna, role="steward")
    assert "/mijn-rollen/" in page.get("/cijfers/").content.decode()
    assert "NOM" in page.get("/mijn-rollen/").content.decode()
    answer = page.post("/namens/", {"role": other.pk, "next": "/mijn-rollen/"}, follow=True)
    assert '<span class="acting__party">NOM</span>' in answer.content.decode()
