"""Identity review: off until signed, known to all who takes part, ended at once, and by nobody but the party itself."""

from __future__ import annotations

import pytest

from schakel.demo.loading import take_part_in_review
from schakel.register.models import Card, Doubt
from schakel.sharing.models import IdentityReview
from schakel.sharing.reviewing import ReviewRefused, end_review, sign_review, taking_part
from schakel.trail.models import Entry
from tests.intake.people import signed_in
from tests.making import actor_for, acts
from tests.register.reviewing import shared_pair, steward, take_part

pytestmark = pytest.mark.django_db
PAGE = "/afspraken/identiteit/"


def slugs() -> list[str]:
    with acts("liof"):
        return [each.owner.slug for each in taking_part()]


def test_nobody_takes_part_until_they_sign_and_then_all_know():
    assert slugs() == []
    actor = steward("bom")
    made = sign_review(actor=actor, signed_as=" directeur ")
    assert slugs() == ["bom"]
    assert (made.signed_as, made.signed_by_id) == ("directeur", actor.person)
    with acts("bom"):
        act = Entry.objects.order_by("-pk").first()
    assert (act.verb, act.kind, act.objects_ids) == ("signed", "identity review", [made.pk])


def test_one_signs_once_ends_once_and_may_sign_again():
    actor = actor_for("bom")
    sign_review(actor=actor, signed_as="directeur")
    with pytest.raises(ReviewRefused):
        sign_review(actor=actor, signed_as="directeur")
    end_review(actor=actor)
    with pytest.raises(ReviewRefused):
        end_review(actor=actor)
    sign_review(actor=actor, signed_as="directeur")
    with acts("bom"):
        assert IdentityReview.objects.filter(owner_id=actor.owner).count() == 2
    assert slugs() == ["bom"]


@pytest.mark.parametrize("slug", ["ministerie-ez", "provincie-utrecht"])
def test_only_who_has_records_takes_part(slug):
    with pytest.raises(ReviewRefused):
        sign_review(actor=actor_for(slug), signed_as="minister")


def test_nobody_signs_without_saying_as_what():
    with pytest.raises(ReviewRefused):
        sign_review(actor=actor_for("bom"), signed_as="  ")


def test_what_it_opens_is_open_while_both_take_part_and_closed_at_once():
    shared_pair()
    take_part("bom", "nom")
    with acts("nom"):
        assert (Doubt.objects.count(), Card.objects.count()) == (1, 2)
    end_review(actor=actor_for("bom"))
    for slug in ("nom", "bom", "rom-nederland"):
        with acts(slug):
            assert (Doubt.objects.count(), Card.objects.count()) == (0, 0)


# Its page.


def test_a_steward_signs_on_the_page_sees_who_takes_part_and_ends_it():
    client = signed_in("bom", "steward", language="en")
    page = client.get(PAGE).content.decode()
    assert "does not take part" in page
    assert "its name, place, official numbers and website" in page
    assert client.post(PAGE, {"signed_as": ""}).status_code == 422
    done = client.post(PAGE, {"signed_as": "director"}, follow=True).content.decode()
    assert "Your organisation takes part" in done
    assert slugs() == ["bom"]
    assert "From that moment" in client.get(f"{PAGE}beeindigen/").content.decode()
    assert slugs() == ["bom"]  # asking is not ending
    client.post(f"{PAGE}beeindigen/")
    assert slugs() == []
    assert client.post(f"{PAGE}beeindigen/").status_code == 409


@pytest.mark.parametrize(("slug", "role"), [("bom", "reader"), ("rom-nederland", "identity-steward")])
def test_others_read_it_and_sign_nothing(slug, role):
    client = signed_in(slug, role)
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, {"signed_as": "directeur"}).status_code == 403
    assert client.post(f"{PAGE}beeindigen/").status_code == 403
    assert slugs() == []


@pytest.mark.parametrize(("slug", "role"), [("ministerie-ez", "reader"), ("provincie-utrecht", "reader")])
def test_it_is_not_for_who_has_no_records(slug, role):
    assert signed_in(slug, role).get(PAGE).status_code == 403


def test_in_the_demonstration_all_agencies_take_part_until_one_ends_it():
    assert len(list(take_part_in_review())) == 9
    assert list(take_part_in_review()) == []
    end_review(actor=actor_for("bom"))
    assert list(take_part_in_review()) == []  # what a visitor did is left as it is
    assert "bom" not in slugs()
