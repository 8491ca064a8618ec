"""What takes too long is broken off, and nothing else is."""

from __future__ import annotations

from threading import Event

import pytest

from schakel.figures.counting.patience import Watch

LONG = 30.0  # seconds in which a thread has had its turn on any machine


def test_what_takes_too_long_is_broken_off() -> None:
    broken = Event()
    with Watch().over(0.01, broken.set):
        assert broken.wait(LONG)


def test_what_may_take_less_long_is_broken_off_before_what_began_earlier() -> None:
    watch, patient, hasty = Watch(), Event(), Event()
    with watch.over(3600, patient.set):
        with watch.over(0.01, hasty.set):
            assert hasty.wait(LONG)
        assert not patient.is_set()


@pytest.mark.parametrize("fails", [False, True])
def test_what_has_ended_is_never_broken_off(fails: bool) -> None:
    watch, ended, later = Watch(), Event(), Event()
    try:
        with watch.over(0.05, ended.set):
            assert not fails
    except AssertionError:
        assert fails
    with watch.over(0.1, later.set):  # which is looked at after the moment of the first
        assert later.wait(LONG)
    assert not ended.is_set()


def test_one_thread_watches_again_and_again() -> None:
    watch = Watch()
    for _ in range(3):
        broken = Event()
        with watch.over(0.01, broken.set):
            assert broken.wait(LONG)
