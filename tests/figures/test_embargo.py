"""Nothing under embargo is visible before its time (trap 13), whatever people do and whoever asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.editions import EMBARGO, NOW, Decision, Edition, decide, opened, year_state
from schakel.figures.gate import Gate

YEAR = 2023
START = dt.datetime(2024, 5, 1, 9, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
READER, MAKER = Audience(), Audience(agency="bom", maker=True)
BODIES = (1, 2, 3)


def _question(closing: int | None, audience: Audience = READER, year: object = YEAR) -> Question:
    return Question("figures", ("innovation_projects",), (), {"year": [year]}, audience, closing)


@dataclass
class Told:
    """What people know to be so, kept by hand: the plainest telling of the rule, beside the one that is tested."""

    edition: Edition
    said: dict[int, bool] = field(default_factory=dict)
    opened: bool = False

    def look(self, now: dt.datetime) -> None:
        hour = self.edition.publish_at
        in_time = self.edition.publication is not None and hour is not None and hour <= now
        if in_time and all(self.said.get(body) for body in self.edition.bodies):
            self.opened = True


class Publishing(RuleBasedStateMachine):
    """The makers close, prepare, set hours, withdraw; bodies approve and refuse; time goes by."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.bodies = START, frozenset(BODIES[:1])
        self.told: list[Told] = []
        self.gate = Gate(lambda: [told.edition for told in self.told], lambda: self.now)

    def _pass(self, minutes: int = 1) -> None:
        self.now += minutes * MINUTE
        for told in self.told:
            told.look(self.now)

    def _change(self, **changed: object) -> None:
        self.told[-1].edition = replace(self.told[-1].edition, **changed)

    def _running(self) -> bool:
        return bool(self.told) and not self.told[-1].opened

    @rule()
    def close(self) -> None:
        self._pass()
        version = len(self.told) + 1
        self.told.append(Told(Edition(100 + version, YEAR, version, bodies=self.bodies)))

    @precondition(lambda self: self._running())
    @rule()
    def prepare(self) -> None:
        self._pass()
        if self._running():
            self._change(publication=self.told[-1].edition.closing)

    @precondition(lambda self: self._running() and self.told[-1].edition.publication)
    @rule(ahead=st.integers(0, 10))
    def set_hour(self, ahead: int) -> None:
        self._pass()
        if self._running():
            self._change(publish_at=self.now + ahead * MINUTE)
            self.told[-1].look(self.now)

    @precondition(lambda self: self._running())
    @rule()
    def withdraw(self) -> None:
        self._pass()
        if self._running():
            self._change(publication=None, publish_at=None)

    @precondition(lambda self: self.told)
    @rule(body=st.sampled_from(BODIES), approved=st.booleans(), which=st.integers(0, 5))
    def decide(self, body: int, approved: bool, which: int) -> None:  # also of what is open already
        self._pass()
        told = self.told[which % len(self.told)]
        told.said[body] = approved
        said = (*told.edition.decisions, Decision(body, approved, self.now))
        told.edition = replace(told.edition, decisions=said)
        told.look(self.now)

    @precondition(lambda self: self._running())
    @rule(bodies=st.sets(st.sampled_from(BODIES)))
    def change_bodies(self, bodies: set[int]) -> None:
        self._pass()
        if self._running():
            self.bodies = frozenset(bodies)
            self._change(bodies=self.bodies)
            self.told[-1].look(self.now)

    @rule(minutes=st.integers(1, 15))
    def wait(self, minutes: int) -> None:
        self._pass(minutes)

    @invariant()
    def a_reader_reads_what_is_open_and_nothing_else(self) -> None:
        editions = [told.edition for told in self.told]
        visible = [told.edition for told in self.told if told.opened]
        assert set(opened(editions, self.now)) == {edition.closing for edition in visible}
        for stand in ("", NOW, EMBARGO, *(str(edition.version) for edition in editions)):
            found = decide(editions, period=YEAR, maker=False, now=self.now, stand=stand)
            assert (found is None) == (not visible)
            if found is not None:
                assert found.closing in {edition.closing for edition in visible}
                assert found.pending is None
                assert found.published_at is not None
                assert found.published_at <= self.now

    @invariant()
    def the_counter_tells_a_reader_what_is_open_and_nothing_else(self) -> None:
        assert _refused(self.gate, _question(None))
        for told in self.told:
            assert _refused(self.gate, _question(told.edition.closing)) is not told.opened
            assert not _refused(self.gate, _question(told.edition.closing, MAKER))
        assert self.gate.years() == ([YEAR] if any(told.opened for told in self.told) else [])

    @invariant()
    def a_maker_always_reads_something_and_is_told_how_it_stands(self) -> None:
        editions = [told.edition for told in self.told]
        found = decide(editions, period=YEAR, maker=True, now=self.now)
        assert found is not None
        assert found.live is not any(told.opened for told in self.told)
        assert found.public is not found.live
        state = year_state(editions, period=YEAR, now=self.now)
        assert (state in ("published", "revised")) is found.public


def _refused(gate: Gate, question: Question) -> bool:
    try:
        gate.check(question)
    except QuestionError:
        return True
    return False


TestPublishing = Publishing.TestCase
TestPublishing.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)


def _edition(**changed: object) -> Edition:
    usual = Edition(7, YEAR, 1, 70, START, frozenset({1, 2}), (Decision(1, True, START), Decision(2, True, START)))
    return replace(usual, **changed)


def test_it_opens_at_its_hour_and_not_a_moment_before() -> None:
    moment = dt.timedelta(microseconds=1)
    for asked, there in ((START - moment, False), (START, True), (START + moment, True)):
        assert (decide([_edition()], period=YEAR, maker=False, now=asked) is not None) is there


def test_one_body_that_has_not_spoken_or_refused_holds_it_however_late_it_is() -> None:
    late = START + dt.timedelta(days=400)
    waits = _edition(decisions=(Decision(1, True, START),))
    refused = _edition(decisions=(*waits.decisions, Decision(2, False, START)))
    assert not waits.is_open(late)
    assert not refused.is_open(late)


def test_a_refusal_after_it_opened_takes_nothing_back() -> None:
    later = Decision(2, False, START + MINUTE)
    said = _edition(decisions=(*_edition().decisions, later))
    assert said.is_open(START + 2 * MINUTE)
    assert said.opens_at() == START


def test_the_last_approval_after_the_hour_opens_it_then() -> None:
    said = _edition(decisions=(Decision(1, True, START), Decision(2, True, START + 5 * MINUTE)))
    assert said.opens_at() == START + 5 * MINUTE


@pytest.mark.parametrize("year", [2022, "2022", None])
def test_a_published_closing_says_nothing_of_another_year(year: object) -> None:
    gate = Gate(lambda: [_edition()], lambda: START)
    assert not _refused(gate, _question(7, year="2023"))
    assert _refused(gate, _question(7, year=year))
    assert _refused(gate, Question("figures", audience=READER, vintage=7))
    assert _refused(gate, Question("records", ("innovation_projects",), filters={"year": [YEAR, 2022]}, vintage=7))


def test_makers_choose_which_figures_of_a_year_they_read() -> None:
    revision = _edition(closing=8, version=2, publication=80, publish_at=START + MINUTE)
    known = [_edition(), revision]
    usual = decide(known, period=YEAR, maker=True, now=START)
    assert usual is not None
    assert (usual.closing, usual.state, usual.newest) == (7, "published", 1)
    assert usual.pending == revision
    now = decide(known, period=YEAR, maker=True, now=START, stand=NOW)
    assert now is not None
    assert (now.closing, now.state) == (None, "embargoed")
    held = decide(known, period=YEAR, maker=True, now=START, stand=EMBARGO)
    assert held is not None
    assert (held.closing, held.state, held.embargoed) == (8, "embargoed", True)


def test_a_revision_leaves_the_old_version_readable_under_its_number() -> None:
    known = [_edition(), _edition(closing=8, version=2, publication=80, publish_at=START + MINUTE)]
    later = START + 2 * MINUTE
    usual = decide(known, period=YEAR, maker=False, now=later)
    before = decide(known, period=YEAR, maker=False, now=later, stand="1")
    assert usual is not None
    assert before is not None
    assert (usual.closing, usual.state, usual.superseded) == (8, "revised", False)
    assert (before.closing, before.state, before.superseded) == (7, "published", True)


def test_a_closing_that_nobody_prepared_is_no_more_certified_than_the_year_is() -> None:
    closed = Edition(7, YEAR, 1)
    for certified, state in ((True, "certified"), (False, "provisional")):
        assert year_state([closed], period=YEAR, now=START, certified=certified) == state
        for stand, live in (("", True), ("1", False)):
            found = decide([closed], period=YEAR, maker=True, now=START, stand=stand, certified=certified)
            assert found is not None
            assert (found.state, found.live, found.public) == (state, live, False)
        assert decide([closed], period=YEAR, maker=False, now=START, stand="1", certified=certified) is None
