"""What the fields of record kinds are called: by their labels and synonyms, and by agencies learned from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from schakel.intake import mapping as mappings
from schakel.intake.kinds import Field, RecordKind
from schakel.intake.proposing.folding import fold
from schakel.intake.proposing.headers import read
from schakel.words import Words

Origin = Literal["label", "synonym", "derived", "learned"]


@dataclass(frozen=True, slots=True)
class Name:
    """One way to call a field or a kind, and where it is known from."""

    text: str
    origin: Origin
    agencies: tuple[str, ...] = ()

    @property
    def folded(self) -> str:
        """The text made alike."""
        return fold(self.text)

    def why(self) -> Words:
        """Who calls it so."""
        if self.origin == "learned":
            by = ", ".join(self.agencies)
            return Words(f"zo noemt {by} het ('{self.text}')", f"{by} calls it so ('{self.text}')")
        if self.origin == "synonym":
            return Words(f"bekende andere naam '{self.text}'", f"known other name '{self.text}'")
        return Words(f"naam van het veld '{self.text}'", f"name of the field '{self.text}'")


@dataclass(frozen=True)
class Meaning:
    """A field of a kind: what it is called, what its labels mean, what goes without saying there."""

    kind: RecordKind
    field: Field
    names: tuple[Name, ...]
    concepts: frozenset[str]
    implied: frozenset[str]
    codes: Mapping[str, str]  # learned: value as others write it, folded > code

    @property
    def key(self) -> bool:
        """Whether the field is (part of) the kind's key."""
        return self.field.name in self.kind.key

    @property
    def naming(self) -> bool:
        """Whether the field holds the record's name."""
        return "name" in self.concepts and not self.key


@dataclass(frozen=True)
class KindMeaning:
    """A kind with the meanings of its fields and the names of tables that hold it."""

    kind: RecordKind
    names: tuple[Name, ...]
    fields: tuple[Meaning, ...]


@dataclass(frozen=True)
class _Known:
    """What meanings are made from: all kinds, the concepts of their nouns, and what was learned."""

    kinds: Sequence[RecordKind]
    nouns: Mapping[str, frozenset[str]]
    learned: Sequence[mappings.Mapping]


def meanings(kinds: Sequence[RecordKind], learned: Iterable[mappings.Mapping] = ()) -> list[KindMeaning]:
    """The meanings of all ``kinds``, with what the ``learned`` mappings of other agencies add."""
    nouns = {kind.name: _concepts((kind.labels.nl, kind.labels.en)) for kind in kinds}
    known = _Known(kinds, nouns, list(learned))
    return [_kind_meaning(kind, known) for kind in kinds]


def _kind_meaning(kind: RecordKind, known: _Known) -> KindMeaning:
    labels = (kind.labels.nl, kind.labels.en, kind.plural.nl, kind.plural.en)
    names = [Name(text, "label") for text in (*labels, kind.name)]
    names += [Name(text, "synonym") for text in kind.synonyms]
    tables = [(m.agency, t) for m in known.learned for t in m.tables if t.kind == kind.name]
    names += _heard([(agency, table.table) for agency, table in tables if not _exploded(table)])
    referred = [known.nouns.get(field.refers_to, frozenset()) for field in kind.fields if field.refers_to]
    implied = _concepts(labels) - frozenset().union(*referred)
    fields = tuple(_meaning(kind, field, implied, known) for field in kind.fields)
    return KindMeaning(kind, tuple(names), fields)


def _meaning(kind: RecordKind, field: Field, implied: frozenset[str], known: _Known) -> Meaning:
    names = [Name(text, "label") for text in (field.labels.nl, field.labels.en)]
    names += [Name(text, "synonym") for text in (*field.synonyms, field.name.replace("_", " "))]
    concepts = _concepts((field.labels.nl, field.labels.en))
    if field.refers_to:
        noun = known.nouns.get(field.refers_to, frozenset())
        implied = implied | {"number", "name"} | (frozenset() if noun & concepts else noun)
        names += _derived(field, noun & concepts, known.kinds)
    sources = [(m.agency, t.fields[field.name]) for m in known.learned for t in m.tables if _has(t, kind, field)]
    names += _heard([(agency, source.header) for agency, source in sources if source.header])
    codes = {fold(raw): code for _, source in sources for raw, code in source.codes.items()}
    return Meaning(kind, field, tuple(names), concepts, implied, codes)


def _derived(field: Field, own: frozenset[str], kinds: Sequence[RecordKind]) -> list[Name]:
    """A reference is also called after what it refers to ("Bedrijf", "Fonds"), unless it has a role of its own."""
    target = next((kind for kind in kinds if kind.name == field.refers_to), None)
    return [Name(text, "derived") for text in (target.labels.nl, target.labels.en)] if own and target else []


def _has(table: mappings.TableMapping, kind: RecordKind, field: Field) -> bool:
    return table.kind == kind.name and field.name in table.fields


def _exploded(table: mappings.TableMapping) -> bool:
    return any(source.explode for source in table.fields.values())


def _heard(said: Iterable[tuple[str, str]]) -> list[Name]:
    agencies: dict[str, list[str]] = {}
    for agency, text in said:
        agencies.setdefault(text, []).append(agency)
    return [Name(text, "learned", tuple(dict.fromkeys(by))) for text, by in agencies.items()]


def _concepts(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(concept for text in texts for word in read(text) for concept in word.concepts)
