"""Who knows of a doubt between two agencies: nobody, until both take part in identity review."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from schakel.network.models import Party
from schakel.register.models import Card, Doubt, Judgement, Lease
from schakel.sharing.models import IdentityReview
from schakel.sharing.roles import LINKER, database_role
from tests.making import acts, as_owner

pytestmark = pytest.mark.django_db


def party(slug: str) -> Party:
    return Party.objects.get(slug=slug)


def take_part(*slugs: str) -> None:
    for slug in slugs:
        with acts(slug) as agency:
            IdentityReview.objects.create(owner=agency, signed_as="directeur")


def doubted(a: str, b: str | None) -> Doubt:
    """A doubt between a record of ``a`` and one of ``b``, or a register entry; with the cards of both sides."""
    one, other = party(a), party(b) if b else None
    with database_role(LINKER):
        doubt = Doubt.objects.create(
            thing="organisation",
            owner_a=one,
            kind_a="organisation",
            record_a=1,
            owner_b=other,
            kind_b="organisation" if other else "register_entry",
            record_b=2,
        )
        for owner, opposite, record in ((one, other, 1), (other, one, 2)):
            if owner:
                Card.objects.create(
                    doubt=doubt,
                    owner=owner,
                    other=opposite,
                    record_kind="organisation",
                    record_id=record,
                    says={"name": f"Molen {record}"},
                )
    return doubt


def seen_by(slug: str) -> tuple[int, int]:
    """How many doubts and cards ``slug`` sees."""
    with acts(slug):
        return Doubt.objects.count(), Card.objects.count()


def test_without_the_agreement_neither_agency_learns_of_a_doubt_between_them():
    doubted("bom", "nom")
    take_part("bom")  # one alone is not enough
    assert [seen_by(slug) for slug in ("bom", "nom", "liof", "rom-nederland")] == [(0, 0)] * 4


def test_both_and_the_secretariat_see_it_while_both_take_part_and_nobody_else():
    doubted("bom", "nom")
    take_part("bom", "nom", "liof")
    assert [seen_by(slug) for slug in ("bom", "nom", "rom-nederland")] == [(1, 2)] * 3
    assert [seen_by(slug) for slug in ("liof", "oost-nl", "ministerie-ez")] == [(0, 0)] * 3
    with acts("nom") as nom:
        IdentityReview.objects.filter(owner=nom).update(ended_at=timezone.now())
    assert [seen_by(slug) for slug in ("bom", "nom", "rom-nederland")] == [(0, 0)] * 3


def test_a_doubt_within_an_agency_or_with_a_register_entry_is_its_own():
    doubted("bom", None)
    assert [seen_by(slug) for slug in ("bom", "nom", "rom-nederland")] == [(1, 1), (0, 0), (0, 0)]


def test_an_ended_agreement_stays_ended_and_only_the_party_itself_signs():
    take_part("bom")
    with acts("bom") as bom:
        IdentityReview.objects.filter(owner=bom).update(ended_at=timezone.now())
        assert IdentityReview.objects.filter(owner=bom).update(ended_at=None) == 0
    with acts("nom"), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        IdentityReview.objects.create(owner=party("bom"), signed_as="directeur")


def test_what_people_said_is_never_altered_and_is_their_partys():
    with acts("bom") as bom:
        said = Judgement.objects.create(
            owner=bom,
            thing="organisation",
            kind_a="organisation",
            record_a=1,
            kind_b="organisation",
            record_b=2,
            verdict="same",
        )
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Judgement.objects.filter(pk=said.pk).update(verdict="different")
    for slug in ("nom", "rom-nederland"):
        with acts(slug):
            assert not Judgement.objects.exists()
    take_part("bom")
    with acts("rom-nederland"):
        assert Judgement.objects.count() == 1


def test_a_doubt_is_held_by_one_reviewer_at_a_time_and_only_by_who_sees_it(django_user_model):
    doubt = doubted("bom", "nom")
    with as_owner():
        person = django_user_model.objects.create(email="reviewer@example.org", name="Reviewer")
    with acts("liof") as liof, pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Lease.objects.create(owner=liof, doubt=doubt, person=person, until=timezone.now())
    take_part("bom", "nom")
    with acts("bom") as bom:
        Lease.objects.create(owner=bom, doubt=doubt, person=person, until=timezone.now())
    with acts("nom"):
        assert Lease.objects.count() == 1
