"""Law 1: an agency's records are its own, and it is the database that says so."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from schakel.databases import connection_settings
from schakel.register.models import Organisation
from schakel.sharing.roles import COUNTER, LINKER, PROCESS_ROLES, WORKER, database_role
from tests.making import acts, organisation

pytestmark = pytest.mark.django_db


def owned_models() -> list[type]:
    """Every model whose rows belong to a party."""
    names = ("owner", "owner_id")
    return [m for m in apps.get_models() if any(f.name in names for f in m._meta.get_fields())]


@pytest.mark.parametrize("model", owned_models(), ids=lambda m: m._meta.label)
def test_every_table_with_an_owner_has_its_policy_enabled_and_forced(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [model._meta.db_table]
        )
        assert cursor.fetchone() == (True, True)
        cursor.execute(
            "SELECT count(*) FROM pg_policies WHERE tablename = %s AND policyname = 'own'", [model._meta.db_table]
        )
        assert cursor.fetchone() == (1,)


def test_an_adviser_at_nom_does_not_see_what_bom_knows():
    with acts("bom") as bom:
        organisation(bom)
        assert Organisation.objects.count() == 1
    with acts("nom"):
        assert Organisation.objects.count() == 0


@pytest.mark.parametrize("slug", ["rom-nederland", "ministerie-ez", "provincie-utrecht"])
def test_neither_secretariat_nor_ministry_nor_province_sees_an_agencys_records(slug):
    with acts("bom") as bom:
        organisation(bom)
    with acts(slug):
        assert Organisation.objects.count() == 0


def test_without_an_acting_party_there_are_no_rows():
    with acts("bom") as bom:
        organisation(bom)
    assert Organisation.objects.count() == 0


def test_nobody_writes_in_anothers_name():
    with acts("bom") as bom:
        known = organisation(bom)
    with acts("nom"), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Organisation.objects.create(
            owner=bom, period=2023, number="R2", name="X", kind="company", delivery=known.delivery, source=known.source
        )


def test_an_update_of_anothers_record_touches_nothing():
    with acts("bom") as bom:
        known = organisation(bom)
    with acts("nom"):
        assert Organisation.objects.filter(pk=known.pk).update(name="Other") == 0


@pytest.mark.parametrize("role", [COUNTER, LINKER])
def test_counter_and_linker_read_all_records_and_write_none(role):
    with acts("bom") as bom:
        organisation(bom)
    with database_role(role):
        assert Organisation.objects.count() == 1
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Organisation.objects.update(name="Other")


def test_the_worker_stands_behind_the_same_walls():
    with acts("bom") as bom:
        organisation(bom)
    with database_role(WORKER), acts("nom"):
        assert Organisation.objects.count() == 0


def process_connection(role: str, name: str) -> psycopg.Connection:
    entry = connection_settings(role, environ=os.environ, var=Path(os.environ["SCHAKEL_VAR"]))
    return psycopg.connect(
        host=entry["HOST"], port=entry["PORT"], dbname=name, user=entry["USER"], password=entry["PASSWORD"]
    )


def test_the_web_account_cannot_become_anybody_else(database_name):
    with process_connection("web", database_name) as web:
        for role in (*(r for r in PROCESS_ROLES if r != "schakel_web"), "schakel_owner", "postgres"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(f"SET ROLE {role}")
            web.rollback()


def test_the_web_account_cannot_sign_in_as_another_without_its_password(database_name):
    entry = connection_settings("web", environ=os.environ, var=Path(os.environ["SCHAKEL_VAR"]))
    for user in ("schakel_owner", "postgres", "schakel_counter"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(
                host=entry["HOST"], port=entry["PORT"], dbname=database_name, user=user, password=entry["PASSWORD"]
            )


@pytest.mark.parametrize("role", ["web", "worker"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE network_party SET kind = 'secretariat' WHERE slug = 'bom'",
        'INSERT INTO network_party (slug, kind, name, also_written, provinces, "order") '
        "VALUES ('nieuw', 'agency', 'Nieuw', '{}', '{}', 1)",
        "UPDATE network_membership SET until = NULL",
        "DELETE FROM network_membership",
        "INSERT INTO network_roleheld (person_id, party_id, role) VALUES (1, 1, 'steward')",
        "UPDATE network_roleheld SET role = 'secretary'",
        "INSERT INTO network_person (email, name, password, is_active, language) "
        "VALUES ('x@example.org', 'X', '!', true, 'nl')",
        "UPDATE network_person SET email = 'x@example.org'",
        "UPDATE network_person SET is_active = true",
        "DELETE FROM network_person",
        "UPDATE django_content_type SET model = 'party'",
    ],
)
def test_no_process_alters_what_the_walls_stand_on(database_name, role, statement):
    with process_connection(role, database_name) as process:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            process.execute(statement)
        process.rollback()


def test_signing_in_writes_when_it_was_and_a_better_hash(database_name):
    with process_connection("web", database_name) as web:
        web.execute("UPDATE network_person SET last_login = now(), password = password")
        web.rollback()


def test_the_web_account_cannot_take_the_wall_down(database_name):
    with process_connection("web", database_name) as web:
        for statement in (
            "ALTER TABLE register_organisation DISABLE ROW LEVEL SECURITY",
            "DROP POLICY own ON register_organisation",
            "CREATE POLICY mine ON register_organisation USING (true)",
            "ALTER ROLE schakel_web BYPASSRLS",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(statement)
            web.rollback()
        web.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("SELECT * FROM register_organisation")
