"""From a list to codes: the one spelling of `matching.statements`, then a code for each field.

Invariant: two records state the same in a field, in that spelling, if and only if their codes of that field are
the same under one key; of KvK numbers also which are one slip apart; nothing else of what they state is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from schakel.register.keyed.filters import NameFilter
from schakel.register.keyed.index import CODES, LISTS, OF_RECORDS, OWN, RECORDS, REGISTER, Index
from schakel.register.keyed.keys import RoundKey
from schakel.register.keyed.refusing import refused
from schakel.register.keyed.slips import remainders
from schakel.register.matching import normalising, statements
from schakel.register.matching.statements import Said
from schakel.register.matching.vocabulary import ONE_OF_MANY

_ONE_OF_MANY = re.compile(ONE_OF_MANY)
_TELLING = re.compile(r"[a-z]{4,}")  # a word of a name that would give it away in a number

_BY_CODE = (pl.col("names").list.first(), *(pl.col(field) for field in CODES))  # an order that says nothing


@dataclass(frozen=True, slots=True)
class Encoded:
    """An index, and of how many rows the KvK number or RSIN could not be one and was left out."""

    index: Index
    left_out: int


def encode_records(records: pl.DataFrame, key: RoundKey) -> Encoded:
    """The records of an agency in codes.

    ``records``: columns of `matching.engine.match`, text, with agency, record (unique within it) and number
    (the agency's permanent number of the organisation, or null) as the agency has them. Raises
    KeyedRefused where a record or number would say who it is, or a record has no number of its own.
    """
    own = statements.shaped(records, OWN)
    _refuse_unknown(own)
    said = statements.of_records(records.drop("number", strict=False).with_columns(record=_places(records)))
    _refuse_telling(own, said)
    coded = [own, _coded(said, key), _of_records(said.about, key)]
    ordered = pl.concat(coded, how="horizontal").sort(*_BY_CODE, "agency", "record")
    rows = ordered.select(*OWN, *CODES, *LISTS, *OF_RECORDS)
    return Encoded(Index(rows, RECORDS, key.round, key.check), _left_out(records, said))


def encode_register(register: pl.DataFrame, key: RoundKey) -> Encoded:
    """The entries of the trade register in codes; ``register``: columns of `matching.engine.match`."""
    said = statements.of_register(register.with_columns(entry=_places(register)))
    rows = _coded(said, key).sort(_BY_CODE)
    return Encoded(Index(rows.select(*CODES, *LISTS), REGISTER, key.round, key.check), _left_out(register, said))


def _places(frame: pl.DataFrame) -> pl.Series:
    return pl.Series("place", range(frame.height), dtype=pl.Int64)


def _coded(said: Said, key: RoundKey) -> pl.DataFrame:
    """The columns of `CODES` and `LISTS`, a row an ``id`` of ``said`` in their order."""
    about = said.about
    house = about.select(pl.col("postcode") + " " + pl.col("house"))["postcode"]
    plain = {field: about[field] for field in ("kvk", "rsin", "postcode", "city")} | {"house": house}
    codes = pl.DataFrame({field: key.codes(field, values) for field, values in plain.items()}, CODES)
    names = about.select("id").join(_names(said.names, key), on="id", how="left", maintain_order="left")
    lists = names.select(pl.col("names", "cores", "filters").fill_null(pl.lit([], pl.List(pl.Binary))))
    return pl.concat([codes, _sites(about, key).to_frame(), lists], how="horizontal")


def _sites(about: pl.DataFrame, key: RoundKey) -> pl.Series:
    """Site and mail have one sort of code: the one may be the other's domain."""
    pairs = zip(key.codes("site", about["site"]), key.codes("site", about["mail"]), strict=True)
    return pl.Series("sites", [sorted({code for code in both if code}) for both in pairs], pl.List(pl.Binary))


def _of_records(about: pl.DataFrame, key: RoundKey) -> pl.DataFrame:
    """The columns of `OF_RECORDS`."""
    address = about.select(said=pl.col("street") + " " + pl.col("house") + " " + pl.col("city"))["said"]
    return pl.DataFrame({"address": key.codes("address", address), "slips": _slips(about["kvk"], key)}, OF_RECORDS)


def _slips(numbers: pl.Series, key: RoundKey) -> pl.Series:
    """Of each KvK number the codes of what it shares with those one slip from it, in an order that says nothing."""
    coded = (key.codes("slip", [] if number is None else remainders(number)) for number in numbers)
    return pl.Series([sorted(code for code in codes if code) for codes in coded], dtype=pl.List(pl.Binary))


def _names(names: pl.DataFrame, key: RoundKey) -> pl.DataFrame:
    """[id, names, cores, filters]: of each name its code, that of what it shares with sisters, and its filter."""
    filter_ = NameFilter(key.of_field("filter"))
    said = list(names.select("id", "tight", "units", "words").iter_rows())
    coded = pl.DataFrame(
        {
            "id": [id_ for id_, *_ in said],
            "names": key.codes("name", (f"{tight} {units}" for _, tight, units, _ in said)),
            "cores": key.codes("core", (_core(words) for *_, words in said)),
            "filters": [filter_.of([*words, *re.split("[+ ]", units)]) for _, _, units, words in said],
        },
        {"id": pl.Int64} | dict.fromkeys(("names", "cores", "filters"), pl.Binary),
    )
    return coded.sort("id", "names").group_by("id", maintain_order=True).agg("names", "cores", "filters")


def _core(words: list[str]) -> str:
    return "".join("#" if _ONE_OF_MANY.fullmatch(word) else word for word in words)


def _left_out(stated: pl.DataFrame, said: Said) -> int:
    """How many rows state a KvK number or RSIN that is none after checking."""
    lost = [
        (stated[field].cast(pl.String).fill_null("").str.strip_chars() != "") & said.about[field].is_null()
        for field in ("kvk", "rsin")
        if field in stated.columns
    ]
    return int(pl.DataFrame(lost).select(pl.any_horizontal(pl.all()).sum()).item()) if lost else 0


def _refuse_unknown(own: pl.DataFrame) -> None:
    nameless = own.filter(pl.any_horizontal(pl.col("agency", "record").fill_null("").str.strip_chars() == ""))
    if nameless.height or own.select("agency", "record").is_duplicated().any():
        raise refused(
            "Elk record heeft een agency en een eigen rid nodig dat niet twee keer voorkomt; zonder kan niemand het "
            "antwoord terugvinden.",
            "Each record needs an agency and a rid of its own that does not occur twice; without it nobody can find "
            "the answer back.",
        )


def _refuse_telling(own: pl.DataFrame, said: Said) -> None:
    """An agency's own numbers are handed over as they are, so they must not be official numbers or hold names."""
    told = list(said.about.select("kvk", "rsin").iter_rows())
    words = dict(
        said.names.group_by("id").agg(pl.col("words").list.explode(keep_nulls=False, empty_as_null=False)).iter_rows()
    )
    for place, row in enumerate(_own_numbers(own)):
        for number, kvk, rsin, tight in row:
            named = any(_TELLING.fullmatch(word) and word in (tight or "") for word in words.get(place, ()))
            if named or {kvk, rsin} & (set(told[place]) - {None}):
                raise refused(
                    "Eigen nummer “{number}” is het KvK-nummer of RSIN, of er staat een naam in. Eigen "
                    "nummers worden niet versleuteld; geef een nummer dat niets zegt.",
                    "Own number “{number}” is the KvK number or RSIN, or holds a name. Own numbers are not "
                    "encoded; give one that says nothing.",
                    number=number,
                )


def _own_numbers(own: pl.DataFrame) -> Iterator[list[tuple[str | None, ...]]]:
    """Of each row its record and number: as stated, read as KvK number and as RSIN, and in plain letters."""
    read = [
        own.select(
            pl.col(field),
            normalising.kvk(pl.col(field)).alias("kvk"),
            normalising.rsin(pl.col(field)).alias("rsin"),
            normalising.plain(pl.col(field)).fill_null("").str.replace_all(" ", "", literal=True).alias("tight"),
        ).rows()
        for field in ("record", "number")
    ]
    for both in zip(*read, strict=True):
        yield [row for row in both if row[0] is not None]
