"""What is expected of whom: opening a year from the last, windows, exceptions, closed years, reminders, notes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from schakel.inbox import queries as inbox
from schakel.inbox.models import Item
from schakel.intake import actions, collecting, gates, reminding
from schakel.intake.actions import DeliveryRefused
from schakel.intake.delivering import accept_in_background
from schakel.intake.models import (
    CallNote,
    CollectionYear,
    Delivery,
    DeliveryFinding,
    DeliveryStand,
    DeliveryState,
    Expectation,
    Origin,
)
from schakel.intake.records import RecordState
from schakel.intake.writing import record_tables
from schakel.network.models import Membership
from schakel.network.queries import members_in, party
from schakel.sharing.acting import acting
from schakel.sharing.roles import WEB, WORKER, database_role
from tests.intake.collecting import DUE, EVERY, OPENS, of, opened, secretary, send, steward, write
from tests.intake.delivering import TABLES
from tests.making import as_owner

pytestmark = pytest.mark.django_db

SECRETARIAT = "rom-nederland"
FAR = dt.date(2100, 3, 31)  # so that nothing is due on the day that the tests run


def expectations(period, slug="bom"):
    with acting(of(SECRETARIAT)):
        return {e.kind: e for e in Expectation.objects.filter(period=period, owner=party(slug))}


def close(period=2023):
    return actions.close_year(actor=of(SECRETARIAT), period=period)


def waiting(person, slug):
    with acting(of(slug)):
        return [item.title_nl for item in inbox.waiting(person.pk, party(slug).pk)]


def remind(day, period=2023):
    with database_role(WORKER):
        reminding.remind_of(period=period, today=day)


# Opening.


def test_a_first_year_expects_every_kind_of_every_member():
    actions.open_year(actor=of(SECRETARIAT), period=2023)
    with acting(of(SECRETARIAT)):
        pairs = set(Expectation.objects.filter(period=2023).values_list("owner__slug", "kind"))
        assert pairs == {(agency.slug, kind) for agency in members_in(2023) for kind in EVERY}


def test_a_year_is_opened_from_the_last_with_its_dates_moved_and_without_its_exceptions():
    opened(2023, only=("project",))
    actions.change_window(
        actor=of(SECRETARIAT), period=2023, agency=party("bom"), kind="fund", opens=OPENS, due=dt.date(2024, 5, 15)
    )
    actions.open_year(actor=of(SECRETARIAT), period=2024)
    found = expectations(2024)
    assert set(found) == set(EVERY)
    assert not any(e.exempt or e.reason for e in found.values())
    assert (found["project"].opens, found["project"].due) == (dt.date(2025, 1, 1), dt.date(2025, 3, 31))
    assert found["fund"].due == dt.date(2025, 5, 15)


def test_who_joins_later_is_expected_from_then_on_and_who_left_no_more():
    with as_owner():
        Membership.objects.filter(party=party("liof")).update(until=dt.date(2024, 1, 1))
        Membership.objects.filter(party=party("oost-nl")).update(since=dt.date(2024, 6, 1))
    opened(2023)
    actions.open_year(actor=of(SECRETARIAT), period=2024)
    assert expectations(2023, "liof")
    assert not expectations(2023, "oost-nl")
    assert set(expectations(2024, "oost-nl")) == set(EVERY)
    assert not expectations(2024, "liof")


@given(
    years=st.integers(1, 4),
    opens=st.dates(dt.date(2020, 1, 1), dt.date(2024, 12, 31)),
    days=st.integers(0, 400),
)
def test_windows_keep_their_day_and_month(years, opens, days):
    due = opens + dt.timedelta(days=days)
    with transaction.atomic():
        actions.open_year(actor=of(SECRETARIAT), period=2020, opens=opens, due=due)
        later = actions.open_year(actor=of(SECRETARIAT), period=2020 + years)
        for before, after in ((opens, later.opens), (due, later.due)):
            assert after.year == before.year + years
            assert (after.month, after.day) in {(before.month, before.day), (2, 28)}
        transaction.set_rollback(True)


def test_a_year_is_opened_once():
    opened()
    with pytest.raises(DeliveryRefused, match="2023"):
        actions.open_year(actor=of(SECRETARIAT), period=2023)


@pytest.mark.parametrize("slug", ["bom", "provincie-utrecht"])
def test_nobody_but_the_secretariat_opens_excepts_or_closes(slug):
    opened(2022)
    for act in (
        lambda: actions.open_year(actor=of(slug), period=2023),
        lambda: actions.close_year(actor=of(slug), period=2022),
        lambda: actions.make_exception(actor=of(slug), agency=party("bom"), period=2022, kind="project", reason="x"),
        lambda: actions.note_call(actor=of(slug), agency=party("bom"), period=2022, how="phone", text="x"),
    ):
        with pytest.raises(DeliveryRefused):
            act()
    assert gates.why_not_open(owner=party("bom").pk, period=2022) == ""


def test_the_database_too_lets_no_agency_write_what_is_expected_of_it():
    opened()
    with acting(of("bom")):
        assert Expectation.objects.exists()
        assert Expectation.objects.update(exempt=True, reason="we would rather not") == 0
        assert CollectionYear.objects.update(due=dt.date(2030, 1, 1)) == 0
    with pytest.raises(ProgrammingError, match="row-level security"), acting(of("bom")):
        Expectation.objects.create(owner=party("bom"), period=2022, kind="fund", opens=OPENS, due=DUE)


def test_an_agency_sees_what_is_expected_of_itself_alone_and_no_note_about_anybody():
    opened()
    actions.note_call(actor=of(SECRETARIAT), agency=party("bom"), period=2023, how="phone", text="Anna calls back")
    with acting(of("bom")):
        assert set(Expectation.objects.values_list("owner__slug", flat=True)) == {"bom"}
        assert not CallNote.objects.exists()
    with acting(of(SECRETARIAT)):
        assert [note.text for note in collecting.notes_about(2023)] == ["Anna calls back"]


def test_an_exception_has_a_reason_that_its_agency_reads():
    opened()
    with pytest.raises(DeliveryRefused):
        actions.make_exception(actor=of(SECRETARIAT), agency=party("bom"), period=2023, kind="project", reason=" ")
    made = actions.make_exception(
        actor=of(SECRETARIAT), agency=party("bom"), period=2023, kind="project", reason="moves to another system"
    )
    with acting(of("bom")):
        assert Expectation.objects.get(pk=made.pk).reason == "moves to another system"
        found = collecting.agency_year(party("bom"), 2023, today=DUE)
    assert {kind.kind: kind.state for kind in found.kinds}["project"] == "exempt"
    actions.end_exception(actor=of(SECRETARIAT), agency=party("bom"), period=2023, kind="project")
    assert not expectations(2023)["project"].exempt


def test_moving_a_year_leaves_who_has_dates_of_its_own():
    opened()
    actor = of(SECRETARIAT)
    own = dt.date(2024, 6, 1)
    actions.change_window(actor=actor, period=2023, agency=party("bom"), kind="project", opens=OPENS, due=own)
    actions.change_window(actor=actor, period=2023, opens=OPENS, due=dt.date(2024, 4, 15))
    assert expectations(2023)["project"].due == own
    assert expectations(2023)["investment"].due == dt.date(2024, 4, 15)
    with pytest.raises(DeliveryRefused):
        actions.change_window(actor=actor, period=2023, opens=DUE, due=OPENS)


# Closed years.


def test_a_year_that_nobody_opened_is_free(tmp_path):
    assert send("bom", write(tmp_path / "sent")).written


def test_a_closed_year_takes_no_delivery_by_any_way_and_says_whom_to_ask(tmp_path):
    opened()
    checked = send("bom", write(tmp_path / "sent"), accept=False)
    close()
    for act in (
        lambda: send("bom", write(tmp_path / "sent")),
        lambda: send("bom", write(tmp_path / "other", projecten=TABLES["projecten"].replace("wijk", "stad"))),
        lambda: actions.begin_delivery(actor=of("bom"), period=2023, origin=Origin.SCREEN),
        lambda: actions.ask_acceptance(actor=of("bom"), delivery=checked.delivery),
        lambda: actions.accept(actor=of("bom"), delivery=checked.delivery, examination=checked.examination),
        lambda: actions.settle_vanished(actor=of("bom"), period=2023, withdraw=True, reason="gone"),
        lambda: actions.certify(actor=of("bom"), period=2023, statement="x"),
    ):
        with pytest.raises(DeliveryRefused, match="ROM-Nederland"):
            act()
    with acting(of("bom")):
        assert Delivery.objects.get().state == DeliveryState.CHECKED
        assert not any(table.model._default_manager.exists() for table in record_tables())


def test_who_asked_to_accept_before_a_year_was_closed_is_told_and_can_ask_again(tmp_path):
    anna, actor = steward()
    opened()
    checked = send("bom", write(tmp_path / "sent"), accept=False).delivery
    actions.ask_acceptance(actor=actor, delivery=checked)
    close()
    with database_role(WORKER):
        accept_in_background(actor=actor, delivery_id=checked.pk)
    with acting(of("bom")):
        assert Delivery.objects.get().state == DeliveryState.CHECKED
        (told,) = inbox.told(anna.pk, party("bom").pk)
        assert "ROM-Nederland" in told.body_nl
    actions.reopen_year(actor=of(SECRETARIAT), period=2023)
    actions.ask_acceptance(actor=actor, delivery=checked)
    with database_role(WORKER):
        accept_in_background(actor=actor, delivery_id=checked.pk)
    with acting(of("bom")):
        assert Delivery.objects.get().state == DeliveryState.ACCEPTED


def test_a_closed_year_can_be_opened_again(tmp_path):
    opened()
    close()
    actions.reopen_year(actor=of(SECRETARIAT), period=2023)
    assert send("bom", write(tmp_path / "sent")).written


def test_a_year_takes_nothing_before_it_opens_but_of_who_may_begin_earlier(tmp_path):
    later = dt.date(2100, 1, 1)
    opened(opens=later, due=dt.date(2100, 3, 1))
    with pytest.raises(DeliveryRefused, match="2100"):
        send("bom", write(tmp_path / "sent"))
    actions.change_window(
        actor=of(SECRETARIAT), period=2023, agency=party("bom"), kind="project", opens=OPENS, due=later
    )
    assert send("bom", write(tmp_path / "sent")).written


def test_a_year_past_its_date_still_takes_deliveries(tmp_path):
    opened(due=dt.date(2024, 1, 2))
    assert send("bom", write(tmp_path / "sent")).written


# Stands: what the secretariat sees.


def test_the_secretariat_sees_counts_and_never_a_row(tmp_path):
    opened()
    faulty = TABLES | {"projecten": TABLES["projecten"] + "P2;Slimme kas;01-05-2023;-5,00;R9;\n"}
    send("bom", write(tmp_path / "sent", **faulty))
    with database_role(WEB), acting(of(SECRETARIAT)):
        stand = DeliveryStand.objects.get(owner=party("bom"), kind="project")
        assert (stand.delivered, stand.standing, stand.refused) == (2, 1, 1)
        assert stand.errors >= 1
        assert {"check", "severity", "count", "waived"} == set(stand.found[0])
        assert not Delivery.objects.filter(owner=party("bom")).exists()
        assert not DeliveryFinding.objects.filter(owner=party("bom")).exists()
        for table in record_tables():
            assert not table.model._default_manager.filter(owner=party("bom")).exists()
            for beside in table.beside:
                assert not beside.model._default_manager.exists()


def test_an_agency_sees_no_stand_of_another_and_cannot_write_one(tmp_path):
    send("bom", write(tmp_path / "sent"))
    with acting(of("oost-nl")):
        assert not DeliveryStand.objects.exists()
    with acting(of(SECRETARIAT)):
        assert DeliveryStand.objects.update(errors=0, standing=1_000_000) == 0
    with pytest.raises(ProgrammingError, match="row-level security"), acting(of("oost-nl")):
        DeliveryStand.objects.create(owner=party("bom"), period=2022, kind="project")


def states(slug="bom", period=2023, today=DUE):
    with acting(of(SECRETARIAT)):
        return {kind.kind: kind.state for kind in collecting.agency_year(party(slug), period, today=today).kinds}


def test_a_stand_follows_the_delivery_from_nothing_to_accepted(tmp_path):
    opened(only=("organisation", "project"))
    assert states()["project"] == "missing"
    checked = send("bom", write(tmp_path / "sent"), accept=False)
    assert states()["project"] == "delivered"
    actions.accept(actor=of("bom"), delivery=checked.delivery, examination=checked.examination)
    assert states()["project"] == "accepted"
    assert states()["investment"] == "accepted"  # delivered though nobody expected it
    assert states()["fund"] == "exempt"


def test_files_that_nobody_has_read_yet_show_as_delivered(tmp_path):
    opened()
    path = write(tmp_path / "sent") / "projecten.csv"
    actions.receive(actor=of("bom"), period=2023, paths=[path])
    with acting(of(SECRETARIAT)):
        assert collecting.agency_year(party("bom"), 2023, today=DUE).state == "delivered"


def test_errors_show_until_it_is_accepted_and_discarding_makes_it_as_it_was(tmp_path):
    opened()
    faulty = TABLES | {"projecten": TABLES["projecten"] + "P2;Slimme kas;01-05-2023;-5,00;R9;\n"}
    checked = send("bom", write(tmp_path / "sent", **faulty), accept=False)
    assert states()["project"] == "errors"
    actions.discard_delivery(actor=of("bom"), delivery=checked.delivery)
    assert states()["project"] == "missing"


def test_what_vanished_is_counted_until_it_is_settled(tmp_path):
    send("bom", write(tmp_path / "one"))
    fewer = TABLES["investeringen"].replace("I1", "I2")
    send("bom", write(tmp_path / "two", investeringen=fewer))
    with acting(of(SECRETARIAT)):
        assert DeliveryStand.objects.get(kind="investment").vanished == 1
    actions.settle_vanished(actor=of("bom"), period=2023, withdraw=True, reason="sold")
    with acting(of("bom")):
        stand = DeliveryStand.objects.get(kind="investment")
        assert (stand.vanished, stand.standing) == (0, 1)
        investments = next(table for table in record_tables() if table.kind == "investment").model
        assert investments._default_manager.get(number="I1").state == RecordState.WITHDRAWN


def test_deliveries_from_before_there_were_stands_get_theirs(tmp_path):
    send("bom", write(tmp_path / "sent"))
    with acting(of("bom")):
        known = sorted(DeliveryStand.objects.values_list("kind", "standing"))
        DeliveryStand.objects.all().delete()
    with database_role(WORKER):
        reminding.remind_of_all(today=DUE)
    with acting(of("bom")):
        assert sorted(DeliveryStand.objects.values_list("kind", "standing")) == known


# Reminders.


@given(st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)))
def test_the_moments_are_fourteen_and_three_days_before_and_one_and_seven_after(today):
    days = (today - DUE).days
    passed = [moment for moment in (-14, -3, 1, 7) if moment <= days]
    assert reminding.stage(DUE, today) == len(passed)


def test_a_steward_is_reminded_at_each_moment_once_and_no_more_when_all_is_in(tmp_path):
    person, _actor = steward()
    opened(due=FAR)
    heard = []
    for day in (-20, -15, -14, -13, -4, -3, -2, 0, 1, 2, 6, 7, 11):
        for _again in range(2):
            remind(FAR + dt.timedelta(days=day))
            said = waiting(person, "bom")
            assert len(said) <= 1
            if said and said != heard[-1:]:
                heard += said
        if day == -15:
            assert not heard
    assert len(heard) == 4
    with acting(of("bom")):
        assert Item.objects.filter(owner=party("bom"), key__startswith="expected:").count() == 1
    send("bom", write(tmp_path / "sent"))
    remind(FAR + dt.timedelta(days=12))
    assert waiting(person, "bom") == []
    remind(FAR + dt.timedelta(days=13))
    assert waiting(person, "bom") == []


def test_a_day_that_the_worker_stood_still_is_made_good():
    person, _actor = steward()
    opened(due=FAR)
    remind(FAR - dt.timedelta(days=12))
    assert len(waiting(person, "bom")) == 1


def test_the_secretariat_hears_of_who_is_late_and_no_more_when_it_is_in(tmp_path):
    person, _actor = secretary()
    opened(due=FAR)
    remind(FAR)
    assert not [said for said in waiting(person, SECRETARIAT) if "BOM" in said]
    remind(FAR + dt.timedelta(days=1))
    assert "BOM is te laat met 2023" in waiting(person, SECRETARIAT)
    send("bom", write(tmp_path / "sent"))
    remind(FAR + dt.timedelta(days=2))
    assert not [said for said in waiting(person, SECRETARIAT) if "BOM" in said]


def test_nobody_is_reminded_of_a_closed_year_or_of_what_is_excepted():
    person, _actor = steward()
    opened(only=(), due=FAR)
    remind(FAR + dt.timedelta(days=8))
    assert waiting(person, "bom") == []
    actions.end_exception(actor=of(SECRETARIAT), agency=party("bom"), period=2023, kind="project")
    remind(FAR + dt.timedelta(days=8))
    assert len(waiting(person, "bom")) == 1
    close()
    assert waiting(person, "bom") == []


def test_the_secretariat_asks_today_for_what_is_missing_and_for_nothing_else(tmp_path):
    person, _actor = steward()
    opened(due=FAR)
    assert actions.remind_now(actor=of(SECRETARIAT), agency=party("bom"), period=2023)
    assert len([said for said in waiting(person, "bom") if "vraagt" in said]) == 1
    send("bom", write(tmp_path / "sent"))
    remind(FAR)
    assert waiting(person, "bom") == []
    assert not actions.remind_now(actor=of(SECRETARIAT), agency=party("bom"), period=2023)
