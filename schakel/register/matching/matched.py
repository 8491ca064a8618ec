"""What the engine answers."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from schakel.register.matching.model import Model
from schakel.words import Words

Schema = dict[str, type[pl.DataType] | pl.DataType]
ANSWERS: Schema = {
    "record": pl.Int64,
    "cluster": pl.Int64,
    "entry": pl.Int64,
    "decided": pl.String,
    "rule": pl.String,
    "score": pl.Int64,
    "evidence": pl.String,
}
DOUBTFUL: Schema = {
    "a": pl.Int64,
    "b": pl.Int64,
    "entry": pl.Int64,
    "score": pl.Int64,
    "reasons": pl.List(pl.String),
    "linked": pl.Boolean,
    "gain": pl.Int64,
}
FAMILIES: Schema = {"a": pl.Int64, "b": pl.Int64, "reason": pl.String, "score": pl.Int64}
MERGES: Schema = {
    "identity_a": pl.Int64,
    "identity_b": pl.Int64,
    "record_a": pl.Int64,
    "record_b": pl.Int64,
    "rule": pl.String,
    "score": pl.Int64,
    "evidence": pl.String,
}

RULES: dict[str, Words] = {
    "person": Words("door een mens beslist", "decided by a person"),
    "standing": Words("stond al vast", "stood already"),
    "permanent": Words("zelfde vaste nummer bij dezelfde ROM", "same permanent number at the same agency"),
    "number-name": Words("zelfde KvK-nummer of RSIN, zelfde naam", "same KvK number or RSIN, same name"),
    "register": Words(
        "past het best op één inschrijving in het handelsregister", "fits one entry of the register best"
    ),
    "likeness": Words("gegevens komen samen genoeg overeen", "enough of the details agree"),
    "alone": Words("geen ander record gevonden", "no other record found"),
}
REASONS: dict[str, Words] = {
    "sister-number": Words("nummer klopt, naam van een ander", "number right, name of another"),
    "near-tie": Words("twee kandidaten zijn bijna even goed", "two candidates are nearly as good"),
    "other-place": Words("naam gelijk, andere plaats", "name alike, other place"),
    "other-name": Words("plaats gelijk, andere naam", "place alike, other name"),
    "clashing-number": Words("nummers spreken elkaar tegen", "numbers contradict each other"),
    "little-said": Words("te weinig gegevens om zeker te zijn", "too few details to be sure"),
    "unlike-group": Words("past op één record maar niet op de rest", "fits one record but not the rest"),
}


@dataclass(frozen=True, slots=True)
class Matched:
    """All answers, by record; what is doubtful, which clusters are one family, and merges proposed.

    ``answers``: cluster is the lowest record of it, entry the register's or null, decided one of
    rule, model, person and doubt, score in thousandths of a bit. ``doubtful``: a and b (b null where
    ``entry`` is the other), linked whether they are now held for one, gain in thousandths of a bit.
    """

    answers: pl.DataFrame
    doubtful: pl.DataFrame
    families: pl.DataFrame
    merges: pl.DataFrame
    model: Model = field(default_factory=Model)
