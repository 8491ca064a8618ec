"""A handful of candidates, scored and explained field by field: what the review page and the entry warning ask.

The same statements, comparison and weights as in bulk; only the frequencies come from the handful
itself, out of a population of a given size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from schakel.register.matching import comparing, frequencies, scoring, statements
from schakel.register.matching.frequencies import limit
from schakel.register.matching.model import Model
from schakel.words import Words

ALONE = -1  # the id of the one record that is held against the others
POPULATION = 1_000_000  # organisations in a register, where the caller does not know
FEW = {"id": pl.Int64, "score": pl.Int64, "level": pl.String, "sister": pl.Boolean, "number": pl.String}

FIELDS: dict[str, Words] = {
    "number": Words("Nummer", "Number"),
    "name": Words("Naam", "Name"),
    "place": Words("Adres", "Address"),
    "web": Words("Website", "Website"),
    "form": Words("Rechtsvorm", "Legal form"),
}
LEVELS: dict[str, dict[str, Words]] = {
    "number": {
        "same": Words("hetzelfde", "the same"),
        "slip": Words("op één cijfer na hetzelfde", "the same but for one digit"),
        "differ": Words("verschillend", "different"),
    },
    "name": {
        "rare": Words("dezelfde, en zeldzaam", "the same, and rare"),
        "same": Words("dezelfde", "the same"),
        "order": Words("dezelfde woorden in andere volgorde", "the same words in another order"),
        "typo": Words("bijna hetzelfde gespeld", "spelled nearly the same"),
        "short": Words("een woord is afgekort", "one word is cut short"),
        "initials": Words("de ene is het letterwoord van de andere", "one is made of the other's initials"),
        "part": Words("de ene bevat de andere", "one contains the other"),
        "some": Words("een deel van de woorden is gelijk", "some of the words are the same"),
        "other": Words("verschillend", "different"),
        "sister": Words("namen van zusterbedrijven", "names of sister companies"),
    },
    "place": {
        "address": Words("zelfde postcode en huisnummer", "same postcode and house number"),
        "postcode": Words("zelfde postcode", "same postcode"),
        "beside": Words("zelfde postcode, ander huisnummer", "same postcode, other house number"),
        "street": Words("zelfde straat en huisnummer", "same street and house number"),
        "district": Words("zelfde wijk (vier cijfers)", "same district (four digits)"),
        "city": Words("zelfde plaats", "same place"),
        "moved": Words("zelfde plaats, ander adres", "same place, other address"),
        "away": Words("andere plaats", "another place"),
    },
    "web": {
        "same": Words("zelfde domein", "same domain"),
        "named": Words("zelfde domein, gevormd uit de naam", "same domain, made of the name"),
        "label": Words("zelfde domein met een ander einde", "same domain with another ending"),
        "name": Words("het domein is de naam van de ander", "the domain is the other's name"),
        "differ": Words("verschillend", "different"),
    },
    "form": {"same": Words("dezelfde", "the same"), "differ": Words("verschillend", "different")},
}
_STATED = {
    "number": ("kvk", "rsin"),
    "name": ("name",),
    "place": ("street", "address", "house_number", "postcode", "city"),
    "web": ("website", "mail"),
    "form": ("legal_form",),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a comparison. ``level`` and ``said`` are None where not both state it.

    ``one`` and ``other``: the values side by side as stated; ``weight``: thousandths of a bit.
    """

    field: str
    label: Words
    level: str | None
    said: Words | None
    one: str
    other: str
    weight: int


def score_few(
    record: Mapping[str, Any], candidates: pl.DataFrame, *, model: Model | None = None, population: int = POPULATION
) -> pl.DataFrame:
    """Rows of FEW for ``candidates``, the likeliest first: ``record`` held against each of them.

    ``candidates``: id and the columns of a record or a register entry, at most some hundreds. Scores
    are in thousandths of a bit: above 0 it is likelier the same than not.
    """
    found = _compared(record, candidates, model or Model(), population)
    rows = found.select("b", "score", "name", "sister", "number").rows()
    return pl.DataFrame(rows, FEW, orient="row").sort("score", "id", descending=[True, False])


def levels(record: Mapping[str, Any], other: Mapping[str, Any], *, population: int = POPULATION) -> Mapping[str, Any]:
    """How two stand to each other, as `comparing.compare` tells: levels, bits, and whether they are of sisters."""
    alone = pl.DataFrame([{**other, "id": 0}], infer_schema_length=None)
    return _compared(record, alone, Model(), population).row(0, named=True)


def explain(
    record: Mapping[str, Any], other: Mapping[str, Any], *, model: Model | None = None, population: int = POPULATION
) -> list[Field]:
    """Each field of two records, or of a record and an entry, with both values and what it weighs."""
    used = model or Model()
    alone = pl.DataFrame([{**other, "id": 0}], infer_schema_length=None)
    row = _compared(record, alone, used, population).row(0, named=True)
    told = []
    for name, label in FIELDS.items():
        level = row[name].split("/")[0] if row[name] else None
        said = LEVELS[name][level] if level else None
        weight = _weight(name, row, used, population) if level else 0
        told.append(Field(name, label, level, said, _stated(name, record), _stated(name, other), weight))
    return told


def _weight(name: str, row: Mapping[str, Any], model: Model, population: int) -> int:
    shared = limit(population) if row[name] == "same" else 0
    return model.entry.weights[name].get(row[name], 0) + (shared if name == "number" else row[f"{name}_bits"])


def _stated(name: str, said: Mapping[str, Any]) -> str:
    values = [said.get(column) for column in _STATED[name]]
    if name == "name":
        for column in ("other_names", "trade_names", "former_names"):
            values += said.get(column) or []
    return ", ".join(dict.fromkeys(str(value) for value in values if value))


def _compared(record: Mapping[str, Any], candidates: pl.DataFrame, model: Model, population: int) -> pl.DataFrame:
    one = pl.DataFrame([{**record, "id": ALONE}], infer_schema_length=None)
    said = statements.of_candidates(pl.concat([statements.candidates(one), statements.candidates(candidates)]))
    alone = pl.col("id") == ALONE
    mine, theirs = (statements.Said(said.about.filter(side), said.names.filter(side)) for side in (alone, ~alone))
    pairs = theirs.about.select(a=pl.lit(ALONE, pl.Int64), b="id")
    counted = frequencies.counts(theirs, frequencies.counts(mine))
    known = frequencies.weighed(counted, each=1, many=population)
    compared = comparing.compare(pairs, mine, theirs, known, population)
    return scoring.score(compared, scoring.entry_side(model, population), population).sort("b")
