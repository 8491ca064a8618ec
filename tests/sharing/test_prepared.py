"""Statements whose plan is kept: planned once, read as the models read, and never past the walls."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from schakel import prepared
from schakel.figures.models import FigureComment
from schakel.register.models import Organisation
from tests.making import acts, as_owner, organisation

pytestmark = pytest.mark.django_db

NAMES = "SELECT name FROM register_organisation WHERE name LIKE %s ORDER BY name"


def names() -> list[str]:
    """The organisations that whoever acts sees, by a kept plan."""
    return [name for (name,) in prepared.rows(NAMES, ["%B.V."])]


def test_a_statement_is_planned_once_whatever_is_said_with_it():
    asked = "SELECT 'kept' || %s::text"
    assert [prepared.rows(asked, [word]) for word in ("a", "b", "c")] == [[("kepta",)], [("keptb",)], [("keptc",)]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%''kept''%'")
        assert cursor.fetchone() == (1,)


def test_a_kept_plan_shows_each_party_its_own_records_alone():
    for slug, name in (("bom", "Brabant B.V."), ("nom", "Noord B.V.")):
        with acts(slug) as owner:
            organisation(owner, name=name)
    for _often_enough_for_a_plan_of_all_values in range(8):
        with acts("bom"):
            assert names() == ["Brabant B.V."]
        with acts("nom"):
            assert names() == ["Noord B.V."]
        assert names() == []


def test_a_kept_plan_is_not_used_with_the_rights_of_another_role():
    with acts("bom") as bom:
        organisation(bom, name="Brabant B.V.")
    for _again in range(8):
        assert names() == []
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'schakel_counter', false)")
        assert names() == ["Brabant B.V."]
    assert names() == []


def test_records_are_as_the_model_reads_them():
    with acts("bom") as bom:
        organisation(bom, name="Zonneveld B.V.")
        (found,) = prepared.records(Organisation, "o", "SELECT {columns} FROM register_organisation o")
        known = Organisation.objects.get()
        assert found == known
        assert {name: getattr(found, name) for name in vars(known) if name != "_state"} == {
            name: value for name, value in vars(known).items() if name != "_state"
        }


def test_a_value_that_is_kept_as_json_is_read_as_what_it_stands_for():
    cut = FigureComment._meta.get_field("cut")
    places = [field.name for field in FigureComment._meta.concrete_fields]
    values = [None] * len(places)
    values[places.index(cut.name)] = '{"province": "NB"}'
    assert prepared.read(FigureComment, iter(values)).cut == {"province": "NB"}


def test_what_is_asked_counts_for_who_counts_statements():
    with CaptureQueriesContext(connection) as seen:
        prepared.rows("SELECT 1")
    assert len(seen) == 1


def test_a_refusal_is_one_of_djangos_errors():
    with pytest.raises(ProgrammingError), transaction.atomic():
        prepared.rows("SELECT password FROM nowhere")
    assert prepared.rows("SELECT 1") == [(1,)]
