"""Weights learned from what people decided: kept beside the others, used only once chosen, and given up again."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction

from schakel.register.actions import anything_to_link
from schakel.register.actions.teaching import LearningRefused, choose, learn
from schakel.register.matching.teaching import TooFewError
from schakel.register.models import Decision, Judgement, LinkingModel, ModelChoice
from schakel.register.queries import model_version
from schakel.register.weighing import newest_model
from schakel.sharing.roles import LINKER, database_role
from schakel.trail.models import Entry
from tests.making import acts

from .test_heard import entry, known, linked, say, take_back

pytestmark = pytest.mark.django_db
MANY = 20
_SOUNDS = ("ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu")


def word(n: int) -> str:
    """A name of its own."""
    return (_SOUNDS[n // 10] + _SOUNDS[n % 10] + "vink").capitalize()


def pairs_of_bom() -> list[tuple[int, int, bool]]:
    """Companies that BOM knows twice: those that moved are one, those of which a word is other in one place are two."""
    found = []
    for n in range(MANY):
        one = known("bom", f"A{n}", name=f"{word(n)} Techniek B.V.", city="Breda")
        other = known("bom", f"B{n}", name=f"{word(n)} Techniek B.V.", city="Assen")
        found.append((one, other, True))
        one = known("bom", f"C{n}", name=f"{word(n + 50)} Techniek B.V.", city="Breda")
        other = known("bom", f"D{n}", name=f"{word(n + 50)} Transport B.V.", city="Breda")
        found.append((one, other, False))
    return found


def decided(pairs: list[tuple[int, int, bool]]) -> list[Judgement]:
    """What is said of them, each as doubtful as the others, with what the page keeps of a judgement."""
    with acts("bom"):
        kept = {"score": -1500, "version": model_version()}
    return [say("bom", one, other, "same" if same else "different", **kept) for one, other, same in pairs]


def versions() -> list[str]:
    with acts("bom"):
        return list(LinkingModel.objects.order_by("pk").values_list("version", flat=True))


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("learn", *words, stdout=out)
    return out.getvalue()


def test_what_people_decided_is_learned_kept_and_used_once_it_is_chosen():
    pairs = pairs_of_bom()
    linked()
    decided(pairs)
    linked()
    (lists,) = versions()
    with database_role(LINKER):
        taught = learn()
    lesson = taught.lesson
    assert (lesson.same, lesson.different) == (MANY, MANY)
    assert lesson.after.surprise < lesson.before.surprise
    moved = {(each.field, each.level): each.after - each.before for each in lesson.moved}
    assert moved["place", "away"] > 0
    assert versions() == [lists, taught.version]
    with acts("bom"):
        assert model_version() == lists  # kept beside the old, and used by nothing
    linked()
    with database_role(LINKER):
        assert Decision.objects.latest("pk").version == lists
        choose(taught.version)
        assert anything_to_link()
    known("bom", "Z", name="Een nieuwe B.V.")
    linked()
    with database_role(LINKER):
        assert Decision.objects.latest("pk").version == taught.version
        assert newest_model().record.weights == lesson.model.record.weights
    assert versions() == [lists, taught.version]
    with database_role(LINKER):
        again = learn()  # from what the lists taught, and not from itself: no decision counts twice
        assert (again.version, again.began, again.lesson) == (taught.version, lists, lesson)
        choose(None)
    known("bom", "ZZ", name="Nog een nieuwe B.V.")
    linked()
    with database_role(LINKER):
        assert Decision.objects.latest("pk").version != taught.version
        assert Entry.objects.filter(verb="chose model").count() == 2


def test_what_no_longer_holds_teaches_nothing():
    pairs = pairs_of_bom()[:10]
    linked()
    said = decided(pairs)
    for one in said[:-4]:
        take_back("bom", one)
    linked()
    with database_role(LINKER), pytest.raises(TooFewError, match="4 decisions can teach"):
        learn()


def test_the_command_tells_before_and_after_and_what_moved_in_words():
    one = known("bom", name="Zonneveld Energie B.V.", city="Breda")
    published = entry("12345678", "Zonneveld Energie B.V.", city="Assen")
    linked()
    say("bom", one, published, "same", kind_b="register_entry", score=-500, version=versions()[0])
    decided(pairs_of_bom())
    linked()
    said = told()
    assert f"{MANY} pairs decided the same, {MANY} not the same" in said
    assert "before: " in said
    assert "Address, another place: " in said
    version = versions()[-1]
    assert f"schakel learn --use {version}" in said
    assert "Rounds learn from the lists each time." in told("--list")
    assert f"rounds go by {version}" in told("--use", version)
    assert f"{2 * MANY} decisions, from {versions()[-2]}  in use" in told("--list")
    assert "rounds learn from the lists" in told("--anew")
    assert "Rounds learn from the lists each time." in told("--list")


def test_what_cannot_be_learned_or_chosen_says_why():
    with pytest.raises(CommandError, match="no weights yet"):
        told()
    known("bom", name="Zonneveld Energie B.V.")
    linked()
    with pytest.raises(CommandError, match="0 decisions can teach") as few:
        told()
    assert few.value.returncode == 1
    with pytest.raises(CommandError, match="no version 'beter'") as wrong:
        told("--use", "beter")
    assert wrong.value.returncode == 2
    with database_role(LINKER), pytest.raises(LearningRefused):
        choose("beter")


def test_nobody_else_chooses_and_no_choice_is_altered():
    for work in (
        lambda: ModelChoice.objects.create(model=None),
        lambda: ModelChoice.objects.update(model=None),
        lambda: LinkingModel.objects.create(version="eigen", weights={}),
    ):
        with acts("bom"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            work()
    with database_role(LINKER):
        choose(None)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            ModelChoice.objects.all().delete()
