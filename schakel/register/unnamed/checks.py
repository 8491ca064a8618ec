"""What must hold of delivered codes: made with the key of the year's round, and codes indeed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import polars as pl

from schakel.intake.checks import Blame, Check, Delivery, Rows, register_check
from schakel.intake.findings import Severity
from schakel.register.keyed.delivering import COLUMNS, uneven, unsound
from schakel.register.unnamed.rounds import ROUNDS
from schakel.words import Words

KINDS = {"organisation_codes": "number", "register_codes": "place"}
_MARK, _OTHER = "0f" * 16, "f0" * 16
_CODES = {"round": "2023-1", "mark": _MARK, "kvk_code": "ab" * 16, "name_codes": "cd" * 16, "core_codes": "ef" * 16}
_SOUND = _CODES | {"name_filters": "01" * 128}
_GOING = {ROUNDS: [{"name": "2023-1", "mark": _MARK}]}


def _of_other_key(delivery: Delivery, kind: str) -> Iterator[Blame]:
    """All of a delivery's codes, where one was not made with the key of the round that goes."""
    rows, rounds = delivery.rows(kind), delivery.context.beside.get(ROUNDS)
    if rows is None or rounds is None or rounds.is_empty():
        return
    strange = rows.filter(pl.col("mark").is_null() | (pl.col("mark") != rounds["mark"][0]))
    if strange.height:
        says = {"mark": strange["mark"][0] or "-", "round": strange["round"][0] or "-"}
        yield Blame(kind, None, "mark", says | {"wanted": rounds["mark"][0], "going": rounds["name"][0]})


def _without_round(delivery: Delivery, kind: str) -> Iterator[Blame]:
    rounds = delivery.context.beside.get(ROUNDS)
    if delivery.rows(kind) is not None and (rounds is None or rounds.is_empty()):
        yield Blame(kind, None, "mark")


def _unsound(delivery: Delivery, kind: str) -> Iterator[Blame]:
    rows = delivery.rows(kind)
    if rows is None:
        return
    columns = [column for column in COLUMNS.values() if column in rows.columns]
    told = rows.select("_at", uneven().alias("name_codes"), *(unsound(c).alias(f"{c}?") for c in columns))
    for at, names_uneven, *bad in told.iter_rows():
        first = next((column for column, is_bad in zip(columns, bad, strict=True) if is_bad), "")
        if first or names_uneven:
            yield Blame(kind, at, first or "name_codes")


for _kind, _number in KINDS.items():
    _row = {_number: "R1"} | _SOUND
    register_check(
        Check(
            f"{_kind.replace('_', '-')}.other-key",
            Severity.ERROR,
            "delivery",
            Words("Codes van een andere sleutel of ronde", "Codes of another key or round"),
            Words(
                "Alleen codes die met één sleutel voor één ronde gemaakt zijn, zijn met elkaar te vergelijken.",
                "Only codes that were made with one key for one round can be compared with each other.",
            ),
            Words(
                "Deze codes hebben merk {mark} (ronde {round}); de ronde die voor {period} loopt is {going}, met merk "
                "{wanted}.",
                "These codes have mark {mark} (round {round}); the round that goes for {period} is {going}, with mark "
                "{wanted}.",
            ),
            Words(
                "Maak ze opnieuw met `schakel encode`, met de sleutel en de naam van deze ronde.",
                "Make them again with `schakel encode`, with the key and the name of this round.",
            ),
            (Rows({_kind: [_row | {"mark": _OTHER}]}, beside=_GOING),),
            (Rows({_kind: [_row]}, beside=_GOING),),
            kind=_kind,
            find=partial(_of_other_key, kind=_kind),
        )
    )
    register_check(
        Check(
            f"{_kind.replace('_', '-')}.no-round",
            Severity.ERROR,
            "delivery",
            Words("Geen ronde zonder namen", "No round without names"),
            Words(
                "Het secretariaat begint een ronde zonder namen met het merk van haar sleutel; daarna kan men leveren.",
                "The secretariat begins a round without names with the mark of its key; after that one can deliver.",
            ),
            Words("Voor {period} loopt geen ronde zonder namen.", "No round without names goes for {period}."),
            Words(
                "Vraag het secretariaat de ronde te beginnen, en lever dan opnieuw.",
                "Ask the secretariat to begin the round, and deliver again then.",
            ),
            (Rows({_kind: [_row]}),),
            (Rows({_kind: [_row]}, beside=_GOING),),
            kind=_kind,
            find=partial(_without_round, kind=_kind),
        )
    )
    register_check(
        Check(
            f"{_kind.replace('_', '-')}.unsound",
            Severity.ERROR,
            "delivery",
            Words("Geen code", "No code"),
            Words(
                "Hier staat iets anders dan `schakel encode` schrijft. Zo komt ook geen naam of nummer mee.",
                "Something else stands here than `schakel encode` writes. So no name or number comes along either.",
            ),
            Words("Hier staat geen code.", "This is no code."),
            Words(
                "Lever het bestand zoals `schakel encode` het schreef.",
                "Deliver the file as `schakel encode` wrote it.",
            ),
            (Rows({_kind: [_row | {"kvk_code": "12345678"}]}), Rows({_kind: [_row | {"core_codes": None}]})),
            (Rows({_kind: [_row]}),),
            kind=_kind,
            find=partial(_unsound, kind=_kind),
        )
    )
