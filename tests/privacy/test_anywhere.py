"""Random people in random places: after they are erased nothing of the party holds them, and all else stands."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.privacy.declaring import searched
from schakel.privacy.erasing import erase, put_as_owner
from schakel.privacy.looking import look_up
from schakel.privacy.marks import Finder
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.actions import note, seal
from schakel.trail.models import Entry
from schakel.trail.queries import first_broken_seal
from tests.examples import shown_by
from tests.making import acts, as_owner

from .people import boss, deliver_about, figures, holding, joined

pytestmark = pytest.mark.django_db
_MODELS = {model._meta.db_table: model for model in apps.get_models()}
# What a line may not be made to say before it is sealed, and what leads elsewhere by its number.
_LEFT = {"trail_entry": {"detail"}}
_LETTERS = "bcdfghjklmnpqrstvwxz"


def places():
    """Columns in which a name can be put: texts, lists and JSON that some row of the party has."""
    return sorted(
        (one.table, name)
        for one in searched()
        for name in one.searched
        if name not in _LEFT.get(one.table, set()) and name != "number"
    )


def put(table: str, name: str, text: str, owner: int) -> bool:
    """Put ``text`` into a column of some row of ``owner``; False where there is no such row, or it does not fit."""
    model, field = _MODELS[table], next(f for f in _MODELS[table]._meta.concrete_fields if f.column == name)
    if not any(f.column == "owner_id" for f in model._meta.concrete_fields):
        return False
    row = model._default_manager.filter(owner_id=owner).order_by("pk").first()
    if row is None or (getattr(field, "max_length", None) or 999) < len(f"bij {text} thuis"):
        return False
    if isinstance(field, models.JSONField):
        value = {"said": [text], "and": {"so": f"bij {text} thuis"}}
    else:
        value = [text] if isinstance(field, ArrayField) else f"bij {text} thuis"
    model._default_manager.filter(pk=row.pk).update(**{field.attname: value})
    return True


@settings(max_examples=shown_by(6, assured_by=60))
@given(
    name=st.lists(st.text(_LETTERS, min_size=4, max_size=8), min_size=2, max_size=3),
    where=st.sets(st.sampled_from(places()), min_size=1, max_size=12),
)
def _erased_from(owner, name, where):
    text = " ".join(name)
    with transaction.atomic():
        with as_owner():
            put_in = [place for place in sorted(where) if put(*place, text, owner)]
        with database_role(WORKER):
            seal()
        before, wanted = figures(), Finder.of("bom", [text])
        with acts("bom"):
            found = look_up(owner, wanted)
        assert {(table, column) for table, columns in found.items() for column in columns} >= set(put_in)
        with as_owner(), acts("bom"):
            erase(actor=boss(), finder=wanted, found=found, put=put_as_owner(owner), reason="test")
        assert holding(text, owner="bom") == []
        assert figures() == before
        with acts("bom"):
            assert look_up(owner, wanted) == {}
        transaction.set_rollback(True)


def test_wherever_a_name_is_put_it_goes_and_figures_stand(tmp_path):
    deliver_about("bom", tmp_path)
    joined()
    with acts("bom") as agency:
        owner = agency.pk
    _erased_from(owner)


def test_the_chain_stands_wherever_in_the_trail_a_name_was(tmp_path):
    actor = boss()
    with acts("bom") as agency:
        for number in range(5):
            note(
                actor=actor,
                verb="tried",
                kind="thing",
                reason="Zwart Quispel" if number % 2 else "",
                who=["Zwart Quispel"],
            )
    with database_role(WORKER):
        seal()
    finder = Finder.of("bom", ["Zwart Quispel"])
    with acts("bom"):
        found = look_up(agency.pk, finder)
    for _twice in range(2):
        with as_owner(), acts("bom"):
            erase(actor=actor, finder=finder, found=found, put=put_as_owner(agency.pk), reason="test")
        with database_role(WORKER):
            seal()
        assert first_broken_seal() is None
    with acts("bom"):
        assert not any("Quispel" in line.reason + str(line.detail) for line in Entry.objects.all())
