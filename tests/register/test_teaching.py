"""What people's decisions teach the weights: as much as they show, no more than they may, and held against others."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.register.matching import Model
from schakel.register.matching.frequencies import BIT
from schakel.register.matching.model import FIELDS, GENERAL, Side
from schakel.register.matching.teaching import LEAP, SHOWN, Decided, TooFewError, decided, taught_by, teach

PRIOR = -6 * BIT
SCORE = -BIT
MODEL = Model(entry=Side(GENERAL, PRIOR), record=Side(GENERAL, PRIOR))
LEVELS = {"name": ("same", "typo", "part", "some"), "place": ("city", "moved", "away"), "web": ("same", "differ")}
# Lists in which companies move much and abbreviate little: not what general knowledge says.
TRUE = {("place", "away"): 2 * BIT, ("name", "part"): -2 * BIT}
ZONNEVELD = {"name": "Zonneveld Energie B.V.", "city": "Breda", "legal_form": "B.V."}


def weight(model: Model, field: str, level: str) -> int:
    return model.record.weights[field][level]


def pair(rng: Random, group: int) -> Decided:
    """Two records of those lists, and whether they are one."""
    shown = {field: rng.choice(levels) for field, levels in LEVELS.items() if rng.random() < 0.9}
    said = rng.randint(6, 22) * BIT
    score = said + PRIOR + sum(weight(MODEL, *at) + TRUE.get(at, 0) for at in shown.items())
    return Decided(shown, said, rng.random() < 1 / (1 + 2 ** (-score / BIT)), group)


def believed(model: Model, one: Decided) -> int:
    return one.said + model.record.prior + sum(weight(model, *at) for at in one.levels.items())


def doubtful(many: int, seed: int) -> list[Decided]:
    """Pairs that people are asked of: those that the model is not sure of."""
    rng, found = Random(seed), []
    while len(found) < many:
        one = pair(rng, len(found))
        if abs(believed(MODEL, one)) < 4 * BIT:
            found.append(one)
    return found


def surprise(scores: list[int], pairs: list[Decided]) -> float:
    """Bits a pair, of scores for these pairs."""
    towards = [score if one.same else -score for score, one in zip(scores, pairs, strict=True)]
    return math.fsum(math.log2(1 + 2 ** (-each / BIT)) for each in towards) / len(pairs)


@pytest.mark.parametrize("seed", range(5))
def test_decisions_on_the_doubtful_alone_make_the_weights_foretell_all_pairs_better(seed: int):
    lesson = teach(MODEL, doubtful(400, seed))
    assert weight(lesson.model, "place", "away") > weight(MODEL, "place", "away") + BIT // 2
    assert weight(lesson.model, "name", "part") < weight(MODEL, "name", "part") - BIT // 2
    assert lesson.helps
    rng = Random(100 + seed)
    every = [pair(rng, n) for n in range(4000)]
    before, after = (surprise([believed(model, one) for one in every], every) for model in (MODEL, lesson.model))
    best = surprise([believed(MODEL, one) + sum(TRUE.get(at, 0) for at in one.levels.items()) for one in every], every)
    assert after - best < (before - best) / 2


def test_decisions_that_say_what_the_model_says_change_little():
    rng = Random(3)
    agreeing = [
        replace(one, same=rng.random() < 1 / (1 + 2 ** (-believed(MODEL, one) / BIT))) for one in doubtful(400, 3)
    ]
    assert all(abs(each.after - each.before) < BIT for each in teach(MODEL, agreeing).moved)


def test_what_is_only_chance_does_not_pass_for_help():
    rng = Random(4)
    known = [replace(one, same=rng.random() < 1 / (1 + 2 ** (-believed(MODEL, one) / BIT))) for one in doubtful(60, 4)]
    lesson = teach(MODEL, known)
    assert not lesson.helps
    assert lesson.after.surprise > lesson.before.surprise


def test_pairs_that_share_a_record_are_held_out_together():
    """One record in all pairs: then each is judged by nothing that was learned from the others."""
    lesson = teach(MODEL, [replace(one, group=0) for one in doubtful(100, 5)])
    assert lesson.after == lesson.before
    assert not lesson.helps


def test_how_common_the_same_is_among_the_asked_moves_neither_prior_nor_thresholds():
    lesson = teach(MODEL, doubtful(200, 6))
    assert (lesson.model.record.prior, lesson.model.join, lesson.model.sure) == (PRIOR, MODEL.join, MODEL.sure)
    assert lesson.model.entry == MODEL.entry  # entries have odds of their own
    assert lesson.model.record.weights["number"] == GENERAL["number"]


def test_few_decisions_teach_nothing():
    with pytest.raises(TooFewError, match="39 decisions"):
        teach(MODEL, doubtful(39, 7))
    with pytest.raises(TooFewError, match="0 the same"):
        teach(MODEL, [replace(one, same=False) for one in doubtful(100, 7)])


def test_what_rules_decide_teaches_nothing():
    sister = ZONNEVELD | {"name": "Zonneveld Energie Holding B.V."}
    form = ZONNEVELD | {"name": "Stichting Zonneveld Energie", "legal_form": "Stichting"}
    for other in (sister, form):
        assert decided(ZONNEVELD, other, score=SCORE, same=True, model=MODEL) is None
    found = decided(ZONNEVELD, ZONNEVELD | {"name": "Zonnevelt Energie B.V."}, score=SCORE, same=True, model=MODEL)
    assert found is not None
    assert (found.levels["name"], found.levels["place"]) == ("typo", "city")
    weights = weight(MODEL, "name", "typo") + weight(MODEL, "place", "city") + weight(MODEL, "form", "same")
    assert found.said == SCORE - PRIOR - weights


def test_a_shared_number_is_in_the_score_and_not_learned():
    with_number = ZONNEVELD | {"kvk": "12345678"}
    without = decided(ZONNEVELD, ZONNEVELD, score=SCORE, same=True, model=MODEL)
    found = decided(with_number, with_number, score=SCORE, same=True, model=MODEL)
    assert found == without
    assert found is not None
    assert found.levels.keys() == {"name", "place", "form"}


PAIRS = st.lists(
    st.builds(
        Decided,
        st.dictionaries(st.sampled_from(FIELDS), st.just("same")).map(dict)
        | st.fixed_dictionaries({}, optional={field: st.sampled_from(levels) for field, levels in LEVELS.items()}),
        st.integers(-20 * BIT, 40 * BIT),
        st.booleans(),
        st.integers(0, 5),
    ),
    max_size=30,
)


@settings(max_examples=100)
@given(PAIRS, st.randoms(use_true_random=False))
def test_no_weight_moves_further_than_it_may_nor_unless_it_was_shown(pairs: list[Decided], rng: Random):
    pairs = [one for one in pairs if one.levels.get("place") != "same"]
    taught = taught_by(MODEL, pairs)
    old, new = MODEL.record, taught.record
    assert (new.prior, taught.entry) == (old.prior, MODEL.entry)
    for field, levels in old.weights.items():
        assert new.weights[field].keys() == levels.keys()
        for level, was in levels.items():
            shown = sum(one.levels.get(field) == level for one in pairs)
            moved = new.weights[field][level] - was
            assert abs(moved) <= LEAP
            assert moved == 0 or shown >= SHOWN
    mixed = list(pairs)
    rng.shuffle(mixed)
    if len(pairs) >= 40:
        assert teach(MODEL, mixed) == teach(MODEL, pairs)
