"""What people say of identity, from what they are asked to what the linker makes of it, and back."""

from __future__ import annotations

import pytest
from django.db import connection

from schakel.network.models import Person
from schakel.register.actions import anything_to_link, link
from schakel.register.keeping import differences, log_of, rebuild, state_of
from schakel.register.ledger.state import replay
from schakel.register.models import (
    Anchor,
    Card,
    Decision,
    Doubt,
    Identity,
    IdentityMember,
    Judgement,
    Redirect,
    RegisterEntry,
)
from schakel.sharing.models import IdentityReview
from schakel.sharing.roles import LINKER, database_role
from tests.making import acts, as_owner, make, organisation

pytestmark = pytest.mark.django_db
ONE = "organisation"


def linked() -> None:
    with database_role(LINKER):
        link()
        assert [line for thing in THINGS for line in differences(thing)] == []


THINGS = ("organisation", "project", "foreign_case", "trade_activity", "round")


def homes() -> dict[int, int]:
    with database_role(LINKER):
        state = state_of(ONE)
        return {record: state.home((kind, record)) for kind, record in state.seats}


def known(slug: str, number: str = "R1", **values: str) -> int:
    with acts(slug) as agency:
        return int(organisation(agency, number=number, **values).pk)


def say(slug: str, one: int, other: int, verdict: str, kind_b: str = ONE, **values: object) -> Judgement:
    with acts(slug) as party:
        said = {"thing": ONE, "kind_a": ONE, "kind_b": kind_b, "record_a": one, "record_b": other}
        return Judgement.objects.create(owner=party, verdict=verdict, **said, **values)


def take_back(slug: str, said: Judgement) -> None:
    with acts(slug) as party:
        of = {name: getattr(said, name) for name in ("thing", "kind_a", "kind_b", "record_a", "record_b", "as_steward")}
        Judgement.objects.create(owner=party, takes_back=said, why="was a mistake", **of)


def take_part(*slugs: str) -> None:
    for slug in slugs:
        with acts(slug) as agency:
            IdentityReview.objects.create(owner=agency, signed_as="directeur")


def entry(number: str, name: str, **values: object) -> int:
    with acts("rom-nederland") as secretariat:
        return int(make(RegisterEntry, secretariat, number=number, kvk=number, name=name, **values).pk)


def two_of_one_name() -> tuple[int, int]:
    """BOM's and NOM's records of one company, each in another place: to the rules they are two."""
    one = known("bom", name="Zonneveld Energie B.V.", city="Breda")
    other = known("nom", name="Zonneveld Energie B.V.", city="Assen")
    linked()
    assert len(set(homes().values())) == 2
    return one, other


def test_what_two_agencies_agree_on_under_the_agreement_is_one_and_is_undone_by_another_line():
    one, other = two_of_one_name()
    take_part("bom", "nom")
    said = say("bom", one, other, "same")
    linked()
    assert homes() == {one: 1, other: 1}
    take_back("bom", said)
    linked()
    assert homes() == {one: 1, other: 3}
    with database_role(LINKER):
        assert set(Redirect.objects.values_list("old_id", "to_id")) == {(2, 1), (2, 3)}
        assert all(Redirect.objects.values_list("since", flat=True))
        undone = Decision.objects.get(verb="split")
        assert (undone.by, undone.judgement_id) == ("person", Judgement.objects.latest("pk").pk)


def test_without_the_agreement_nobody_speaks_of_anothers_record():
    one, other = two_of_one_name()
    say("bom", one, other, "same")
    linked()
    assert homes() == {one: 1, other: 2}
    take_part("bom", "nom")  # what was said before does not hold because of what is agreed later
    linked()
    assert homes() == {one: 1, other: 2}


def test_an_agency_says_of_its_own_two_records_that_they_are_one_and_another_is_not_listened_to():
    one, two = known("bom", "R1", name="Molen B.V."), known("bom", "R2", name="De Korenaar B.V.")
    linked()
    say("nom", one, two, "same")
    linked()
    assert len(set(homes().values())) == 2
    say("bom", one, two, "same")
    linked()
    assert set(homes().values()) == {1}


def test_two_yes_answers_to_one_entry_link_two_records_whose_owners_know_nothing_of_each_other():
    one, other = two_of_one_name()
    first = entry("12345678", "Zonneveld Energie B.V.")
    say("bom", one, first, "same", kind_b="register_entry")
    linked()
    assert homes() == {one: 1, other: 2}
    say("nom", other, first, "same", kind_b="register_entry")
    linked()
    assert homes() == {one: 1, other: 1}
    with database_role(LINKER):
        assert Anchor.objects.get().entry_id == first


def test_the_list_of_another_year_is_the_same_entry():
    one, other = two_of_one_name()
    first = entry("12345678", "Zonneveld Energie B.V.", period=2022)
    again = entry("12345678", "Zonneveld Energie B.V.", period=2023)
    say("bom", one, first, "same", kind_b="register_entry")
    say("nom", other, again, "same", kind_b="register_entry")
    linked()
    assert homes() == {one: 1, other: 1}


def test_contradicting_answers_leave_the_pair_disputed_until_the_steward_settles_it():
    one, other = two_of_one_name()
    take_part("bom", "nom")
    say("bom", one, other, "same")
    say("nom", one, other, "different")
    linked()
    assert homes() == {one: 1, other: 2}
    with acts("bom"):
        assert Doubt.objects.get().disputed
    say("rom-nederland", one, other, "same", as_steward=True)
    linked()
    assert homes() == {one: 1, other: 1}
    with acts("bom"):
        assert Doubt.objects.get().settled_at is not None
    with database_role(LINKER):
        assert not Card.objects.exists()


def test_four_eyes_wait_for_a_second_person(settings):
    settings.FOUR_EYES = True
    with as_owner():
        people = [Person.objects.create(email=f"{n}@example.org", name=n) for n in ("Een", "Twee")]
    one, two = known("bom", "R1", name="Molen B.V."), known("bom", "R2", name="De Korenaar B.V.")
    said = say("bom", one, two, "same", person=people[0])
    linked()
    assert len(set(homes().values())) == 2
    say("bom", one, two, "same", person=people[1], confirms=said)
    linked()
    assert len(set(homes().values())) == 1


def test_a_round_begins_when_something_was_said_or_agreed():
    one, two = known("bom", "R1", name="Molen B.V."), known("bom", "R2", name="De Korenaar B.V.")
    linked()
    with database_role(LINKER):
        assert not anything_to_link()
    say("bom", one, two, "same")
    with database_role(LINKER):
        assert anything_to_link()
    linked()
    take_part("bom")
    with database_role(LINKER):
        assert anything_to_link()


def test_the_log_alone_gives_the_tables_on_an_empty_database():
    one, other = two_of_one_name()
    take_part("bom", "nom")
    first = entry("12345678", "Zonneveld Energie B.V.")
    said = say("bom", one, other, "same")
    say("nom", other, first, "same", kind_b="register_entry")
    linked()
    take_back("bom", said)
    linked()
    before = tables()
    with database_role(LINKER):
        log, kept = log_of(ONE), state_of(ONE)
    assert replay(log) == kept
    moment = log[2].at
    assert replay(log, until=moment).partition() == {frozenset({(ONE, one)})}  # what stood on a day
    emptied()
    with database_role(LINKER):
        assert rebuild(ONE) == kept
        assert differences(ONE) == []
    assert tables() == before


def emptied() -> None:
    """Only the log is left."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE schakel_owner")
        for table in ("anchor", "redirect", "identitymember", "identity"):
            cursor.execute(f"DELETE FROM register_{table}")
        cursor.execute("SET ROLE schakel_web")


def tables() -> list[object]:
    with database_role(LINKER):
        members = IdentityMember.objects.order_by("record_id")
        return [
            list(members.values_list("owner_id", "record_id", "identity_id", "block", "seat", "rule", "evidence")),
            list(Identity.objects.order_by("pk").values_list("pk", "thing", "redirects_to_id")),
            list(Redirect.objects.order_by("line").values_list("old_id", "to_id", "since", "line")),
            list(Anchor.objects.values_list("identity_id", "entry_id", "by", "rule", "evidence", "score")),
        ]


def test_tables_that_say_something_else_than_the_log_are_found_out():
    one, _other = two_of_one_name()
    with database_role(LINKER):
        IdentityMember.objects.filter(record_id=one).update(rule="by hand")
        assert len(differences(ONE)) == 1
