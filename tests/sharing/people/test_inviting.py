"""Somebody is let in by mail: once, for a time, and only by who administers the party."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from schakel.network.models import Person, RoleHeld
from schakel.network.queries import end_of, party
from schakel.sharing.acting import acting
from schakel.sharing.models import Invitation
from schakel.sharing.people.giving import PeopleRefused
from schakel.sharing.people.inviting import (
    NothingThereError,
    accept,
    invite,
    offered,
    send_again,
    with_link,
    withdraw_invitation,
)
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.models import Entry
from tests.inbox.people import somebody
from tests.making import acts, as_owner
from tests.sharing.mandates import office
from tests.sharing.people.characters import administrator, client_of, of, roles

pytestmark = pytest.mark.django_db
GOOD = "een zin van mij alleen"


def invited(slug: str = "bom", email: str = "nieuw@example.org", **said: object) -> Invitation:
    """An invitation of the administrator of a party."""
    usual = {"at": party(slug), "email": email, "name": "Nieuw", "roles": ["reader"]}
    return invite(actor=of(administrator(slug), slug), **usual | said)


def link_of(invitation: Invitation) -> str:
    """What the mail of an invitation leads to, as the worker makes it."""
    with database_role(WORKER), acting(of(administrator_of(invitation), invitation.owner.slug)):
        path = with_link(invitation)
        invitation.sent_at = timezone.now()
        invitation.save(update_fields=["digest", "sent_at"])
    return path


def administrator_of(invitation: Invitation) -> Person:
    assert invitation.invited_by is not None
    return invitation.invited_by


def text_of(path: str) -> str:
    return path.removeprefix("/uitnodiging/").rstrip("/")


def expire(invitation: Invitation) -> None:
    """As time would."""
    with as_owner():
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())


def test_who_is_invited_chooses_a_password_and_is_a_person_with_those_roles(client: Client):
    path = link_of(invited(roles=["reader", "adviser-trade"]))
    assert "BOM" in client.get(path).content.decode()
    answer = client.post(path, {"name": "Noor Nieuw", "password": GOOD, "repeated": GOOD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/aanmelden/")
    noor = Person.objects.get(email="nieuw@example.org")
    assert (noor.name, noor.check_password(GOOD), roles(noor, "bom")) == (
        "Noor Nieuw",
        True,
        {"reader", "adviser-trade"},
    )
    held = RoleHeld.objects.filter(person=noor).first()
    assert (held.given_by.name, held.until) == ("Beheer-bom", None)
    client.post("/aanmelden/", {"username": "nieuw@example.org", "password": GOOD})
    assert client.get("/inbox/").status_code == 200


@pytest.mark.parametrize(
    ("password", "repeated"),
    [("kort", "kort"), (GOOD, "iets anders dat lang is"), ("", ""), ("nieuw@example.org", "nieuw@example.org")],
)
def test_a_password_that_is_not_good_makes_nobody(client, password, repeated):
    path = link_of(invited())
    assert client.post(path, {"name": "N", "password": password, "repeated": repeated}).status_code == 422
    assert not Person.objects.filter(email="nieuw@example.org").exists()
    assert client.get(path).status_code == 200  # and the link still holds


def test_the_link_is_kept_nowhere():
    invitation = invited()
    assert invitation.digest is None
    path = link_of(invitation)
    with connection.cursor() as cursor, as_owner():
        cursor.execute("SELECT i::text FROM sharing_invitation i")
        assert text_of(path) not in str(cursor.fetchall())
        cursor.execute("SELECT j.args::text FROM procrastinate_jobs j")
        assert text_of(path) not in str(cursor.fetchall())
        cursor.execute("SELECT e::text FROM trail_entry e")
        assert text_of(path) not in str(cursor.fetchall())


def test_used_expired_withdrawn_and_unknown_links_are_answered_alike(client: Client):
    boss = administrator()
    used, expired, withdrawn = (invited(email=f"{name}@example.org") for name in ("used", "expired", "withdrawn"))
    paths = [link_of(one) for one in (used, expired, withdrawn)]
    accept(text=text_of(paths[0]), name="U", password=GOOD)
    expire(expired)
    withdraw_invitation(actor=of(boss), invitation_id=withdrawn.pk)
    answers = [client.get(path) for path in (*paths, "/uitnodiging/unknown/", "/uitnodiging/x%00y/")]
    said = {re.sub(r"/uitnodiging/[^/\"]+/|csrf\w+\" value=\"\w+", "", one.content.decode()) for one in answers}
    assert {one.status_code for one in answers} == {404}
    assert len(said) == 1
    posted = [client.post(path, {"name": "X", "password": GOOD, "repeated": GOOD}).status_code for path in paths]
    assert posted == [404, 404, 404]
    for path in paths:
        with pytest.raises(NothingThereError):
            offered(text_of(path))


def test_a_known_person_signs_in_and_accepts(client: Client):
    jan = somebody("jan", "nom", "reader")
    path = link_of(invited(email="JAN@example.org", roles=["steward"]))
    stranger = client.get(path).content.decode()
    assert "/aanmelden/?next=/uitnodiging/" in stranger
    assert 'type="password"' not in stranger
    client.post(path, {"name": "Dief", "password": GOOD, "repeated": GOOD})
    with pytest.raises(NothingThereError):
        accept(text=text_of(path), name="Dief", password=GOOD)
    assert roles(jan, "bom") == set()
    other = client_of(somebody("piet", "nom", "reader"))
    assert "iemand anders" in other.get(path).content.decode()
    other.post(path)
    assert roles(jan, "bom") == set()
    signed_in = client_of(jan)
    assert signed_in.post(path).headers["Location"] == "/mijn-rollen/"
    assert (roles(jan, "bom"), roles(jan, "nom")) == ({"steward"}, {"reader"})
    assert signed_in.post(path).status_code == 404


def test_somebody_who_has_signed_in_makes_no_other_person_by_a_link():
    path = link_of(invited())
    page = client_of(somebody("piet", "nom", "reader"))
    assert page.post(path, {"name": "X", "password": GOOD, "repeated": GOOD}).status_code == 200
    with pytest.raises(NothingThereError):
        accept(text=text_of(path), person=Person.objects.get(email="piet@example.org").pk)
    assert not Person.objects.filter(email="nieuw@example.org").exists()


def test_sent_again_the_earlier_link_opens_nothing_and_another_does():
    boss, invitation = administrator(), invited()
    first = text_of(link_of(invitation))
    expire(invitation)
    again = send_again(actor=of(boss), invitation_id=invitation.pk)
    assert again.expires_at > timezone.now() + dt.timedelta(days=settings.INVITATION_DAYS - 1)
    with pytest.raises(NothingThereError):
        offered(first)
    assert offered(text_of(link_of(again))).invitation == invitation.pk
    assert ProcrastinateJob.objects.filter(task_name="inbox.send_invitations").count() == 2


def test_a_role_that_would_have_ended_by_then_lets_nobody_in():
    invitation = invited(until=end_of(timezone.localdate() + dt.timedelta(days=1)))
    text = text_of(link_of(invitation))
    assert offered(text).roles == ("reader",)
    with as_owner():
        Invitation.objects.update(until=timezone.now())
    with pytest.raises(NothingThereError):
        offered(text)


@pytest.mark.parametrize("role", ["reader", "steward"])
def test_nobody_but_the_administrator_invites(role):
    other = somebody("ander", "bom", role)
    with pytest.raises(PeopleRefused):
        invite(actor=of(other), at=party("bom"), email="x@example.org", name="X", roles=["reader"])
    invitation = invited()
    page = client_of(other)
    assert page.get("/mensen/bom/uitnodigen/").status_code == 403
    for act in ("intrekken", "opnieuw"):
        assert page.post(f"/uitnodigingen/{invitation.pk}/{act}/").status_code == 403


def test_an_invitation_of_another_party_is_not_there():
    invitation = invited("nom")
    page = client_of(administrator("bom"))
    for act in ("intrekken", "opnieuw"):
        assert page.post(f"/uitnodigingen/{invitation.pk}/{act}/").status_code == 404
    assert page.get("/mensen/nom/uitnodigen/").status_code == 404
    assert "nieuw@example.org" not in page.get("/mensen/").content.decode()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"roles": []}, "Kies een rol"),
        ({"roles": ["secretary"]}, "Kies een rol"),
        ({"roles": ["reader"], "until": timezone.now()}, "voorbij"),
        ({"email": "beheer-bom@example.org"}, "heeft al een rol"),
    ],
)
def test_what_cannot_be_given_cannot_be_promised(said, why):
    with pytest.raises(PeopleRefused, match=why):
        invited(**said)


def test_an_address_is_invited_once_at_a_time():
    invitation = invited()
    with pytest.raises(PeopleRefused, match="al uitgenodigd"):
        invited(email="NIEUW@example.org")
    withdraw_invitation(actor=of(administrator()), invitation_id=invitation.pk)
    invited()


def test_whether_an_address_is_known_elsewhere_is_not_told():
    somebody("jan", "nom", "reader")
    page = client_of(administrator())
    asked = {"name": "J", "roles": ["reader"], "language": "nl"}
    answers = [
        page.post("/mensen/bom/uitnodigen/", asked | {"email": email}, follow=True).content.decode()
        for email in ("jan@example.org", "niemand@example.org")
    ]
    assert all("is uitgenodigd" in answer for answer in answers)


def test_the_secretariat_invites_an_auditor_for_a_time():
    at = office()
    with pytest.raises(PeopleRefused, match="laatste dag"):
        invited("rom-nederland", at=at, roles=["auditor"])
    later = end_of(timezone.localdate() + dt.timedelta(days=60))
    path = link_of(invited("rom-nederland", at=at, roles=["auditor"], until=later))
    aart = Person.objects.get(pk=accept(text=text_of(path), name="Aart", password=GOOD))
    assert RoleHeld.objects.get(person=aart).until == later


def test_the_page_lists_open_invitations_and_acts_on_them():
    page = client_of(administrator())
    asked = {"name": "Noor", "email": "noor@example.org", "roles": ["reader"], "language": "en"}
    assert page.post("/mensen/bom/uitnodigen/", asked | {"roles": []}).status_code == 422
    assert page.post("/mensen/bom/uitnodigen/", asked).status_code == 302
    invitation = invitation_of("bom")
    said = page.get("/mensen/").content.decode()
    for word in ("noor@example.org", "wacht op verzending", "Stuur opnieuw", "geen mailserver"):
        assert word in said
    assert page.post(f"/uitnodigingen/{invitation.pk}/opnieuw/").status_code == 302
    assert page.post(f"/uitnodigingen/{invitation.pk}/intrekken/").status_code == 302
    assert "noor@example.org" not in page.get("/mensen/").content.decode()
    refused = page.post(f"/uitnodigingen/{invitation.pk}/opnieuw/", follow=True).content.decode()
    assert "al aangenomen of ingetrokken" in refused


def invitation_of(slug: str) -> Invitation:
    with acts(slug):
        return Invitation.objects.get()


def test_each_act_is_in_the_trail_of_the_party():
    boss, invitation = administrator(), invited()
    send_again(actor=of(boss), invitation_id=invitation.pk)
    person = accept(text=text_of(link_of(invitation)), name="N", password=GOOD)
    with acting(of(boss)):
        told = Entry.objects.filter(kind="invitation").order_by("pk").values_list("verb", "person_id")
        assert list(told) == [("invited", boss.pk), ("sent again", boss.pk), ("accepted", person)]


@pytest.mark.parametrize(
    "change",
    [
        {"roles": ["secretary"]},
        {"party": "nom"},
        {"owner": "nom"},
        {"accepted_at": timezone.now()},
    ],
)
def test_the_database_takes_no_invitation_that_the_party_cannot_give(change):
    boss = administrator()
    usual = {"owner": party("bom"), "party": party("bom"), "email": "x@example.org", "name": "X", "roles": ["reader"]}
    named = {name: party(value) if name in ("party", "owner") else value for name, value in change.items()}
    with acting(of(boss)), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Invitation.objects.create(**usual | named, expires_at=timezone.now() + dt.timedelta(days=1))


@pytest.mark.parametrize("change", ["roles = '{steward}'", "email = 'x@example.org'", "accepted_at = now()"])
def test_what_an_invitation_says_is_never_altered(change):
    invited()
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with acts("bom"), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(f"UPDATE sharing_invitation SET {change}")


def test_one_that_ended_is_never_altered():
    boss, invitation = administrator(), invited()
    withdraw_invitation(actor=of(boss), invitation_id=invitation.pk)
    with acting(of(boss)):
        assert Invitation.objects.update(withdrawn_at=None) == 0


def test_nobody_but_web_accepts():
    refused = pytest.raises(ProgrammingError, match="denied")
    with database_role(WORKER), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute("SELECT sharing_accept_invitation('x', 'x', 'x', 'nl', NULL)")
