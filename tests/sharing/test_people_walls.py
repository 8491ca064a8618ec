"""Who may give and take roles, as the database holds it: statements tried with the rights of the web process."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from schakel.network.models import Person, RoleHeld
from schakel.network.queries import party
from schakel.sharing.roles import WORKER, database_role
from tests.inbox.people import somebody
from tests.making import acts, as_owner, give_role
from tests.sharing.mandates import office

pytestmark = pytest.mark.django_db
LATER = timezone.now() + dt.timedelta(days=30)


@pytest.fixture
def anna() -> Person:
    """Somebody who works for another party than those that try."""
    return somebody("anna", "nom", "reader")


def give(person: Person, slug: str, role: str, until: dt.datetime | None = None) -> RoleHeld:
    with transaction.atomic():
        return RoleHeld.objects.create(person=person, party=party(slug), role=role, until=until)


def take_all() -> int:
    return RoleHeld.objects.all().delete()[0]


@pytest.mark.parametrize(("slug", "role"), [("bom", "steward"), ("ministerie-ez", "reader"), ("bom", "adviser-trade")])
def test_a_party_gives_and_takes_its_own_roles(anna, slug, role):
    with acts(slug):
        give(anna, slug, role)
        assert take_all() == 1
        assert RoleHeld.objects.filter(person=anna).count() == 1  # that at the other party stands


@pytest.mark.parametrize("acting", ["bom", "rom-nederland", "ministerie-ez"])
@pytest.mark.parametrize("role", ["reader", "steward", "party-administrator"])
def test_nobody_gives_or_takes_a_role_at_another_party(anna, acting, role):
    with acts(acting):
        with pytest.raises(ProgrammingError, match="row-level security"):
            give(anna, "oost-nl", role)
        assert take_all() == 0


def test_without_an_acting_party_no_role_is_given_or_taken(anna):
    with pytest.raises(ProgrammingError, match="row-level security"):
        give(anna, "bom", "reader")
    assert take_all() == 0


@pytest.mark.parametrize("role", ["secretary", "identity-steward", "system-administrator"])
def test_roles_of_the_network_are_the_secretariats_to_give(anna, role):
    with acts("rom-nederland"):
        give(anna, "rom-nederland", role)
    for acting in ("bom", "ministerie-ez"):
        with acts(acting), pytest.raises(ProgrammingError, match="row-level security"):
            give(anna, "rom-nederland", role)
        with acts(acting), pytest.raises(IntegrityError, match="cannot be held"):
            give(anna, acting, role)


def test_an_auditors_role_is_the_secretariats_to_give_for_a_time(anna):
    at = office("kantoor")
    with acts("rom-nederland"):
        with pytest.raises(ProgrammingError, match="row-level security"):
            give(anna, at.slug, "auditor")
        give(anna, at.slug, "auditor", LATER)
    for slug in (at.slug, "bom"):
        with acts(slug):
            with pytest.raises(ProgrammingError, match="row-level security"):
                give(anna, at.slug, "auditor", LATER + dt.timedelta(days=1))
            assert take_all() == 0
    with acts("rom-nederland"):
        assert take_all() == 1


def test_a_role_held_is_never_altered_only_taken_and_given_anew(anna):
    with acts("nom"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        RoleHeld.objects.update(role="steward")


def test_the_worker_gives_and_takes_nothing(anna):
    with database_role(WORKER), acts("nom"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            give(anna, "nom", "steward")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            take_all()


def test_a_role_that_ended_is_read_by_no_process_of_people():
    give_role(email="a@example.org", name="A", party=party("bom"), role="reader", password="x", until=LATER)
    assert RoleHeld.objects.count() == 1
    with as_owner():
        RoleHeld.objects.update(until=timezone.now())
        assert RoleHeld.objects.count() == 1
    assert RoleHeld.objects.count() == 0
    with database_role(WORKER):
        assert RoleHeld.objects.count() == 0
