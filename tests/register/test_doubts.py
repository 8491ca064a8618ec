"""What is asked of whom: doubts, the cards a reviewer sees, and what is not told to anybody."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from schakel.innovate.models import InnovationProject
from schakel.register import linking
from schakel.register.linking import DOUBTFUL, Found, Joinable, Known
from schakel.register.models import Card, Doubt, IdentityMember, Judgement
from schakel.register.rounds import link_thing
from schakel.sharing.models import IdentityReview
from schakel.sharing.roles import LINKER, database_role
from tests.making import acts, make, organisation

from .test_heard import entry, homes, known, linked, say, take_back, take_part

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 3, 1)


def project(slug: str, title: str, number: str = "P1", **values: object) -> int:
    with acts(slug) as agency:
        lead = organisation(agency, number=f"R-{number}", name=f"{title} B.V.")
        fields = {"title": title, "start": DAY, "lead": lead} | values
        return int(make(InnovationProject, agency, number=number, **fields).pk)


def doubted() -> tuple[int, int]:
    """BOM's and NOM's projects of nearly one title and the same day, with other leads: perhaps one."""
    return project("bom", "Waterstof in de wijk"), project("nom", "Waterstof in de wijken")


def seen_by(slug: str) -> list[str]:
    with acts(slug):
        return [f"{one.record_a}-{one.record_b}" for one in Doubt.objects.filter(settled_at=None)]


def test_a_near_miss_of_two_agencies_is_asked_under_the_agreement_with_a_card_of_each():
    one, two = doubted()
    take_part("bom", "nom")
    linked()
    assert [seen_by(slug) for slug in ("bom", "nom", "rom-nederland")] == [[f"{one}-{two}"]] * 3
    assert [seen_by(slug) for slug in ("liof", "ministerie-ez")] == [[], []]
    with acts("bom"):
        doubt = Doubt.objects.get()
        assert (doubt.reasons, doubt.together, doubt.disputed, doubt.weight) == (["near-title"], False, False, 2)
        card = Card.objects.get(record_id=two)
        assert card.says == {
            "title": "Waterstof in de wijken",
            "start": "2023-03-01",
            "agency": card.says["agency"],
            "lead": "Waterstof in de wijken B.V.",
        }


def test_without_the_agreement_neither_is_asked_of_the_other():
    doubted()
    take_part("bom")
    linked()
    assert [seen_by(slug) for slug in ("bom", "nom", "rom-nederland")] == [[], [], []]
    with database_role(LINKER):
        assert not Card.objects.exists()


def test_a_doubt_keeps_its_number_and_since_when_until_it_is_settled_and_ends_with_the_agreement():
    doubted()
    take_part("bom", "nom")
    linked()
    with acts("bom"):
        first = Doubt.objects.get()
    linked()
    with acts("bom"):
        again = Doubt.objects.get()
    assert (again.pk, again.since) == (first.pk, first.since)
    with acts("nom"):
        IdentityReview.objects.update(ended_at=dt.datetime.now(dt.UTC))
    assert seen_by("bom") == []
    linked()
    with database_role(LINKER):
        assert Doubt.objects.get().settled_at is not None
        assert not Card.objects.exists()


def test_a_judgement_settles_it_and_taking_it_back_asks_again():
    one, two = doubted()
    take_part("bom", "nom")
    linked()
    with acts("bom") as bom:
        of = {"thing": "project", "kind_a": "project", "kind_b": "project", "record_a": one, "record_b": two}
        said = Judgement.objects.create(owner=bom, verdict="same", **of)
    linked()
    assert seen_by("nom") == []
    with database_role(LINKER):
        members = IdentityMember.objects.filter(thing="project")
        assert len({member.identity.redirects_to_id or member.identity_id for member in members}) == 1
        assert list(members.order_by("pk").values_list("leading", flat=True)) == [True, False]  # one statement counts
    take_back("bom", said)
    linked()
    assert seen_by("nom") == [f"{one}-{two}"]


def asked(doubtful: list[tuple[object, ...]], entries: dict[int, int] | None = None) -> None:
    """A round over organisations of which a joining says that each is by itself, and what it is in doubt about."""
    real = linking._joinables["organisation"]

    def join(database: object, known: Known) -> Found:
        found = real.join(database, known)
        offered = found.joined.with_columns(
            entry=pl.col("record").replace_strict(entries or {}, default=None, return_dtype=pl.Int64)
        )
        return Found(joined=offered, doubtful=pl.DataFrame(doubtful, DOUBTFUL, orient="row"))

    with database_role(LINKER):
        link_thing(Joinable(thing="organisation", join=join, cards=real.cards))


def pair(one: int, other: int, kind: str = "organisation") -> tuple[object, ...]:
    return ("organisation", one, kind, other, 2500, ["other-place"], 900)


def test_without_the_agreement_each_is_asked_only_whether_its_record_is_the_entry_it_most_likely_is():
    one, two = known("bom", name="Molen B.V."), known("nom", name="De Molen B.V.")
    listed = entry("12345678", "Molen B.V.")
    asked([pair(one, two)], {one: listed})
    assert [seen_by(slug) for slug in ("bom", "nom", "rom-nederland")] == [[f"{one}-{listed}"], [], []]
    with acts("bom"):
        doubt = Doubt.objects.get()
        assert (doubt.reasons, doubt.score, doubt.weight) == ([], None, 1)  # nothing of what the other has
        assert list(Card.objects.values_list("record_id", "other")) == [(one, None)]
    say("bom", one, listed, "same", kind_b="register_entry")
    asked([pair(one, two)], {one: listed})
    assert seen_by("bom") == []


def test_labels_say_how_records_count_if_all_that_is_doubtful_is_one_and_if_none_is():
    one, two, three = (
        known(slug, name=name) for slug, name in (("bom", "Molen"), ("nom", "Korenaar"), ("liof", "Dijk"))
    )
    asked([pair(one, two)])
    with database_role(LINKER):
        labels = dict(IdentityMember.objects.values_list("record_id", "if_one"))
        assert labels == {one: homes()[one], two: homes()[one], three: None}
        assert set(IdentityMember.objects.values_list("if_apart", flat=True)) == {None}
    take_part("bom", "nom")
    say("bom", one, two, "different")
    asked([pair(one, two)])
    with database_role(LINKER):
        assert set(IdentityMember.objects.values_list("if_one", flat=True)) == {None}


def test_what_is_one_in_doubt_would_count_apart():
    one, two = (known(slug, name="Molen B.V.", postcode="4818CL") for slug in ("bom", "nom"))
    linked()
    assert homes()[one] == homes()[two]
    asked([pair(one, two)])
    with database_role(LINKER):
        apart = dict(IdentityMember.objects.values_list("record_id", "if_apart"))
    assert apart[one] is None
    assert apart[two] not in (None, homes()[two])
    take_part("bom", "nom")
    asked([pair(one, two)])
    with acts("bom"):
        assert Doubt.objects.get().together


def test_cards_of_organisations_say_name_place_numbers_and_site_and_nothing_else():
    values = {"city": "Breda", "kvk": "12345678", "website": "molen.example", "size": "groot", "legal_form": "B.V."}
    one = known("bom", name="Molen B.V.", **values)
    two = known("nom", name="Korenaar")
    take_part("bom", "nom")
    asked([pair(one, two)])
    with acts("nom"):
        assert Card.objects.get(record_id=one).says == {
            "name": "Molen B.V.",
            "place": "Breda",
            "numbers": ["12345678"],
            "site": "molen.example",
        }
