"""Every change is a line, and every line has words: looked for in the code itself, so that what is new is found too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import schakel
from schakel.intake.models import VerdictKind
from schakel.trail.acts import Family, act, all_kinds, declare, declare_kinds, verbs

ROOT = Path(schakel.__file__).parent
WRITERS = {"note", "saw", "looked"}
SIGNING = {"told", "told_by"}
CHANGES = {"save", "create", "bulk_create", "update", "delete", "update_or_create", "get_or_create", "bulk_update"}
# What is done in a transaction of an acting party and is no act of anybody: each with why it is no line of its own.
NO_LINE = {
    "documents/taking_along.py:write": "asking for all that a party has, making it and fetching it are the lines",
    "figures/actions/alerts.py:tell_of_publication": "it puts items in inboxes, and each of these is a line",
    "intake/actions/caring.py:settle_handings": "follows from checking, which is a line",
    "intake/actions/examining.py:say_progress": "how far work is; the work is a line",
    "intake/actions/examining.py:say_stopped": "that work stopped; it is tried again or told to a person",
    "intake/actions/receiving.py:add_file": "keeping the file is the line",
    "intake/actions/receiving.py:ask_examination": "the system's own; who sent it is a line",
    "intake/actions/recording.py:settle_by_names": "records by name ask for no mapping; receiving them is a line",
    "intake/actions/typing.py:keep_record": "it begins and accepts a delivery, and both are lines",
    "intake/differing.py:difference": "what would be done, and undone again",
    "register/actions/leasing.py:lease": "who looks at a question for the moment, so that no two do",
    "register/actions/leasing.py:release": "the same, over",
    "register/actions/leasing.py:release_of": "the same, over",
}


@cache
def modules() -> dict[Path, ast.Module]:
    """All code, but that of migrations and of the demonstration."""
    paths = (path for path in ROOT.rglob("*.py") if not {"migrations", "demo"} & set(path.parts))
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def called(node: ast.AST) -> str:
    """The name of the function that a call calls; empty for what is no call."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def texts(node: ast.AST | None) -> Iterator[str]:
    """The texts that an expression can be: itself, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


def written(tree: ast.Module, word: str) -> Iterator[str]:
    """What stands for ``word`` (verb, kind) wherever a line is written."""
    for node in ast.walk(tree):
        if called(node) in WRITERS:
            yield from (text for given in node.keywords if given.arg == word for text in texts(given.value))  # type: ignore[attr-defined]
        elif word == "verb" and called(node) in SIGNING:
            yield from (text for given in node.args for text in texts(given))  # type: ignore[attr-defined]
        elif word == "verb" and isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "verb":
            yield from texts(node.value)


def test_every_verb_that_is_written_has_words():
    found = {verb for tree in modules().values() for verb in written(tree, "verb")} | set(VerdictKind.values)
    known = {verb for verb, _kind in verbs()}
    assert len(found) > 100
    assert not found - known, f"say in the room's acts.py what people read for: {sorted(found - known)}"


def test_every_kind_that_is_written_has_words():
    found = {kind for tree in modules().values() for kind in written(tree, "kind")}
    assert not found - set(all_kinds()), f"say in the room's acts.py what these are called: {sorted(found)}"


def test_a_verb_is_said_in_one_way():
    with pytest.raises(ValueError, match="two ways"):
        declare(Family.CHANGE, {"opened": ("opende", "opened")})
    with pytest.raises(ValueError, match="two ways"):
        declare_kinds({"agreement": ("contract", "contract")})
    assert act("opened", "year") != act("opened", "project")
    assert act("unheard of") is None


def functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    """The functions of a module by name."""
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def reached(name: str, known: dict[str, ast.FunctionDef], seen: set[str]) -> Iterator[str]:
    """What a function calls, and what those of the same module that it calls do."""
    seen.add(name)
    for node in ast.walk(known[name]):
        other = called(node)
        if other:
            yield other
        if other in known and other not in seen:
            yield from reached(other, known, seen)


def unsaid() -> Iterator[str]:
    """Acts (public, for an actor, in their transaction) that change something and write no line."""
    for path, tree in modules().items():
        known = functions(tree)
        for name, node in known.items():
            acts = not name.startswith("_") and any(given.arg == "actor" for given in node.args.kwonlyargs)
            calls = set(reached(name, known, set())) if acts else set()
            if "acting" in calls and calls & CHANGES and not calls & (WRITERS | SIGNING):
                yield f"{path.relative_to(ROOT)}:{name}"


def test_every_act_that_changes_something_writes_a_line():
    assert set(unsaid()) == set(NO_LINE)


PROBLEM = "application/problem+json"  # says what was wrong, and is no file
FILES = {"FileResponse", "StreamingHttpResponse", "csv_response", "xlsx_response"}
GATES = {"for_parties", "for_readers", "for_administrators", "reviewing"}
NOTED_THERE = {"note_export"}  # actions that views call for the line


def leaves(node: ast.FunctionDef) -> bool:
    """Whether what a view answers with is a file: made as one, named as one, or of another content than a page."""
    named = any(isinstance(one, ast.Constant) and one.value == "Content-Disposition" for one in ast.walk(node))
    keywords = [given for call in ast.walk(node) if isinstance(call, ast.Call) for given in call.keywords]
    typed = any(given.arg == "content_type" and PROBLEM not in texts(given.value) for given in keywords)
    return named or typed


def exports() -> Iterator[tuple[str, bool]]:
    """Each view for people of a party that answers with a file, and whether it writes a line."""
    for path, tree in modules().items():
        known = functions(tree)
        for name, node in known.items():
            gated = {called(one) or getattr(one, "id", "") for one in node.decorator_list} & GATES
            calls = set(reached(name, known, set()))
            within = [known[one] for one in calls | {name} if one in known]
            if gated and (calls & FILES or any(map(leaves, within))):
                yield f"{path.relative_to(ROOT)}:{name}", bool(calls & (WRITERS | NOTED_THERE))


def test_whatever_leaves_as_a_file_writes_a_line_of_its_own():
    found = dict(exports())
    assert len(found) >= 9
    assert [name for name, noted in found.items() if not noted] == []
