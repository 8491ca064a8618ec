"""Somebody leaves: one act closes them off, and what lay with them lies with a colleague or the role."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from schakel.inbox.actions import put, set_deputy
from schakel.inbox.models import Deputy, Item
from schakel.inbox.queries import waiting
from schakel.network.models import Person
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.models import Invitation, Token
from schakel.sharing.people import open_work
from schakel.sharing.people.giving import PeopleRefused, give
from schakel.sharing.people.inviting import invite
from schakel.sharing.people.leaving import Left, leave, open_work_of
from schakel.sharing.tokens import make_token
from schakel.trail.models import Entry
from schakel.words import Words
from tests.inbox.people import somebody
from tests.sharing.people.characters import administrator, client_of, of, roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> Person:
    return administrator()


@pytest.fixture
def anna() -> Person:
    """Who leaves."""
    return somebody("anna", "bom", "steward")


def goes(boss: Person, person: Person, to: Person | None = None, **said: bool) -> Left:
    return leave(actor=of(boss), person=person, at=party("bom"), to=to and to.pk, **said)


def waits_for(person: Person, key: str = "call") -> Item:
    with acting(of(person)):
        return put(
            actor=of(person),
            party=party("bom").pk,
            key=key,
            title=Words("Bel de penvoerder", "Call the lead"),
            url="/aanleveringen/",
            person=person.pk,
            by_hand=True,
        )


def test_from_that_moment_they_open_nothing_and_are_signed_out(boss, anna):
    page, other = client_of(anna), client_of(boss)
    assert page.get("/inbox/").status_code == 200
    before = Session.objects.count()
    left = goes(boss, anna)
    assert (left.roles, left.sessions) == (("steward",), 1)
    assert Session.objects.count() == before - 1
    assert page.get("/inbox/").headers["Location"].startswith("/aanmelden/")
    assert other.get("/inbox/").status_code == 200
    assert roles(anna, "bom") == set()


def test_who_works_elsewhere_too_goes_on_there(boss, anna):
    somebody("anna", "nom", "reader")
    page = client_of(anna)
    assert goes(boss, anna).sessions == 0
    said = page.get("/inbox/").content.decode()
    assert '<span class="acting__party">NOM</span>' in said
    assert roles(anna, "nom") == {"reader"}


def test_what_waits_for_them_waits_for_the_colleague(boss, anna):
    bert, item = somebody("bert", "bom", "steward"), waits_for(anna)
    with acting(of(boss)):
        assert [(lies.name.en, lies.count) for lies in open_work_of(anna.pk, party("bom"))] == [
            ("work in the inbox", 1)
        ]
    left = goes(boss, anna, bert)
    assert [(lies.name.en, lies.count) for lies in left.handed] == [("work in the inbox", 1)]
    with acting(of(bert)):
        (found,) = waiting(bert.pk, party("bom").pk)
        assert (found.pk, found.person_id, found.unread) == (item.pk, bert.pk, True)
        assert open_work_of(anna.pk, party("bom")) == []


def test_back_to_the_role_it_waits_for_who_has_that(boss, anna):
    bert, lezer = somebody("bert", "bom", "steward"), somebody("lezer", "bom", "reader")
    waits_for(anna)
    goes(boss, anna)
    with acting(of(bert)):
        assert [item.role for item in waiting(bert.pk, party("bom").pk)] == ["steward"]
        assert not waiting(lezer.pk, party("bom").pk).exists()


def test_where_nobody_has_that_role_it_waits_for_all_who_are_left(boss, anna):
    waits_for(anna)
    goes(boss, anna)
    with acting(of(boss)):
        assert waiting(boss.pk, party("bom").pk).count() == 1


def test_standing_in_ends_on_both_sides(boss, anna):
    bert, carl, today = somebody("bert", "bom"), somebody("carl", "bom"), timezone.localdate()
    later = today + dt.timedelta(days=30)
    set_deputy(actor=of(anna), deputy=bert.pk, since=today + dt.timedelta(days=20), until=later)
    set_deputy(actor=of(carl), deputy=anna.pk, since=today, until=today + dt.timedelta(days=9))
    left = goes(boss, anna, bert)
    assert [(lies.name.en, lies.count) for lies in left.handed if "standing" in lies.name.en] == [
        ("standing in, which ends", 2)
    ]
    with acting(of(boss)):
        assert not Deputy.objects.filter(until__gte=today).exists()


def test_keys_that_they_made_are_withdrawn_unless_they_are_kept(boss, anna):
    bert = somebody("bert", "bom", "steward")
    mine, _text = make_token(actor=of(anna), name="CRM", scopes=["read"])
    theirs, _text = make_token(actor=of(bert), name="ERP", scopes=["read"])
    assert goes(boss, anna).keys == 1
    assert goes(boss, bert, withdraw_keys=False).keys == 0
    with acting(of(boss)):
        standing = dict(Token.objects.values_list("pk", "withdrawn_by_id"))
    assert standing == {mine.pk: boss.pk, theirs.pk: None}


def test_invitations_that_they_made_open_nothing(boss):
    other = administrator(name="ander")
    invite(actor=of(other), at=party("bom"), email="vriend@example.org", name="Vriend", roles=["steward"])
    assert goes(boss, other).invitations == 1
    with acting(of(boss)):
        assert Invitation.objects.get().withdrawn_by == boss


def test_the_only_administrator_does_not_leave_and_nothing_moved(boss, anna):
    bert = somebody("bert", "bom")
    waits_for(boss)
    with pytest.raises(PeopleRefused, match="enige beheerder"):
        goes(boss, boss, bert)
    with acting(of(boss)):
        assert Item.objects.get().person_id == boss.pk
    give(actor=of(boss), person=anna.pk, at=party("bom"), role="party-administrator")
    page = client_of(boss)
    assert page.post(f"/mensen/{boss.pk}/vertrek/", {"to": bert.pk}).headers["Location"] == "/"
    assert roles(boss, "bom") == set()


def test_nobody_but_the_administrator_closes_somebody_off(boss, anna):
    jan, lezer = somebody("jan", "nom", "reader"), somebody("lezer", "bom", "reader")
    with pytest.raises(PeopleRefused):
        goes(lezer, anna)
    with pytest.raises(PeopleRefused, match="collega"):
        goes(boss, anna, jan)
    with pytest.raises(PeopleRefused, match="collega"):
        goes(boss, anna, anna)
    assert client_of(lezer).get(f"/mensen/{anna.pk}/vertrek/").status_code == 403
    assert client_of(boss).get(f"/mensen/{jan.pk}/vertrek/").status_code == 404
    assert roles(anna, "bom") == {"steward"}


def test_the_page_says_what_lies_there_and_then_what_was_handed_over(boss, anna):
    bert = somebody("bert", "bom", "steward")
    waits_for(anna)
    make_token(actor=of(anna), name="CRM-koppeling", scopes=["read"])
    page, path = client_of(boss), f"/mensen/{anna.pk}/vertrek/"
    assert path in page.get(f"/mensen/bom/{anna.pk}/").content.decode()
    before = page.get(path).content.decode()
    for said in ("werk in de inbox: 1", "CRM-koppeling", "terug naar de rol", "Bert"):
        assert said in before
    assert page.post(path, {"to": "0"}).status_code == 422
    after = page.post(path, {"to": str(bert.pk), "withdraw_keys": "on"}, follow=True).content.decode()
    for said in (
        "Anna werkt niet meer namens uw organisatie.",
        "Overgedragen aan Bert: werk in de inbox (1).",
        "1 sleutel ingetrokken.",
    ):
        assert said in after
    assert page.get(path).status_code == 404


def test_it_is_in_the_trail_with_counts_and_no_names(boss, anna):
    waits_for(anna)
    goes(boss, anna)
    with acting(of(boss)):
        line = Entry.objects.get(verb="closed off")
    assert (line.person_id, line.objects_ids) == (boss.pk, [anna.pk])
    assert line.detail["handed"] == {"work in the inbox": 1}


def test_a_kind_of_open_work_is_declared_once():
    first = open_work.kinds()[0]
    open_work.register(first)
    with pytest.raises(ValueError, match=first.name.en):
        open_work.register(open_work.OpenWork(first.name, first.count, lambda **_said: 0))
