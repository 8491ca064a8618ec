"""Where personal data sits is declared, of every column of text there is."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from schakel.privacy.declaring import holdings, processings
from schakel.privacy.looking import column_of
from schakel.privacy.models import Belonging
from schakel.privacy.retention import kinds
from schakel.privacy.specials import specials

_TEXTS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.GenericIPAddressField,
    ArrayField,
)


def text_columns():
    """Table and column of all that can hold a text: what is chosen from a list cannot."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, _TEXTS) and not field.choices:
                yield model._meta.db_table, field.column


def test_every_column_of_text_is_declared_once():
    declared = [(one.table, column) for one in holdings() for column in (*one.searched, *one.none)]
    twice = {one for one in declared if declared.count(one) > 1}
    missing = set(text_columns()) - set(declared)
    assert (twice, missing, set(declared) - set(text_columns())) == (set(), set(), set())


def test_what_is_about_people_is_of_a_processing_and_says_how_it_is_erased():
    names = {one.name for one in processings()}
    special = {one.table for one in specials()}
    for one in holdings():
        assert not one.searched or one.processing in names, one.table
        if one.searched and not one.how:
            assert [column_of(one.table, name) for name in one.searched]
        assert one.table not in special or one.how


def test_a_processing_names_a_period_that_there_is():
    assert {one.kept for one in processings()} <= {kept.name for kept in kinds()}


@pytest.mark.django_db
def test_the_database_knows_whose_rows_without_one_owner_are():
    said = {one.table: one.of for one in holdings() if one.searched and not one.how and one.of != "owner_id = {party}"}
    assert said == dict(Belonging.objects.values_list("table", "condition"))
