"""What lines say to people: rooms declare the words of their verbs and kinds; this floor knows neither.

Invariants: each verb that is written has words, in one family; a test looks through the code for those that have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from schakel.words import Words

_THING = "…"
_ALONE = re.compile(rf" \(?{_THING}\)?")
Url = Callable[[int], str]


class Family(models.TextChoices):
    """What sort of act."""

    CHANGE = "change", _("Changes")
    LOOK = "look", _("Looks")
    EXPORT = "export", _("Taken along")
    AGREEMENT = "agreement", _("Agreements and mandates")
    ACCESS = "access", _("Signing in and people")
    REFUSAL = "refusal", _("Refusals")
    SYSTEM = "system", _("The system itself")


@dataclass(frozen=True, slots=True)
class Act:
    """A verb as people read it ("accepted"), and its family.

    ``around``: the verb with "…" where what it was done with stands, where that is not behind it ("keurde … goed").
    """

    words: Words
    family: Family
    around: Words

    def of(self, thing: str, spoken: str) -> str:
        """What was done with ``thing``, as it is said in a language."""
        said = self.around.in_(spoken)
        return said.replace(_THING, thing) if _THING in said else f"{said} {thing}"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a line is about, as people call one, and where the page of one is; None where it has none."""

    words: Words
    url: Url | None = None


_acts: dict[tuple[str, str], Act] = {}
_kinds: dict[str, Kind] = {}
_others: list[tuple[Callable[[str], Kind | None], Callable[[], Iterable[str]]]] = []


def declare(family: Family, said: Mapping[str, tuple[str, str]], *, kind: str = "") -> None:
    """Words, Dutch and English, of verbs; of what is done with things of one ``kind``, where it is named.

    With "…" for the thing itself, where that does not stand behind the verb.

    Raises ValueError where a verb has other words or another family already.
    """
    for verb, (dutch, english) in said.items():
        plain = Words(_ALONE.sub("", dutch), _ALONE.sub("", english))
        act = Act(plain, family, Words(dutch, english))
        if _acts.setdefault((verb, kind), act) != act:
            raise ValueError(f"{verb} {kind} is said in two ways")


def declare_kinds(said: Mapping[str, tuple[str, str]], *, urls: Mapping[str, Url] | None = None) -> None:
    """What things of a kind are called, Dutch and English. Raises ValueError where a kind is called otherwise."""
    for kind, (dutch, english) in said.items():
        known = _kinds.setdefault(kind, Kind(Words(dutch, english), (urls or {}).get(kind)))
        if known.words != Words(dutch, english):
            raise ValueError(f"{kind} is called in two ways")


def ask_for_kinds(answer: Callable[[str], Kind | None], names: Callable[[], Iterable[str]]) -> None:
    """Have ``answer`` asked for kinds that nobody declared by name, such as those that can be delivered: ``names``."""
    if (answer, names) not in _others:
        _others.append((answer, names))


def act(verb: str, kind: str = "") -> Act | None:
    """What a verb says of things of a kind; None where nobody declared it."""
    return _acts.get((verb, kind)) or _acts.get((verb, ""))


def kind_called(kind: str) -> Kind | None:
    """What a kind is called; None where nobody says so."""
    return _kinds.get(kind) or next((found for answer, _names in _others if (found := answer(kind)) is not None), None)


def all_kinds() -> dict[str, Kind]:
    """All kinds by name."""
    others = {name: answer(name) for answer, names in _others for name in names()}
    return {name: kind for name, kind in {**others, **_kinds}.items() if kind is not None}


def verbs() -> dict[tuple[str, str], Act]:
    """All that were declared: by verb, and kind where it is said of that kind alone."""
    return dict(_acts)
