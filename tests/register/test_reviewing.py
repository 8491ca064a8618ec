"""Who says what two records are: stewards for their own, the identity steward between agencies, and nobody twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from schakel.register.actions.judging import JudgingRefused, confirm, judge, take_back
from schakel.register.actions.leasing import HELD_FOR, lease, release
from schakel.register.models import Judgement, Lease
from schakel.register.queries import Chosen, chosen, doubts, next_doubt
from schakel.sharing.acting import acting
from schakel.sharing.reviewing import end_review
from schakel.trail.actors import Actor
from schakel.trail.models import Entry
from tests.making import actor_for, acts

from .reviewing import (
    doubted,
    entry,
    identity_steward,
    known,
    own_pair,
    person,
    settle,
    shared_pair,
    steward,
    take_part,
)

pytestmark = pytest.mark.django_db


def waits_for(actor: Actor, *, four_eyes: bool = False, **asked: object) -> list[int]:
    with acting(actor):
        return [each.pk for each in chosen(doubts(actor), Chosen(**asked), four_eyes=four_eyes)]


def last_act(slug: str) -> Entry:
    with acts(slug):
        return Entry.objects.order_by("-pk").first()


def test_a_steward_says_what_two_records_are_and_it_is_written_down():
    doubt, actor = own_pair(), steward()
    said = judge(actor=actor, doubt_id=doubt.pk, verdict="same", why=" same board ")
    with acting(actor):
        kept = Judgement.objects.get(pk=said.pk)
    assert (kept.verdict, kept.why, kept.person_id, kept.as_steward) == ("same", "same board", actor.person, False)
    assert (kept.score, kept.reasons) == (doubt.score, doubt.reasons)
    act = last_act("bom")
    assert (act.verb, act.objects_ids, act.person_id) == ("judged", [doubt.pk], actor.person)
    assert act.detail["verdict"] == "same"
    assert waits_for(actor) == []


def test_what_is_said_queues_one_round_of_joining_however_many_answers_there_are():
    actor = steward()
    for number in range(3):
        one, other = known("bom", f"A{number}"), known("bom", f"B{number}")
        judge(actor=actor, doubt_id=doubted(one, other).pk, verdict="different")
    assert ProcrastinateJob.objects.filter(task_name="register.link_all", status="todo").count() == 1


@pytest.mark.parametrize(
    ("slug", "role"), [("bom", "reader"), ("rom-nederland", "secretary"), ("bom", "investment-manager")]
)
def test_readers_and_secretaries_judge_nothing(slug, role):
    doubt = own_pair()
    with pytest.raises(JudgingRefused):
        judge(actor=person(slug, role), doubt_id=doubt.pk, verdict="same")
    with acts("bom"):
        assert not Judgement.objects.exists()


def test_a_role_elsewhere_gives_no_right_here():
    """A steward of NOM who only reads at BOM."""
    doubt = own_pair()
    held = steward("nom", name="both")
    reads = person("bom", "reader", name="both")
    for role in ("reader", ""):
        with pytest.raises(JudgingRefused):
            judge(actor=Actor(party=reads.party, person=held.person, role=role), doubt_id=doubt.pk, verdict="same")


@pytest.mark.parametrize("slug", ["nom", "liof"])
def test_what_one_does_not_see_one_does_not_judge(slug):
    doubt = own_pair()
    with pytest.raises(JudgingRefused, match=r"niet aan u|not yours"):
        judge(actor=steward(slug), doubt_id=doubt.pk, verdict="same")


@pytest.mark.parametrize("doubt_id", [0, -1, 10**12])
def test_a_doubt_that_is_not_there_is_refused(doubt_id):
    with pytest.raises(JudgingRefused):
        judge(actor=steward(), doubt_id=doubt_id, verdict="same")


@pytest.mark.parametrize("verdict", ["", "SAME", "maybe", "taken back"])
def test_only_three_things_can_be_said(verdict):
    doubt = own_pair()
    with pytest.raises(JudgingRefused):
        judge(actor=steward(), doubt_id=doubt.pk, verdict=verdict)


def test_a_pair_between_agencies_is_judged_while_both_take_part_and_not_a_moment_longer():
    doubt, actor = shared_pair(), steward("nom")
    with pytest.raises(JudgingRefused):
        judge(actor=actor, doubt_id=doubt.pk, verdict="same")
    take_part("bom", "nom")
    end_review(actor=actor_for("bom"))
    with pytest.raises(JudgingRefused):
        judge(actor=actor, doubt_id=doubt.pk, verdict="same")
    take_part("bom")
    assert judge(actor=actor, doubt_id=doubt.pk, verdict="same").owner_id == actor.party


def test_the_identity_steward_judges_between_agencies_that_take_part_and_nothing_else():
    mine, between, actor = own_pair(), doubted(known("bom", "R8"), known("nom", "R9")), identity_steward()
    take_part("bom", "nom")
    assert waits_for(actor) == [between.pk]
    with pytest.raises(JudgingRefused):
        judge(actor=actor, doubt_id=mine.pk, verdict="same")
    assert judge(actor=actor, doubt_id=between.pk, verdict="different").as_steward


def test_agencies_that_contradict_each_other_are_both_heard_and_the_disputed_pair_is_the_stewards_first():
    doubt = shared_pair(gain=1)
    other = doubted(known("bom", "R8"), known("nom", "R9"), gain=5000)
    take_part("bom", "nom")
    judge(actor=steward("bom"), doubt_id=doubt.pk, verdict="same")
    judge(actor=steward("nom"), doubt_id=doubt.pk, verdict="different")
    for slug in ("bom", "nom"):  # neither sees what the other said
        with acts(slug):
            assert Judgement.objects.count() == 1
    settle(doubt, disputed=True)
    actor = identity_steward()
    assert waits_for(actor) == [doubt.pk, other.pk]
    assert waits_for(actor, disputed=True) == [doubt.pk]
    judge(actor=actor, doubt_id=doubt.pk, verdict="different")
    assert waits_for(actor) == [other.pk]


def test_a_party_says_one_thing_at_a_time_of_a_pair():
    doubt = own_pair()
    judge(actor=steward(name="one"), doubt_id=doubt.pk, verdict="same")
    with pytest.raises(JudgingRefused):
        judge(actor=steward(name="other"), doubt_id=doubt.pk, verdict="different")


def test_who_cannot_say_is_not_asked_again_and_a_colleague_is():
    doubt, one, other = own_pair(), steward(name="one"), steward(name="other")
    judge(actor=one, doubt_id=doubt.pk, verdict="unsure")
    assert waits_for(one) == []
    assert waits_for(other) == [doubt.pk]
    assert judge(actor=one, doubt_id=doubt.pk, verdict="same").verdict == "same"  # who knows better later may say so


def test_what_was_settled_meanwhile_is_refused_and_says_so():
    doubt, actor = own_pair(), steward()
    settle(doubt, settled_at=timezone.now())
    with pytest.raises(JudgingRefused, match=r"afgehandeld|settled"):
        judge(actor=actor, doubt_id=doubt.pk, verdict="same")
    assert waits_for(actor) == []
    assert waits_for(actor, state="settled") == [doubt.pk]


# Several at once.


def test_a_pair_that_somebody_looks_at_is_nobody_elses_until_they_leave_or_time_is_up():
    doubt, one, other = own_pair(), steward(name="one"), steward(name="other")
    assert lease(actor=one, doubt=doubt)
    assert not lease(actor=other, doubt=doubt)
    with pytest.raises(JudgingRefused, match=r"kijkt hier nu naar|looking at this"):
        judge(actor=other, doubt_id=doubt.pk, verdict="same")
    assert release(actor=one) == 1
    assert lease(actor=other, doubt=doubt)
    with acting(other):
        Lease.objects.update(until=timezone.now() - dt.timedelta(seconds=1))
    assert lease(actor=one, doubt=doubt)
    assert judge(actor=one, doubt_id=doubt.pk, verdict="same")
    with acting(one):
        assert not Lease.objects.exists()


def test_an_old_lease_of_another_party_makes_room_and_a_fresh_one_does_not():
    doubt, one, other = shared_pair(), steward("bom"), steward("nom")
    take_part("bom", "nom")
    assert lease(actor=one, doubt=doubt)
    assert not lease(actor=other, doubt=doubt)
    with acting(other):
        assert Lease.objects.all().delete()[0] == 0  # the wall keeps a fresh one
    with acting(one):
        Lease.objects.update(until=timezone.now() - HELD_FOR)
    assert lease(actor=other, doubt=doubt)


def test_one_looks_at_one_pair_at_a_time_and_the_next_is_one_that_is_free():
    pairs = [doubted(known("bom", f"A{n}"), known("bom", f"B{n}"), gain=100 - n) for n in range(3)]
    one, other = steward(name="one"), steward(name="other")
    lease(actor=one, doubt=pairs[0])
    lease(actor=one, doubt=pairs[1])
    with acting(other):
        assert Lease.objects.count() == 1
        following = next_doubt(doubts(other), other)
        assert following.pk == pairs[0].pk  # which the first let go
        assert next_doubt(doubts(other), other, after=pairs[0].pk).pk == pairs[2].pk


def test_those_come_first_of_which_an_answer_teaches_and_moves_most():
    little, much, wide = (
        doubted(known("bom", f"A{n}"), known("bom", f"B{n}"), gain=gain, weight=weight)
        for n, (gain, weight) in enumerate([(10, 1), (900, 2), (500, 9)])
    )
    assert waits_for(steward()) == [wide.pk, much.pk, little.pk]


def test_filters_choose_by_whose_records_they_are():
    take_part("bom", "nom")
    own, between = own_pair(), doubted(known("bom", "R8"), known("nom", "R9"))
    published = doubted(known("bom", "R7"), entry())
    actor, nom = steward(), str(steward("nom").party)
    found = {between_: waits_for(actor, between=between_) for between_ in ("own", "register", nom, "999999")}
    assert found == {"own": [own.pk], "register": [published.pk], nom: [between.pk], "999999": []}
    assert waits_for(actor, thing="project") == []


# Two pairs of eyes.


def test_under_four_eyes_a_second_person_gives_the_same_answer_unseen(settings):
    settings.FOUR_EYES = True
    doubt, one, other = own_pair(), steward(name="one"), steward(name="other")
    first = judge(actor=one, doubt_id=doubt.pk, verdict="same")
    assert waits_for(one, four_eyes=True) == []
    assert waits_for(other, four_eyes=True) == [doubt.pk]
    with pytest.raises(JudgingRefused, match=r"collega|colleague"):
        judge(actor=one, doubt_id=doubt.pk, verdict="same")
    assert judge(actor=other, doubt_id=doubt.pk, verdict="same").confirms_id == first.pk
    assert last_act("bom").verb == "confirmed"
    assert waits_for(other, four_eyes=True) == []


def test_under_four_eyes_another_answer_confirms_nothing(settings):
    settings.FOUR_EYES = True
    doubt, one, other = own_pair(), steward(name="one"), steward(name="other")
    judge(actor=one, doubt_id=doubt.pk, verdict="same")
    assert judge(actor=other, doubt_id=doubt.pk, verdict="different").confirms_id is None


def test_nobody_confirms_their_own_answer_or_one_that_is_confirmed_or_anothers():
    doubt, one, other, third = own_pair(), *(steward(name=name) for name in ("one", "other", "third"))
    said = judge(actor=one, doubt_id=doubt.pk, verdict="same")
    for actor in (one, steward("nom"), person("bom", "reader")):
        with pytest.raises(JudgingRefused):
            confirm(actor=actor, judgement_id=said.pk)
    made = confirm(actor=other, judgement_id=said.pk)
    assert (made.confirms_id, made.verdict) == (said.pk, "same")
    for number in (said.pk, made.pk, 0):
        with pytest.raises(JudgingRefused):
            confirm(actor=third, judgement_id=number)


# Taking back.


def test_an_answer_is_taken_back_with_a_reason_and_both_lines_stay():
    doubt, actor = own_pair(), steward()
    said = judge(actor=actor, doubt_id=doubt.pk, verdict="same")
    with pytest.raises(JudgingRefused):
        take_back(actor=actor, judgement_id=said.pk, why="  ")
    undone = take_back(actor=steward(name="other"), judgement_id=said.pk, why="another board")
    assert (undone.takes_back_id, undone.verdict, undone.why) == (said.pk, "", "another board")
    assert waits_for(actor) == [doubt.pk]
    with acting(actor):
        assert Judgement.objects.count() == 2
    act = last_act("bom")
    assert (act.verb, act.kind, act.objects_ids, act.reason) == ("took back", "judgement", [said.pk], "another board")
    for number in (said.pk, undone.pk):
        with pytest.raises(JudgingRefused):
            take_back(actor=actor, judgement_id=number, why="again")
    assert judge(actor=actor, doubt_id=doubt.pk, verdict="different").verdict == "different"


def test_what_confirmed_an_answer_is_taken_back_with_it():
    doubt, one, other = own_pair(), steward(name="one"), steward(name="other")
    said = judge(actor=one, doubt_id=doubt.pk, verdict="same")
    made = confirm(actor=other, judgement_id=said.pk)
    take_back(actor=other, judgement_id=said.pk, why="wrong")
    with acting(one):
        undone = set(Judgement.objects.filter(takes_back__isnull=False).values_list("takes_back_id", flat=True))
    assert undone == {said.pk, made.pk}


@pytest.mark.parametrize("who", ["nom", "rom-nederland"])
def test_an_answer_is_its_partys_to_take_back(who):
    doubt = shared_pair()
    take_part("bom", "nom")
    said = judge(actor=steward("bom"), doubt_id=doubt.pk, verdict="same")
    actor = steward("nom") if who == "nom" else identity_steward()
    with pytest.raises(JudgingRefused):
        take_back(actor=actor, judgement_id=said.pk, why="not so")
    with pytest.raises(JudgingRefused):
        take_back(actor=person("bom", "reader"), judgement_id=said.pk, why="not so")
