"""What speaks for and against reading a field from a column: its header and its values.

Evidence is added up as log-odds: 0 says nothing, 4 is as good as certain, below nothing speaks against.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from schakel.intake.proposing import shapes
from schakel.intake.proposing.codes import resolved, written
from schakel.intake.proposing.columns import SEPARATORS, Column
from schakel.intake.proposing.folding import fold
from schakel.intake.proposing.headers import alike, read, understood
from schakel.intake.proposing.meanings import Meaning, Name
from schakel.intake.proposing.numbers import middle, said_unit
from schakel.words import Words

MANY = 60  # different values from which a column holds no codes
DISTINCT = ("legal form", "city", "address", "house number")  # texts that cannot be mistaken for others
UNMISTAKABLE = ("legal form", "address")
SAME = 0.97  # likeness from which two headers say the same


@dataclass(slots=True)
class Evidence:
    """A sum of evidence and its reasons, each with its weight."""

    score: float = 0.0
    reasons: list[tuple[float, Words]] = field(default_factory=list)

    def add(self, weight: float, why: Words | None = None) -> None:
        """Count ``weight`` in; it is told if it is positive and has a reason."""
        self.score += weight
        if why is not None and weight > 0:
            self.reasons.append((weight, why))

    def sure(self) -> float:
        """The score as a probability."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score))))

    def why(self) -> Words:
        """The reasons in one line, the weightiest first."""
        told = [why for _, why in sorted(self.reasons, key=lambda reason: -reason[0])]
        return Words("; ".join(w.nl for w in told), "; ".join(w.en for w in told))


def header_evidence(meaning: Meaning, header: str) -> Evidence:
    """What the header alone says."""
    found = Evidence()
    name, like = _best_name(meaning, header)
    words = read(header)
    if like < 0.3 and _bare_noun(meaning, header):
        found.add(0.8, Words("kop noemt waar de tabel over gaat", "header names what the table is about"))
    elif like >= 0.3 and name:
        found.add(7 * like - 3, _header_reason(header, name, like))
    elif any("nobody asked" in word.concepts for word in words):
        found.add(-5.0)
    else:
        found.add(-3.0 if understood(words) else -1.4)
    return found


def _best_name(meaning: Meaning, header: str) -> tuple[Name | None, float]:
    folded = fold(header)
    best: tuple[Name | None, float] = (None, 0.0)
    for name in meaning.names:
        if folded == name.folded:
            like = 0.93 if name.origin == "derived" else 1.0
        else:
            like = 0.98 * alike(header, name.text, meaning.implied)
        if like > best[1]:
            best = (name, like)
    return best


def _bare_noun(meaning: Meaning, header: str) -> bool:
    words = read(header)
    about = all(word.concepts and word.concepts & meaning.implied for word in words)
    return about and (meaning.key or meaning.naming)


def _header_reason(header: str, name: Name, like: float) -> Words:
    why = name.why()
    if like >= SAME:
        return Words(f"kop '{header}' is gelijk: {why.nl}", f"header '{header}' is the same: {why.en}")
    return Words(f"kop '{header}' lijkt op: {why.nl}", f"header '{header}' resembles: {why.en}")


def value_evidence(meaning: Meaning, column: Column, agency_names: Collection[str] = ()) -> Evidence:
    """What the values say, leaving references to other tables aside."""
    found = Evidence()
    if not column.values:
        found.add(-1.0)
        return found
    kind = meaning.field.type
    if kind == "code":
        _code(found, meaning, column)
    elif kind == "agencies":
        _agencies(found, column, agency_names)
    elif kind == "text":
        _text(found, meaning, column)
    elif kind in ("money", "number", "integer"):
        _number(found, kind, column)
    elif kind == "reference":
        _reference(found, column)
    else:
        shape, least, weight, against, why = _SHAPES[kind]
        share = column.measure(shape)
        found.add(weight * share if share >= least else against, why)
    if meaning.key and len(meaning.kind.key) == 1:
        _key(found, column)
    return found


_SHAPES: dict[str, tuple[Callable[[Column], float], float, float, float, Words]] = {
    # type: shape, the least share of values, weight for, weight against, reason
    "date": (shapes.date, 0.7, 1.5, -5.0, Words("waarden zijn datums", "values are dates")),
    "year": (shapes.year, 0.8, 2.0, -5.0, Words("waarden zijn jaartallen", "values are years")),
    "kvk": (shapes.kvk, 0.6, 3.4, -4.0, Words("waarden zijn 8 cijfers: KvK", "values are 8 digits: KvK")),
    "vat": (shapes.vat, 0.5, 4.5, -5.0, Words("waarden zijn btw-nummers", "values are VAT numbers")),
    "rsin": (shapes.rsin, 0.7, 2.0, -4.0, Words("waarden zijn 9 cijfers: RSIN", "values are 9 digits: RSIN")),
    "postcode": (shapes.postcode, 0.5, 4.5, -5.0, Words("waarden zijn postcodes", "values are postcodes")),
    "country": (shapes.country, 0.6, 3.4, -4.0, Words("waarden zijn landen", "values are countries")),
    "url": (shapes.url, 0.6, 4.0, -5.0, Words("waarden zijn webadressen", "values are web addresses")),
}


def _code(found: Evidence, meaning: Meaning, column: Column) -> None:
    distinct = len(column.counts)
    if column.measure(shapes.date) > 0.5 or (column.numeric > 0.8 and column.length > 1):
        found.add(-5.0)
        return
    if distinct > MANY or column.length > 60 or (distinct > 8 and column.measure(shapes.coded) > 0.9):
        found.add(-3.5)
        return
    share = max(resolved(meaning, column.counts), resolved(meaning, _parts(column)))
    if share >= 0.5:
        label = meaning.field.labels
        told = Words(f"waarden zijn codes van '{label.nl}'", f"values are codes of '{label.en}'")
        found.add((1.2 + 2.2 * share) if distinct > 1 else 0.6 + share, told)
    elif _codes_of_another(meaning, column):
        found.add(-4.0)
    else:
        found.add(-1.2 if distinct <= 15 and column.unique < 0.6 else -3.5)


def _codes_of_another(meaning: Meaning, column: Column) -> bool:
    others = [other for other in meaning.kind.fields if other.codes and other.name != meaning.field.name]
    return any(written(other, column.counts) >= 0.8 for other in others)


def _parts(column: Column) -> dict[str, int]:
    parts: dict[str, int] = {}
    for separator in SEPARATORS[:4]:
        if any(separator in value for value in column.sample):
            for part in column.split(separator):
                parts[part] = parts.get(part, 0) + 1
            return parts
    return parts


def _agencies(found: Evidence, column: Column, names: Collection[str]) -> None:
    if names:
        known = {fold(name) for name in names}
        parts = [part for value in column.sample for part in _agency_parts(value)]
        share = sum(fold(part) in known for part in parts) / len(parts)
        told = Words("waarden zijn namen van regionale ontwikkelingsmaatschappijen", "values are names of agencies")
        found.add(3.5 * share if share >= 0.5 else -4.0, told)
    elif max(column.numeric, column.measure(shapes.date)) > 0.3 or column.length > 60:
        found.add(-4.0)
    else:
        found.add(0.4 if column.filled < 0.6 else -0.4)


def _agency_parts(value: str) -> Sequence[str]:
    for separator in SEPARATORS:
        value = value.replace(separator, ";")
    return [part for part in value.split(";") if part.strip()]


def _text(found: Evidence, meaning: Meaning, column: Column) -> None:
    if column.typed("date") > 0.5 or column.measure(shapes.date) > 0.7:
        found.add(-4.0)
        return
    for concept, (shape, why) in shapes.TEXT_SHAPES.items():
        if concept in meaning.concepts and not meaning.key:
            share = column.measure(shape)
            found.add(3.5 * share - (2.5 if share < 0.15 and concept in DISTINCT else 1.5), why)
            break
    if any(c not in meaning.concepts and column.measure(shapes.TEXT_SHAPES[c][0]) > 0.8 for c in UNMISTAKABLE):
        found.add(-2.5)
    if _codes_of_another(meaning, column):
        found.add(-2.0)
    if column.numeric > 0.8 and not meaning.key and not meaning.concepts & {"eu", "house number"}:
        found.add(-3.0)
    if meaning.naming:
        found.add(0.8 * column.filled - 0.6 + (0.6 if column.measure(shapes.coded) < 0.3 else -2.0))


def _number(found: Evidence, kind: str, column: Column) -> None:
    if column.numeric < 0.7 or column.measure(shapes.date) > 0.5:
        found.add(-5.0)
        return
    size = middle(column.amounts)
    money = said_unit(column.header) or any("€" in value for value in column.sample[:20])
    if column.measure(shapes.year) > 0.9:
        found.add(-3.0)
    elif kind == "money":
        told = Words("waarden zijn bedragen", "values are amounts")
        found.add(1.5 if money else 0.8 if size >= 5000 or column.measure(shapes.whole) < 0.7 else -1.0, told)
    elif kind == "integer":
        told = Words("waarden zijn kleine gehele getallen", "values are small whole numbers")
        found.add(-3.0 if money or size >= 20000 or column.measure(shapes.whole) < 0.95 else 0.8, told)
    else:
        found.add(-2.0 if money else 0.6, Words("waarden zijn getallen", "values are numbers"))


def _reference(found: Evidence, column: Column) -> None:
    if (
        column.measure(shapes.date) > 0.5
        or column.length > 90
        or (column.typed("number") > 0.5 and column.measure(shapes.whole) < 0.9)
    ):
        found.add(-4.0)


def _key(found: Evidence, column: Column) -> None:
    if len(column.values) >= 3 and column.unique < 0.9:
        found.add(-2.0)
        return
    if column.unique > 0.99 and len(column.values) >= 3:
        found.add(0.6, Words("waarden zijn uniek", "values are unique"))
    coded = column.measure(shapes.coded)
    found.add(
        1.2 * coded if coded > 0.8 else -0.4, Words("waarden lijken op nummers", "values look like numbers of records")
    )
    if column.length > 60:
        found.add(-2.0)
