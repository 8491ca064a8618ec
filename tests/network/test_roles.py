"""Which role can be held where, and for how long: one table in code, and the same in the database."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from schakel.network.actions import add_party
from schakel.network.models import Party, PartyKind, Role, RoleHeld
from schakel.network.queries import colleagues, end_of, party, roles_of
from schakel.network.roles import OF_THE_NETWORK, ROLES_AT, can_be_held
from schakel.trail.actors import Actor
from tests.inbox.people import somebody
from tests.intake.people import signed_in
from tests.making import as_owner, give_role

pytestmark = pytest.mark.django_db
READING = ("adviser-innovation", "adviser-trade", "adviser-foreign", "investment-manager", "programme-manager")


def test_the_database_has_the_table_of_the_code():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, role FROM unnest(%s::text[]) kind, unnest(%s::text[]) role WHERE network_role_at(kind, role)",
            [[str(kind) for kind in PartyKind], [str(role) for role in Role]],
        )
        held = set(cursor.fetchall())
    assert held == {(str(kind), str(role)) for kind, roles in ROLES_AT.items() for role in roles}
    assert set(ROLES_AT) == set(PartyKind)


def test_roles_of_the_network_are_held_at_the_secretariat_or_an_auditors_office_alone():
    at = {kind for kind, roles in ROLES_AT.items() if roles & OF_THE_NETWORK}
    assert at == {PartyKind.SECRETARIAT, PartyKind.AUDITOR}
    assert set().union(*ROLES_AT.values()) == set(Role)


@pytest.mark.parametrize(
    ("slug", "role"), [("bom", "secretary"), ("ministerie-ez", "steward"), ("rom-nederland", "investment-manager")]
)
def test_even_the_owner_of_the_database_gives_no_role_that_does_not_fit(slug, role):
    person = somebody("anna", "bom")
    assert not can_be_held(role, party(slug).kind)
    with as_owner(), pytest.raises(IntegrityError, match="cannot be held"), transaction.atomic():
        RoleHeld.objects.create(person=person, party=party(slug), role=role)


def test_a_party_does_not_become_what_its_people_cannot_work_for():
    somebody("anna", "bom", "steward")
    with as_owner(), pytest.raises(IntegrityError, match="bom"), transaction.atomic():
        Party.objects.filter(slug="bom").update(kind="province")


@pytest.mark.parametrize("role", [*READING, "party-administrator"])
def test_who_advises_invests_or_leads_a_programme_reads_as_a_reader_does(role):
    reader, other = signed_in("bom", "reader"), signed_in("bom", role)
    for path in ("/", "/inbox/", "/aanleveringen/", "/zoeken/?q=zon", "/cijfers/", "/sleutels/", "/inzage/"):
        assert other.get(path).status_code == reader.get(path).status_code, path
    for path in ("/aanleveringen/nieuw/", "/inzage/", "/afspraken/identiteit/"):
        assert other.post(path, {}).status_code == reader.post(path, {}).status_code == 403, path


def held_until(moment: dt.datetime, *, role: str = "reader", slug: str = "bom") -> RoleHeld:
    return give_role(email="a@example.org", name="A", party=party(slug), role=role, password="x", until=moment)


def test_a_role_opens_nothing_from_the_hour_that_it_ends(client: Client):
    held = held_until(timezone.now() + dt.timedelta(hours=1))
    client.force_login(held.person)
    assert client.get("/inbox/").status_code == 200
    assert (roles_of(held.person_id).count(), colleagues(held.party_id).count()) == (1, 1)
    with as_owner():
        RoleHeld.objects.update(until=timezone.now())
    assert client.get("/inbox/").status_code == 403
    assert (roles_of(held.person_id).count(), colleagues(held.party_id).count()) == (0, 0)


def test_a_role_that_ended_is_given_again_and_one_that_stands_gets_another_end():
    first = held_until(timezone.now() + dt.timedelta(hours=1))
    with as_owner():
        RoleHeld.objects.update(until=timezone.now() - dt.timedelta(days=1))
    again = held_until(end_of(timezone.localdate()))
    assert again.pk != first.pk
    longer = held_until(end_of(timezone.localdate() + dt.timedelta(days=9)))
    assert (longer.pk, RoleHeld.objects.count()) == (again.pk, 1)
    assert longer.until == end_of(timezone.localdate() + dt.timedelta(days=9))


def test_a_last_day_is_over_at_midnight_in_dutch_time():
    assert end_of(dt.date(2026, 6, 30)) == dt.datetime(2026, 6, 30, 22, tzinfo=dt.UTC)
    assert end_of(dt.date(2026, 12, 31)) == dt.datetime(2026, 12, 31, 23, tzinfo=dt.UTC)


def test_the_command_refuses_a_role_that_does_not_fit_and_an_auditor_without_an_end():
    with as_owner():
        with pytest.raises(CommandError, match="party-administrator, programme-manager, reader"):
            call_command("give_role", "a@example.org", "A", "ministerie-ez", "steward", "--password", "x")
        add_party(actor=Actor(party=None, process="test"), slug="kantoor", kind="auditor", name="Kantoor")
        with pytest.raises(CommandError, match="--until"):
            call_command("give_role", "a@example.org", "A", "kantoor", "auditor", "--password", "x")
        words = ("a@example.org", "A", "kantoor", "auditor", "--password", "x", "--until", "2099-12-31")
        call_command("give_role", *words, stdout=StringIO())
        assert RoleHeld.objects.get().until == end_of(dt.date(2099, 12, 31))
