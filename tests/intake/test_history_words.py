"""Who did what is told in words: each thing that the trail says of a delivery has some, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import schakel
from schakel.intake.views.history import TOLD, acts_on
from schakel.trail.actions import note
from tests.intake.delivering import send, write
from tests.making import actor_for, acts

CODE = Path(schakel.__file__).parent


def said_of(kind: str) -> Iterator[tuple[str, str]]:
    """Every verb that the code writes into the trail about this kind, with where."""
    for path in sorted(CODE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "note":
                said = {word.arg: word.value for word in call.keywords}
                about = said.get("kind")
                if isinstance(about, ast.Constant) and about.value == kind:
                    verb = said["verb"]
                    yield verb.value if isinstance(verb, ast.Constant) else "", f"{path.name}:{call.lineno}"


def test_every_verb_about_a_delivery_has_words():
    found = list(said_of("delivery"))
    assert len(found) > 20
    assert [place for verb, place in found if verb not in TOLD] == []


@pytest.mark.parametrize("verb", sorted(TOLD))
def test_the_words_are_translated(verb):
    with translation.override("en"):
        english = str(TOLD[verb])
    with translation.override("nl"):
        assert str(TOLD[verb]) != english


@pytest.mark.django_db
def test_no_verb_is_shown_as_the_trail_keeps_it(tmp_path):
    delivery = send("bom", write(tmp_path / "bom"), accept=False).delivery
    with acts("bom"):
        for verb in (*TOLD, "frobnicated"):
            note(actor=actor_for("bom"), verb=verb, kind="delivery", objects=[delivery.pk])
        with translation.override("nl"):
            told = [act.what for act in acts_on(delivery)]
    assert len(told) == 20
    assert "werkte eraan" in told
    assert not set(told) & {"frobnicated", *TOLD}
