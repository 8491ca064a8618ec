"""An agreement opens what it says, to whom it names, while it stands and all have signed; and not one row more."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone
from django.utils.translation import override

from schakel.innovate.models import InnovationProject, Participation
from schakel.invest.models import Fund, Investment, Position, Valuation
from schakel.network.queries import party
from schakel.register.models import Organisation
from schakel.sharing.acting import seeing_shared
from schakel.sharing.agreements import (
    AgreementRefused,
    Named,
    Opened,
    agreements,
    discard,
    draft,
    end,
    propose,
    resume,
    sign,
    suspend,
    to_sign,
)
from schakel.sharing.models import Agreement, Clause, Depth, Reach, Signatory, Standing
from schakel.sharing.opened import CardsOf, cards, counted, terms
from schakel.trail.models import Entry
from tests.making import actor_for, acts, as_owner, make, organisation

from .agreeing import HOUR, agreement, move, said
from .mandates import office

pytestmark = pytest.mark.django_db

FULL_ORGANISATIONS = Opened("organisation", Depth.FULL)


@pytest.fixture
def known():
    """Two organisations of BOM, of which one takes part in a project on energy, and one of Oost NL."""
    with acts("bom") as bom:
        first = organisation(bom, number="R1", name="Zonneveld B.V.", kvk="12345678", city="Breda")
        organisation(bom, number="R2", name="Windhoek B.V.")
        project = make(
            InnovationProject, bom, number="P1", title="Warmte", start=dt.date(2023, 1, 1), themes=["energy-transition"]
        )
        make(InnovationProject, bom, number="P2", title="Sla", start=dt.date(2023, 1, 1), themes=["food-transition"])
        make(Participation, bom, number="P1 | R1", project=project, organisation=first)
    with acts("oost-nl") as oost:
        organisation(oost, number="R1", name="Van Oost B.V.")
    return first


def seen(slug: str = "nom", model: type = Organisation) -> list[str]:
    """What the party sees of others, of those that are not its own."""
    with acts(slug) as me, seeing_shared():
        return sorted(str(one) for one in model._default_manager.exclude(owner=me))


def test_without_an_agreement_nothing_is_seen(known):
    assert seen() == []


def test_with_one_the_receiver_sees_what_it_says_and_no_other_party_does(known):
    agreement("bom", ["nom"])
    assert seen("nom") == ["Windhoek B.V.", "Zonneveld B.V."]
    for slug in ("oost-nl", "liof", "rom-nederland", "ministerie-ez", "provincie-utrecht"):
        assert seen(slug) == []
    assert seen("bom") == []  # what one gives, one does not receive


def test_it_opens_no_other_kind(known):
    agreement("bom", ["nom"])
    assert seen("nom", InnovationProject) == []
    assert seen("nom", Participation) == []


def test_pages_that_are_about_a_partys_own_see_its_own_alone(known):
    agreement("bom", ["nom"])
    with acts("nom"):
        assert not Organisation.objects.exists()
        with seeing_shared():
            assert Organisation.objects.count() == 2
            with acts("nom"):  # who begins to act anew says anew what they look at
                assert not Organisation.objects.exists()
            assert Organisation.objects.count() == 2
        assert not Organisation.objects.exists()


@pytest.mark.parametrize("signers", [[], ["bom"], ["nom"]])
def test_it_opens_nothing_before_all_have_signed(known, signers):
    agreement("bom", ["nom"], signed_by=signers)
    assert seen() == []


def test_one_of_three_that_has_not_signed_keeps_it_closed_for_all(known):
    made = agreement("bom", ["nom", "liof"], signed_by=["bom", "nom"])
    assert seen("nom") == []
    sign(actor=actor_for("liof"), agreement_id=made.pk, signed_as="directeur")
    assert seen("nom") == seen("liof") != []


def test_a_draft_is_seen_by_nobody_else(known):
    made = draft(actor=actor_for("bom"), said=said())
    with acts("nom"):
        assert not Agreement.objects.exists()
        assert not Signatory.objects.exists()
        assert not Clause.objects.exists()
    propose(actor=actor_for("bom"), agreement_id=made.pk)
    with acts("nom") as nom:
        assert [one.pk for one in agreements()] == [made.pk]
        assert [one.pk for one in to_sign(actor_for("nom"))] == [made.pk]
        assert Signatory.objects.filter(owner=nom).exists()
    with acts("oost-nl"):
        assert not agreements().exists()


@pytest.mark.parametrize("by", ["bom", "nom"])
def test_whoever_suspends_or_ends_it_closes_it_at_once_and_for_itself_alone(known, by):
    made = agreement("bom", ["nom", "liof"])
    with acts("nom"), seeing_shared():
        assert Organisation.objects.exists()
        suspend(actor=actor_for(by), agreement_id=made.pk)
        assert not Organisation.objects.exists()  # in the same transaction, at the next statement
    assert bool(seen("liof")) == (by == "nom")
    resume(actor=actor_for(by), agreement_id=made.pk)
    assert seen("nom") != []
    end(actor=actor_for(by), agreement_id=made.pk, reason="klaar")
    assert seen("nom") == []
    with pytest.raises(AgreementRefused, match=r"ended|beëindigd"):
        resume(actor=actor_for(by), agreement_id=made.pk)


def test_it_holds_by_the_clock_within_a_transaction_that_goes_on(known):
    made = agreement("bom", ["nom"])
    with acts("nom"), seeing_shared():
        assert Organisation.objects.exists()
        move(made, since=-HOUR, until=dt.timedelta(milliseconds=-1))
        assert not Organisation.objects.exists()
        move(made, since=HOUR, until=2 * HOUR)
        assert not Organisation.objects.exists()


def test_who_declines_keeps_it_closed(known):
    made = agreement("bom", ["nom", "liof"], signed_by=["bom", "nom"])
    end(actor=actor_for("liof"), agreement_id=made.pk, reason="geen belang")
    assert seen("nom") == []
    with acts("liof"):
        assert not to_sign(actor_for("liof")).exists()


def test_a_mutual_one_opens_both_sides(known):
    with acts("nom") as nom:
        organisation(nom, number="R7", name="Noorderlicht B.V.")
    agreement("bom", ["nom"], FULL_ORGANISATIONS, mutual=True)
    assert seen("nom") == ["Windhoek B.V.", "Zonneveld B.V."]
    assert seen("bom") == ["Noorderlicht B.V."]


def test_named_organisations_alone(known):
    agreement("bom", ["nom"], Opened("organisation", Depth.FULL, Reach.THINGS, ("R2", "R99")))
    assert seen("nom") == ["Windhoek B.V."]


def test_projects_of_a_theme_come_with_who_takes_part_in_them(known):
    agreement("bom", ["nom"], Opened("project", Depth.FULL, Reach.THEMES, ("energy-transition",)))
    assert seen("nom", InnovationProject) == ["Warmte"]
    assert seen("nom", Participation) == ["Zonneveld B.V. in Warmte"]
    assert seen("nom", Organisation) == ["Zonneveld B.V."]


@pytest.mark.parametrize(
    ("reach", "things", "expected"),
    [
        (Reach.ALL, (), ["Sla", "Warmte"]),
        (Reach.THINGS, ("2023/P2", "2022/P1"), ["Sla"]),
        (Reach.ORGANISATIONS, ("R1",), ["Warmte"]),
        (Reach.ORGANISATIONS, ("R2",), []),
    ],
)
def test_projects_by_each_reach(known, reach, things, expected):
    agreement("bom", ["nom"], Opened("project", Depth.FULL, reach, things))
    assert seen("nom", InnovationProject) == expected
    with acts("nom"):
        assert sorted(card.title for card in cards("project")) == expected


def test_known_tells_the_name_and_whom_to_ask_and_a_summary_a_little_more(known):
    agreement("bom", ["nom"], Opened("organisation", Depth.KNOWN))
    assert seen("nom") == []
    with acts("nom"):
        told = cards("organisation")
        assert [(one.title, one.depth, one.said) for one in told] == [
            ("Windhoek B.V.", Depth.KNOWN, {}),
            ("Zonneveld B.V.", Depth.KNOWN, {}),
        ]
    agreement("bom", ["nom"], Opened("organisation", Depth.SUMMARY, Reach.THINGS, ("R1",)))
    with acts("nom"):
        (one,) = cards("organisation", ids=[known.pk])
        assert one.depth == Depth.SUMMARY
        assert one.said["kvk"] == "12345678"
        assert one.said["city"] == "Breda"
        assert "address" not in one.said
        assert counted() == {party("bom").pk: {"organisation": {Depth.KNOWN: 1, Depth.SUMMARY: 1}}}
    with acts("oost-nl"):
        assert cards("organisation") == []
        assert counted() == {}


def test_a_list_of_cards_is_read_a_page_at_a_time(known):
    agreement("bom", ["nom"], Opened("organisation", Depth.KNOWN))
    with acts("nom"):
        everything, listed = cards("organisation"), CardsOf("organisation", party("bom").pk)
        assert len(listed) == len(everything) == 2
        assert [*listed[:1], *listed[1:5]] == everything == list(listed)
        assert listed[1] == everything[1]
        assert len(CardsOf("organisation", party("liof").pk)) == 0


def test_the_deepest_of_several_holds(known):
    agreement("bom", ["nom"], Opened("organisation", Depth.KNOWN))
    agreement("bom", ["nom"], Opened("organisation", Depth.FULL, Reach.THINGS, ("R1",)))
    assert seen("nom") == ["Zonneveld B.V."]
    with acts("nom"):
        assert {one.title: one.depth for one in cards("organisation")} == {
            "Windhoek B.V.": Depth.KNOWN,
            "Zonneveld B.V.": Depth.FULL,
        }
        assert {term.depth for term in terms("organisation")} == {Depth.KNOWN, Depth.FULL}


def test_investments_come_with_fund_and_company_and_a_valuation_only_by_itself():
    with acts("bom") as bom:
        fund = make(Fund, bom, number="F1", name="Groeifonds", capital=5_000_000)
        make(Fund, bom, number="F2", name="Ander fonds", capital=5_000_000)
        company = organisation(bom, number="R1", name="Zonneveld B.V.")
        organisation(bom, number="R2", name="Windhoek B.V.")
        make(Investment, bom, number="I1", fund=fund, organisation=company, date=dt.date(2023, 5, 1), amount=100_000)
        position = make(Position, bom, number="P1", fund=fund, organisation=company)
        Valuation.objects.create(owner=bom, position=position, value=1_000_000)
    agreement("bom", ["nom"], Opened("investment", Depth.FULL))
    assert seen("nom", Investment) == ["I1: Zonneveld B.V."]
    assert seen("nom", Fund) == ["Groeifonds"]
    assert seen("nom", Organisation) == ["Zonneveld B.V."]
    assert seen("nom", Position) == seen("nom", Valuation) == []
    agreement("bom", ["nom"], Opened("position", Depth.FULL))
    assert seen("nom", Position) == ["Groeifonds: Zonneveld B.V."]
    assert seen("nom", Valuation) == []
    agreement("bom", ["nom"], Opened("valuation", Depth.FULL))
    assert len(seen("nom", Valuation)) == 1


@pytest.mark.parametrize("change", ["insert", "update", "delete"])
def test_what_is_shared_is_only_read(known, change):
    agreement("bom", ["nom"])
    with acts("nom"), seeing_shared():
        if change == "update":
            assert Organisation.objects.filter(pk=known.pk).update(name="Anders") == 0
        elif change == "delete":
            assert Organisation.objects.filter(pk=known.pk).delete()[0] == 0
        else:
            copied = Organisation.objects.get(pk=known.pk)
            copied.pk, copied.number = None, "R9"
            with pytest.raises((ProgrammingError, DatabaseError)), transaction.atomic():
                copied.save(force_insert=True)


OTHERS = [
    ("UPDATE sharing_agreement SET purpose = 'iets anders' WHERE id = %(pk)s", 0),
    ("UPDATE sharing_agreement SET until = now() + interval '9 years' WHERE id = %(pk)s", 0),
    ("DELETE FROM sharing_agreement WHERE id = %(pk)s", 0),
    ("DELETE FROM sharing_clause WHERE agreement_id = %(pk)s", 0),
    ("DELETE FROM sharing_signatory WHERE agreement_id = %(pk)s", 0),
    ("UPDATE sharing_signatory SET suspended_at = now() WHERE agreement_id = %(pk)s AND owner_id <> %(me)s", 0),
    ("UPDATE sharing_clause SET depth = 3", None),
    ("UPDATE sharing_signatory SET gives = true", None),
    ("UPDATE sharing_signatory SET owner_id = %(me)s", None),
    (
        "INSERT INTO sharing_clause (agreement_id, kind, depth, reach, things)"
        " VALUES (%(pk)s, 'project', 3, 'all', '{}')",
        None,
    ),
    (
        "INSERT INTO sharing_signatory (agreement_id, owner_id, gives, receives, contact, signed_as, ended_because)"
        " VALUES (%(pk)s, %(me)s, false, true, '', '', '')",
        None,
    ),
    ("UPDATE sharing_signatory SET signed_as = 'iemand anders' WHERE owner_id = %(me)s", None),
]


@pytest.mark.parametrize(("statement", "touched"), OTHERS, ids=[said[:60] for said, _ in OTHERS])
@pytest.mark.parametrize("slug", ["bom", "nom", "oost-nl"])
def test_the_database_refuses_to_alter_what_was_agreed(known, slug, statement, touched):
    made = agreement("bom", ["nom"])
    with acts(slug) as me, connection.cursor() as cursor:
        values = {"pk": made.pk, "me": me.pk}
        if touched is None and not (slug == "oost-nl" and "iemand anders" in statement):
            with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
                cursor.execute(statement, values)
        else:
            cursor.execute(statement, values)
            assert cursor.rowcount == 0
    assert seen("nom") == ["Windhoek B.V.", "Zonneveld B.V."]
    assert seen("oost-nl") == []


def test_nobody_signs_for_another_nor_is_named_by_another_in_what_was_proposed(known):
    made = agreement("bom", ["nom"], signed_by=["nom"])
    with acts("nom"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sharing_signatory SET signed_at = now(), signed_as = 'x'"
            " WHERE agreement_id = %s AND signed_at IS NULL",
            [made.pk],
        )
        assert cursor.rowcount == 0
    assert seen("nom") == []


def test_the_questions_of_the_database_tell_of_the_acting_partys_own_agreements_alone(known):
    agreement("bom", ["nom"])
    with acts("oost-nl"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sharing_terms('organisation', 1)")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM sharing_agreements_named()")
        assert cursor.fetchone() == (0,)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM register_cards()")
        assert cursor.fetchone() == (0,)


REFUSED = [
    ({"title": " "}, "called"),
    ({"legal_ground": ""}, "legal ground"),
    ({"until": timezone.now() - dt.timedelta(days=1)}, "ends after"),
    ({"until": timezone.now() + dt.timedelta(days=4000)}, "ten years"),
    ({"opened": ()}, "at least one thing"),
    ({"standing": Standing.COUNT}, "figures only"),
    ({"opened": (Opened("organisation", Depth.FULL, Reach.THEMES, ("energy-transition",)),)}, "in that way"),
    ({"opened": (Opened("project", Depth.FULL, Reach.THEMES, ("zeppelins",)),)}, "zeppelins"),
    ({"opened": (Opened("secrets", Depth.FULL),)}, "nothing called"),
    ({"opened": (Opened("project", Depth.FULL, Reach.ALL, ("P1",)),)}, "which ones"),
    ({"opened": (Opened("project", Depth.FULL, Reach.THINGS),)}, "which ones"),
]


@pytest.mark.parametrize(("odd", "why"), REFUSED, ids=[why for _, why in REFUSED])
def test_what_makes_no_sense_is_refused_and_says_why(odd, why):
    with override("en"), pytest.raises(AgreementRefused, match=why):
        draft(actor=actor_for("bom"), said=dataclasses.replace(said(), **odd))
    with acts("bom"):
        assert not Agreement.objects.exists()


def test_who_may_be_a_party_to_what(known):
    bom, nom, ministry, auditor = party("bom").pk, party("nom").pk, party("ministerie-ez").pk, office().pk
    for odd in (
        (Named(bom, gives=True, receives=False),),
        (Named(bom, gives=True, receives=True), Named(bom, gives=False, receives=True)),
        (Named(nom, gives=True, receives=False), Named(ministry, gives=False, receives=True)),
        (Named(bom, gives=False, receives=True), Named(ministry, gives=True, receives=False)),
        (Named(bom, gives=True, receives=False), Named(auditor, gives=False, receives=True)),
        (Named(bom, gives=True, receives=False), Named(nom, gives=False, receives=False)),
    ):
        with pytest.raises(AgreementRefused):
            draft(actor=actor_for("bom"), said=dataclasses.replace(said(), named=odd))


def test_the_ministry_may_receive(known):
    agreement("bom", ["ministerie-ez"], Opened("organisation", Depth.KNOWN))
    with acts("ministerie-ez"):
        assert len(cards("organisation")) == 2


def test_a_draft_is_revised_or_thrown_away_by_its_drafter_alone(known):
    first = draft(actor=actor_for("bom"), said=said())
    again = draft(actor=actor_for("bom"), said=dataclasses.replace(said(), title="Beter"), instead_of=first.pk)
    with acts("bom"):
        assert [one.title for one in agreements()] == ["Beter"]
    with pytest.raises(Agreement.DoesNotExist):
        discard(actor=actor_for("nom"), agreement_id=again.pk)
    discard(actor=actor_for("bom"), agreement_id=again.pk)
    proposed = agreement("bom", ["nom"], signed_by=[])
    with pytest.raises(Agreement.DoesNotExist):
        discard(actor=actor_for("bom"), agreement_id=proposed.pk)


def test_each_act_stands_in_the_trail(known):
    made = agreement("bom", ["nom"])
    end(actor=actor_for("nom"), agreement_id=made.pk, reason="klaar")
    with as_owner():
        lines = (
            Entry.objects.filter(kind="agreement", objects_ids=[made.pk]).order_by("pk").values_list("owner_id", "verb")
        )
        bom, nom = party("bom").pk, party("nom").pk
        assert list(lines) == [(bom, "drafted"), (bom, "proposed"), (bom, "signed"), (nom, "signed"), (nom, "ended")]
