"""A mandate opens what it names, to whom it names, while it stands; and not one row more."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, ProgrammingError, transaction
from django.utils import timezone

from schakel.intake.models import DeliveredRow, Delivery
from schakel.invest.models import Fund, Position, Valuation
from schakel.network.queries import party
from schakel.register.models import Organisation
from schakel.sharing.looking import looked
from schakel.sharing.mandates import MandateRefused, give_mandate, looks, standing, withdraw_mandate
from schakel.sharing.models import Look, Mandate
from schakel.trail.actions import note
from schakel.trail.models import Entry
from tests.making import actor_for, acts, make, organisation

from .mandates import HOUR, OFFICE, mandate, move, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    """An organisation of BOM, one of NOM, and one of BOM in another year."""
    with acts("bom") as bom:
        found = organisation(bom)
        organisation(bom, number="R9", period=2019)
    with acts("nom") as nom:
        organisation(nom, number="R2")
    return found


def seen() -> list[tuple[str, int]]:
    with acts(OFFICE):
        return [(one.owner.slug, one.period) for one in Organisation.objects.select_related("owner")]


def test_without_a_mandate_an_auditor_sees_nothing(known):
    office()
    assert seen() == []


def test_with_a_mandate_an_auditor_sees_that_agency_in_those_years_alone(known):
    mandate("bom")
    assert seen() == [("bom", 2023)]
    with acts(OFFICE):
        assert Delivery.objects.count() == 1
        assert DeliveredRow.objects.count() == 1


def test_another_office_sees_nothing_of_it(known):
    mandate("bom")
    office("another")
    with acts("another"):
        assert not Organisation.objects.exists()
        assert not Mandate.objects.exists()


def test_other_parties_see_no_more_than_before(known):
    mandate("bom")
    for slug in ("nom", "rom-nederland", "ministerie-ez", "provincie-utrecht"):
        with acts(slug):
            assert not Organisation.objects.filter(owner__slug="bom").exists()
            assert not Mandate.objects.exists()


def test_a_mandate_that_ended_a_second_ago_opens_nothing(known):
    move(mandate("bom"), since=-2 * HOUR, until=-dt.timedelta(seconds=1))
    assert seen() == []


def test_a_mandate_that_begins_tomorrow_opens_nothing_yet(known):
    move(mandate("bom"), since=24 * HOUR, until=48 * HOUR)
    assert seen() == []


def test_a_withdrawn_mandate_opens_nothing_from_the_next_statement_on(known):
    given = mandate("bom")
    with acts(OFFICE):
        assert Organisation.objects.exists()
        withdraw_mandate(actor=actor_for("bom"), mandate_id=given.pk, reason="klaar")
        assert not Organisation.objects.exists()


def test_a_mandate_ends_by_the_clock_within_a_transaction_that_goes_on(known):
    given = mandate("bom")
    with acts(OFFICE):
        assert Organisation.objects.exists()
        move(given, since=-HOUR, until=dt.timedelta(milliseconds=-1))
        assert not Organisation.objects.exists()


def test_what_a_position_is_worth_is_seen_only_where_the_mandate_says_so():
    with acts("bom") as bom:
        fund = make(Fund, bom, number="F1", name="Fonds", capital=5_000_000)
        company = organisation(bom)
        position = make(Position, bom, number="P1", fund=fund, organisation=company)
        Valuation.objects.create(owner=bom, position=position, value=1_000_000)
    mandate("bom")
    with acts(OFFICE):
        assert Position.objects.count() == 1
        assert Valuation.objects.count() == 0
    mandate("bom", with_valuations=True)
    with acts(OFFICE):
        assert Valuation.objects.count() == 1


@pytest.mark.parametrize("change", ["insert", "update", "delete"])
def test_an_auditor_writes_nothing_of_an_agency(known, change):
    mandate("bom")
    with acts(OFFICE):
        assert Organisation.objects.exists()
        if change == "update":
            assert Organisation.objects.update(name="Other") == 0
        elif change == "delete":
            assert Organisation.objects.all()._raw_delete("default") == 0
        else:
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                Organisation.objects.bulk_create([Organisation(**_copied(known))])


def test_an_auditor_has_no_records_or_deliveries_of_its_own_either(known):
    auditors = office()
    with acts(OFFICE):
        for row in (
            Delivery(owner=auditors, period=2023, content_digest="own"),
            Organisation(**_copied(known) | {"owner": auditors}),
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                row.save(force_insert=True)


def _copied(known: Organisation) -> dict[str, object]:
    fields = [field.name for field in Organisation._meta.fields if field.name != "id"]
    return {name: getattr(known, name) for name in fields} | {"number": "R77"}


def test_nobody_gives_a_mandate_in_anothers_name():
    now = timezone.now()
    with acts("nom"), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Mandate.objects.create(
            owner=party("bom"),
            auditor=office(),
            purpose="x",
            years=[2023],
            since=now,
            until=now + HOUR,
            signed_as="x",
        )


def test_a_mandate_is_given_to_auditors_alone():
    with pytest.raises(MandateRefused, match="accountantskantoor"):
        give_mandate(
            actor=actor_for("bom"),
            auditor=party("nom"),
            purpose="x",
            years=[2023],
            since=timezone.now(),
            until=timezone.now() + HOUR,
            signed_as="x",
        )
    with acts("bom") as bom, pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Mandate.objects.create(
            owner=bom,
            auditor=party("nom"),
            purpose="x",
            years=[2023],
            since=timezone.now(),
            until=timezone.now() + HOUR,
            signed_as="x",
        )


def test_what_a_mandate_says_is_never_altered():
    given = mandate("bom")
    with acts("bom"):
        for change in ({"until": timezone.now() + 100 * HOUR}, {"years": [2020]}, {"with_valuations": True}):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                Mandate.objects.filter(pk=given.pk).update(**change)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Mandate.objects.filter(pk=given.pk)._raw_delete("default")


def test_a_withdrawn_mandate_is_not_brought_back():
    given = mandate("bom")
    withdraw_mandate(actor=actor_for("bom"), mandate_id=given.pk, reason="klaar")
    with acts("bom"):
        assert Mandate.objects.filter(pk=given.pk).update(withdrawn_at=None, withdrawn_because="") == 0
    with pytest.raises(MandateRefused, match="al ingetrokken"):
        withdraw_mandate(actor=actor_for("bom"), mandate_id=given.pk, reason="nog eens")


def test_an_auditor_cannot_end_or_widen_its_mandate():
    given = mandate("bom")
    with pytest.raises(Mandate.DoesNotExist):
        withdraw_mandate(actor=actor_for(OFFICE), mandate_id=given.pk, reason="x")
    with acts(OFFICE):
        assert Mandate.objects.filter(pk=given.pk).update(withdrawn_because="x") == 0


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"until": timezone.now() - HOUR}, "verleden"),
        ({"until": timezone.now() + dt.timedelta(days=1000)}, "twee jaar"),
        ({"purpose": " "}, "waarvoor het mandaat is"),
        ({"signed_as": ""}, "functie"),
        ({"years": ()}, "één jaar"),
    ],
)
def test_a_mandate_that_says_too_little_or_too_much_is_refused(said, why):
    with pytest.raises(MandateRefused, match=why):
        mandate("bom", **said)


def test_each_look_is_told_to_whose_records_were_seen_and_to_nobody_else(known):
    given = mandate("bom")
    auditor, bom = actor_for(OFFICE), party("bom")
    with acts(OFFICE):
        looked(actor=auditor, verb="opened", kind="organisation", seen=[(bom.pk, known.pk), (party("nom").pk, 5)])
    with acts("bom"):
        (line,) = looks()
        assert (line.viewer.slug, line.mandate_id, line.objects_ids) == (OFFICE, given.pk, [known.pk])
    with acts("nom"):
        assert not looks().exists()


def test_a_look_is_never_taken_out(known):
    mandate("bom")
    with acts(OFFICE):
        looked(actor=actor_for(OFFICE), verb="opened", kind="organisation", seen=[(known.owner_id, known.pk)])
    for slug in (OFFICE, "bom"):
        with acts(slug):
            for change in (lambda: Look.objects.update(verb="x"), lambda: Look.objects.all()._raw_delete("default")):
                with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                    change()


def test_an_auditor_reads_the_trail_of_who_gave_a_mandate():
    for slug in ("bom", "nom", "rom-nederland"):
        with acts(slug):
            note(actor=actor_for(slug), verb="tried", kind="thing")
    mandate("bom")
    with acts(OFFICE):
        assert [line.owner_id for line in Entry.objects.filter(verb="tried")] == [party("bom").pk]
        assert not Entry.objects.filter(owner_id=None).exists()


def test_what_the_system_did_by_itself_is_for_who_audits_the_network():
    mandate("rom-nederland")
    with acts(OFFICE):
        assert Entry.objects.filter(owner_id=None, verb="loaded").exists()
        assert not Entry.objects.filter(owner_id=None, person_id__isnull=False).exists()


def test_the_mandates_that_stand_are_those_of_now():
    ended = mandate("bom")
    move(ended, since=-2 * HOUR, until=-HOUR)
    stands = mandate("nom")
    with acts(OFFICE):
        assert [one.pk for one in standing(party(OFFICE).pk)] == [stands.pk]
