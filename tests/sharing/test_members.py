"""Agencies join, merge and leave: what they were before stays, and from that day on nothing of theirs is open."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from schakel.network.actions import MembershipRefused, join, leave, load_network
from schakel.network.models import Party, PartyKind, RoleHeld
from schakel.network.queries import members_in, party
from schakel.register.models import Organisation
from schakel.sharing.members import close, merge
from schakel.sharing.models import Signatory
from schakel.sharing.tokens import TokenRefused, bearer_of, make_token
from schakel.trail.actors import Actor
from schakel.trail.models import Entry
from tests.inbox.people import somebody
from tests.making import actor_for, acts, as_owner, make
from tests.sharing.agreeing import agreement as agreed
from tests.sharing.people.characters import administrator, client_of, roles

pytestmark = pytest.mark.django_db
COMMAND = Actor(party=None, process="test")
NEW_YEAR = dt.date(2027, 1, 1)


def members(year: int) -> set[str]:
    return set(members_in(year).values_list("slug", flat=True))


def test_an_agency_joins_and_counts_from_that_year():
    before = members(2026)
    with as_owner():
        call_command("member", "joins", "rom-friesland", "2027-01-01", "--name", "ROM Friesland", "--province", "FR")
    made = party("rom-friesland")
    assert (made.kind, made.provinces) == (PartyKind.AGENCY, ["FR"])
    assert (members(2026), members(2027)) == (before, before | {"rom-friesland"})
    with pytest.raises(CommandError, match="already"), as_owner():
        call_command("member", "joins", "rom-friesland", "2028-01-01", "--name", "ROM Friesland")
    with pytest.raises(CommandError, match="no agency"), as_owner():
        call_command("member", "joins", "ministerie-ez", "2028-01-01", "--name", "Ministerie")


def test_one_that_left_is_a_member_of_before_for_ever_also_after_an_upgrade():
    with as_owner():
        call_command("member", "leaves", "liof", "2027-01-01")
        load_network(actor=COMMAND)  # as each upgrade does
    assert "liof" in members(2026)
    assert "liof" not in members(2027)
    with pytest.raises(CommandError, match="no member"), as_owner():
        call_command("member", "leaves", "liof", "2030-01-01")
    with as_owner():
        join(actor=COMMAND, slug="liof", name="LIOF", provinces=["LI"], since=dt.date(2029, 1, 1))
    assert [year for year in range(2025, 2031) if "liof" in members(year)] == [2025, 2026, 2029, 2030]


@given(days=st.lists(st.dates(dt.date(2025, 1, 1), dt.date(2040, 1, 1)), min_size=1, max_size=8))
def test_whatever_is_tried_an_agency_is_a_member_once_at_a_time(days):
    with as_owner():
        agency = Party.objects.create(slug=f"x{Party.objects.count()}", kind=PartyKind.AGENCY, name="X")
        for place, day in enumerate(days):
            try:
                if place % 2:
                    leave(actor=COMMAND, party=agency, until=day)
                else:
                    join(actor=COMMAND, slug=agency.slug, name="X", provinces=[], since=day)
            except MembershipRefused:
                continue
    spans = sorted((one.since, one.until or dt.date.max) for one in agency.memberships.all())
    assert all(since < until for since, until in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_a_merged_agencys_people_act_for_both_and_its_records_stay_its_own():
    sara = somebody("sara", "liof", "steward")
    with acts("liof") as liof:
        record = make(Organisation, liof, number="L1", name="Van vroeger")
    with as_owner():
        given = merge(party("liof"), party("bom"), until=NEW_YEAR, process="test")
        assert merge_again_gives_nothing()
    assert given == 1
    assert (roles(sara, "liof"), roles(sara, "bom")) == ({"steward"}, {"steward"})
    assert "liof" not in members(2027)
    with acts("liof"):
        assert Organisation.objects.get(pk=record.pk).owner_id == party("liof").pk
    with acts("bom"):
        assert not Organisation.objects.filter(pk=record.pk).exists()


def merge_again_gives_nothing() -> bool:
    """A member that left cannot leave on a later day."""
    with pytest.raises(MembershipRefused):
        merge(party("liof"), party("bom"), until=dt.date(2028, 1, 1), process="test")
    return True


def test_who_closes_opens_nothing_any_more_and_can_still_take_all_along():
    boss, sara = administrator("liof"), somebody("sara", "liof", "steward")
    page = client_of(sara)
    assert page.get("/inbox/").status_code == 200
    agreement = agreed("liof", ("bom",))
    _key, text = make_token(actor=actor_for("liof"), name="CRM", scopes=["read"])
    with as_owner():
        closed = close(party("liof"), reason="leaves the network", process="test")
    assert (closed.agreements, closed.keys, closed.roles) == (1, 1, 1)
    with acts("liof"):
        assert Signatory.objects.get(agreement=agreement, owner=party("liof")).ended_because == "leaves the network"
        assert Entry.objects.filter(verb="closed", kind="party").count() == 1
    with pytest.raises(TokenRefused):
        bearer_of(text)
    assert page.get("/inbox/").headers["Location"].startswith("/aanmelden/")
    assert RoleHeld.objects.filter(party=party("liof")).count() == 1
    assert client_of(boss).get("/meenemen/").status_code == 200
    with as_owner():  # a second time there is nothing left to close
        again = close(party("liof"), reason="leaves the network", process="test")
    assert (again.agreements, again.keys, again.roles) == (0, 0, 0)
