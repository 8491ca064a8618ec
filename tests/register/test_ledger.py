"""What the ledger does, told as stories: numbers that stay, people who decide, and all that can be undone."""

from __future__ import annotations

from schakel.register.ledger.lines import Line, pair
from schakel.register.ledger.saying import Saying, standing_judgements

from .ledger_stories import Story, r, two


def told(lines: list[Line]) -> list[tuple[object, ...]]:
    """Lines in short: the verb, its numbers, and the record's number."""
    return [(line.verb, line.identity, line.other, line.record[1] if line.record else None) for line in lines]


def standing(looks: dict[int, int]) -> Story:
    story = Story()
    story.deliver(looks)
    story.round()
    return story


def test_the_first_round_gives_birth_by_lowest_record() -> None:
    story = Story()
    story.deliver({3: 8, 1: 9, 2: 8})
    assert told(story.round()) == [
        ("born", 1, None, None),
        ("linked", 1, None, 1),
        ("born", 2, None, None),
        ("linked", 2, None, 2),
        ("linked", 2, None, 3),
    ]


def test_a_new_record_is_linked_to_the_identity_of_its_like_and_a_second_round_says_nothing() -> None:
    story = standing({1: 1, 2: 2})
    story.deliver({3: 2})
    assert told(story.round()) == [("linked", 2, None, 3)]
    assert story.round() == []


def test_what_stands_is_merged_by_a_person_not_by_a_delivery() -> None:
    story = standing({1: 1, 2: 2})
    story.deliver({2: 1})
    assert story.round() == []
    (wish,) = story.wishes
    assert (wish.verb, wish.one, wish.other, wish.sides) == ("merge", r(1), r(2), ((r(1),), (r(2),)))
    story.say(1, 2, "same")
    (line,) = story.round()
    assert told([line]) == [("merged", 1, 2, None)]
    assert (line.cause.by, line.cause.judgement) == ("person", 1)
    assert story.wishes == []


def test_undoing_a_merge_gives_a_new_number_and_the_old_one_leads_to_both() -> None:
    story = standing({1: 1, 2: 2, 3: 2})
    no = story.say(1, 2, "same")
    story.round()
    assert story.together() == {frozenset({1, 2, 3})}
    story.take_back(no)
    lines = story.round()
    assert told(lines) == [("split", 1, 3, None), ("moved", 3, 2, 2), ("redirected", 3, 2, None), ("moved", 3, 2, 3)]
    assert {line.cause.judgement for line in lines} == {2}
    assert story.together() == {frozenset({1}), frozenset({2, 3})}
    assert story.state.leads_to(2) == {1, 3}
    assert story.round() == []


def test_not_the_same_parts_what_stands_and_holds_until_it_is_taken_back() -> None:
    story = standing({1: 1, 2: 1, 3: 1})
    no = story.say(1, 3, "different")
    lines = story.round()
    assert told(lines) == [("split", 1, 2, None), ("moved", 2, 1, 3)]
    assert story.round() == []
    story.take_back(no)
    assert told(story.round()) == [("merged", 1, 2, None)]
    assert story.together() == {frozenset({1, 2, 3})}


def test_what_holds_to_the_parted_record_goes_with_it() -> None:
    story = standing({1: 1, 2: 1, 3: 1, 4: 1})
    story.say(3, 4, "same")
    story.say(1, 4, "different")
    story.round()
    assert story.together() == {frozenset({1, 2}), frozenset({3, 4})}


def test_where_the_joining_now_sees_two_the_parted_record_takes_its_like() -> None:
    story = standing({1: 1, 2: 1, 3: 1, 4: 1})
    story.deliver({3: 2, 4: 2})
    story.say(1, 4, "different")
    story.round()
    assert story.together() == {frozenset({1, 2}), frozenset({3, 4})}


def test_not_the_same_bars_the_roundabout_way_too() -> None:
    story = standing({1: 1, 3: 3})
    story.say(1, 3, "different")
    story.deliver({2: 1, 4: 3})
    story.round()
    story.say(1, 2, "same")
    story.say(2, 3, "same")  # would bring 1 and 3 together
    story.round()
    assert story.together() == {frozenset({1, 2}), frozenset({3, 4})}
    assert set(story.said.disputed) == {two(2, 3)}


def test_two_parties_that_contradict_each_other_leave_the_pair_apart_until_the_steward_speaks() -> None:
    story = standing({1: 1, 2: 1})
    story.say(1, 2, "different", owner=1)
    story.say(1, 2, "same", owner=2)
    story.round()
    assert set(story.said.disputed) == {two(1, 2)}
    assert story.together() == {frozenset({1}), frozenset({2})}
    story.say(1, 2, "same", owner=9, steward=True)
    story.round()
    assert story.together() == {frozenset({1, 2})}


def test_a_third_party_is_not_listened_to() -> None:
    story = standing({1: 1, 2: 2})
    story.say(1, 2, "same", owner=7)
    assert story.round() == []


def test_without_the_agreement_nobody_speaks_of_two_agencies_records_but_two_yeses_to_one_entry_link() -> None:
    entry = ("register_entry", 5)
    across = Saying(1, 1, r(1), r(2), "same", (1, 2))
    assert not standing_judgements([across]).must
    yes = [Saying(2, 1, r(1), entry, "same", (1, None)), Saying(3, 2, r(2), entry, "same", (2, None))]
    story = standing({1: 1, 2: 2})
    story.sayings = yes
    assert told(story.round())[:1] == [("merged", 1, 2, None)]
    no = [yes[0], Saying(3, 2, r(2), entry, "different", (2, None))]
    other = standing({1: 1, 2: 2})
    other.sayings = no
    other.round()
    assert other.together() == {frozenset({1}), frozenset({2})}


def test_four_eyes_wait_for_a_second_person_of_the_party() -> None:
    said = Saying(1, 1, r(1), r(2), "same", (1, 1), person=11)
    assert not standing_judgements([said], four_eyes=True).must
    own = Saying(2, 1, r(1), r(2), "same", (1, 1), person=11, confirms=1)
    assert not standing_judgements([said, own], four_eyes=True).must
    second = Saying(3, 1, r(1), r(2), "same", (1, 1), person=12, confirms=1)
    assert set(standing_judgements([said, second], four_eyes=True).must) == {pair(r(1), r(2))}


def test_clashing_numbers_part_and_nobody_can_hold_them_together() -> None:
    story = standing({1: 1, 2: 1})
    story.deliver({1: 1, 2: 1}, {1: "11111111", 2: "22222222"})
    story.say(1, 2, "same")
    assert [line.cause.rule for line in story.round()] == ["clashing-numbers"] * 2
    assert story.together() == {frozenset({1}), frozenset({2})}


def test_a_rule_that_may_merges_at_once_and_people_undo_it_for_good() -> None:
    story = standing({1: 1, 2: 2})
    story.at_once = frozenset({"number-name"})
    story.deliver({1: 1, 2: 1}, {1: "12345678", 2: "12345678"})
    assert told(story.round()) == [("merged", 1, 2, None)]
    assert story.round() == []
    story.undo(two(1, 2))
    story.round()
    assert story.together() == {frozenset({1}), frozenset({2})}
    assert story.round() == []


def test_a_merge_by_a_rule_ends_when_the_rule_no_longer_says_so() -> None:
    story = standing({1: 1, 2: 2})
    story.at_once = frozenset({"number-name"})
    story.deliver({1: 1, 2: 1}, {1: "12345678", 2: "12345678"})
    story.round()
    story.deliver({2: 2})
    story.round()
    assert story.together() == {frozenset({1}), frozenset({2})}
    assert story.state.leads_to(2) == {1, 3}


def test_what_is_new_joins_what_it_is_surest_of_and_merges_nothing() -> None:
    story = standing({1: 1, 2: 2})
    story.at_once = frozenset({"number-name"})
    story.deliver({2: 1, 3: 1}, {2: "12345678", 3: "12345678"})
    assert told(story.round()) == [("linked", 2, None, 3)]
    assert [wish.verb for wish in story.wishes] == ["merge"]


def test_a_record_linked_after_a_merge_goes_where_its_like_is_when_the_merge_is_undone() -> None:
    story = standing({1: 1, 2: 2})
    no = story.say(1, 2, "same")
    story.round()
    story.deliver({3: 2})
    story.round()
    assert story.together() == {frozenset({1, 2, 3})}
    story.take_back(no)
    story.round()
    assert story.together() == {frozenset({1}), frozenset({2, 3})}
    assert story.round() == []


def test_a_withdrawn_record_keeps_its_place_for_when_it_returns() -> None:
    story = standing({1: 1, 2: 1})
    gone = story.delivered.pop(1)
    assert story.round() == []
    story.delivered[1] = gone
    assert story.round() == []
    assert story.together() == {frozenset({1, 2})}
