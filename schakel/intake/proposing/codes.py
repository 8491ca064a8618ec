"""Translating a sender's values to a field's codes: by label, by synonym, as others do, or by likeness."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from schakel.intake.kinds import Field
from schakel.intake.proposing.folding import fold, near
from schakel.intake.proposing.headers import Word, likeness, read
from schakel.intake.proposing.meanings import Meaning

LIKE = 0.72  # likeness of words from which a value is taken for a code
LONGEST = 48  # characters; what is longer is no code


class _Name(NamedTuple):
    """One way to write a code."""

    code: str
    folded: str
    together: str
    words: tuple[Word, ...]
    marks: frozenset[str]  # words and concepts: without one in common, two names are not alike


def translate(meaning: Meaning, value: str) -> tuple[str, float]:
    """The code that ``value`` most likely is, and how sure (1: written so); ("", 0) if none."""
    folded = fold(value)
    if folded in meaning.codes:
        return meaning.codes[folded], 1.0
    return _by_name(meaning.field, folded) if 0 < len(folded) <= LONGEST else ("", 0.0)


@lru_cache(maxsize=65536)
def _by_name(field: Field, folded: str) -> tuple[str, float]:
    names = _names(field)
    value = _name("", folded)
    exact = next((name.code for name in names if name.together == value.together), "")
    if exact:
        return exact, 1.0
    like, code = max(((_alike(value, name), name.code) for name in names), key=lambda found: found[0])
    return (code, like) if like >= LIKE else ("", 0.0)


@lru_cache(maxsize=1024)
def _names(field: Field) -> tuple[_Name, ...]:
    return tuple(
        _name(code.value, fold(text))
        for code in field.codes
        for text in (code.labels.nl, code.labels.en, code.value, *code.synonyms)
    )


def _name(code: str, folded: str) -> _Name:
    words = read(folded)
    marks = {word.text for word in words} | {concept for word in words for concept in word.concepts}
    return _Name(code, folded, folded.replace(" ", ""), words, frozenset(marks))


def _alike(value: _Name, name: _Name) -> float:
    shorter, longer = sorted((value.folded, name.folded), key=len)
    if len(shorter) >= 4:
        if longer.startswith(shorter):
            return 0.85 if len(shorter) >= 0.5 * len(longer) else 0.75
        if f" {shorter} " in f" {longer} " or (len(shorter) >= 6 and near(shorter, longer)):
            return 0.8
        if len(shorter) >= 6 and shorter in longer:
            return 0.75
    return 0.95 * likeness(value.words, name.words, frozenset()) if value.marks & name.marks else 0.0


def resolved(meaning: Meaning, values: Mapping[str, int]) -> float:
    """Share of values (value > how often) that are codes of the field."""
    total = sum(values.values())
    return sum(times * translate(meaning, value)[1] for value, times in values.items()) / total if total else 0.0


def written(field: Field, values: Mapping[str, int]) -> float:
    """Share of values that are written as codes of ``field`` are."""
    names = {name.together for name in _names(field)}
    total = sum(values.values())
    return sum(times for value, times in values.items() if fold(value).replace(" ", "") in names) / max(1, total)
