"""Checks on amounts and counts, of any kind: sign, size beside their neighbours, unit beside last year's."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from schakel.intake.checks.check import Blame, Check, Delivery, register_check
from schakel.intake.checks.engine import said
from schakel.intake.checks.examples import Rows
from schakel.intake.findings import Severity
from schakel.intake.interpreting import KindRows
from schakel.intake.kinds import Field
from schakel.words import Words

_MEASURES = ("money", "integer", "number")

# A robust z-score over log10: an amount a thousand times the median lies 3 away. Amounts of one kind
# spread over some two orders of magnitude, so less than 2.3 is within what happens.
_LEAST_JUMP = 2.3
_SPREADS = 4.0
_TO_SIGMA = 1.4826  # median absolute deviation to standard deviation, for a normal distribution
_LEAST_NEIGHBOURS = 8
_UNIT_JUMP = 2.3


def _measures(delivery: Delivery, types: tuple[str, ...]) -> Iterator[tuple[KindRows, Field]]:
    for rows in delivery.kinds.values():
        yield from ((rows, field) for field in rows.declared.fields if field.type in types)


def _negative(delivery: Delivery) -> Iterator[Blame]:
    for rows, field in _measures(delivery, _MEASURES):
        for at in (rows.frame[field.name] < 0).fill_null(value=False).arg_true():
            yield Blame(rows.kind, at, field.name, {"value": said(field, rows.frame[field.name][at])})


_FUND = {"number": "F1", "name": "Fonds I", "capital": 5_000_000_00}

register_check(
    Check(
        "amount.negative",
        Severity.ERROR,
        "delivery",
        Words("Negatief bedrag of aantal", "Negative amount or count"),
        Words(
            "Omvang, bedragen, banen en deelnemers zijn nooit kleiner dan nul; een terugbetaling is geen investering.",
            "Volumes, amounts, jobs and participants are never below zero; a repayment is no investment.",
        ),
        Words("{value} is kleiner dan nul.", "{value} is below zero."),
        Words(
            "Verbeter het bedrag, of laat de rij weg als het een correctie is.",
            "Correct it, or leave the row out if it is a correction.",
        ),
        (Rows({"fund": [_FUND | {"capital": -1}]}),),
        (Rows({"fund": [_FUND]}),),
        find=_negative,
    )
)


def _zero(delivery: Delivery) -> Iterator[Blame]:
    for rows, field in _measures(delivery, ("money",)):
        if field.required:
            for at in (rows.frame[field.name] == 0).fill_null(value=False).arg_true():
                yield Blame(rows.kind, at, field.name)


register_check(
    Check(
        "amount.zero",
        Severity.WARNING,
        "delivery",
        Words("Bedrag nul", "Amount zero"),
        Words("Het bedrag is verplicht en staat op nul.", "The amount is required and is zero."),
        Words("Het bedrag van {_number} is nul.", "The amount of {_number} is zero."),
        Words("Vul het bedrag in.", "Enter the amount."),
        (Rows({"fund": [_FUND | {"capital": 0}]}),),
        (Rows({"fund": [_FUND]}),),
        find=_zero,
    )
)


def _outlying(delivery: Delivery, *, above: bool) -> Iterator[Blame]:
    for rows, field in _measures(delivery, ("money",)):
        amounts = rows.frame.select(v=pl.when(pl.col(field.name) > 0).then(pl.col(field.name).cast(pl.Float64).log10()))
        if amounts["v"].count() <= _LEAST_NEIGHBOURS:
            continue
        away = amounts.select((pl.col("v") - pl.col("v").median()) * (1 if above else -1)).to_series()
        sigma = _TO_SIGMA * float(away.abs().median() or 0.0)  # type: ignore[arg-type]
        usual = said(field, int(rows.frame[field.name].filter(rows.frame[field.name] > 0).median() or 0))  # type: ignore[arg-type]
        for at in (away > max(_LEAST_JUMP, _SPREADS * sigma)).fill_null(value=False).arg_true():
            value = said(field, rows.frame[field.name][at])
            yield Blame(rows.kind, at, field.name, {"value": value, "usual": usual, "times": round(10 ** away[at])})


def _funds(*capitals: int) -> Rows:
    return Rows(
        {"fund": [{"number": f"F{i}", "name": f"Fonds {i}", "capital": c * 100} for i, c in enumerate(capitals)]}
    )


_USUAL = (400_000, 500_000, 550_000, 600_000, 650_000, 700_000, 800_000, 900_000, 1_200_000)

register_check(
    Check(
        "amount.thousandfold",
        Severity.WARNING,
        "delivery",
        Words("Veel groter dan de andere", "Far larger than the others"),
        Words(
            "Een bedrag dat honderden keren de middelste van zijn kolom is, is vaak in een andere eenheid ingevuld.",
            "An amount hundreds of times the median of its column was often entered in another unit.",
        ),
        Words(
            "{value} is {times} keer het middelste bedrag van deze kolom ({usual}).",
            "{value} is {times} times the median amount of this column ({usual}).",
        ),
        Words(
            "Controleer de eenheid: euro, duizend euro of miljoen euro.",
            "Check the unit: euro, thousand euro or million euro.",
        ),
        (_funds(*_USUAL, 600_000_000),),
        (_funds(*_USUAL, 12_000_000),),
        find=lambda delivery: _outlying(delivery, above=True),
    )
)
register_check(
    Check(
        "amount.thousandth",
        Severity.WARNING,
        "delivery",
        Words("Veel kleiner dan de andere", "Far smaller than the others"),
        Words(
            "Een bedrag dat honderden keren kleiner is dan de middelste van zijn kolom, is vaak in duizenden ingevuld.",
            "An amount hundreds of times smaller than the median of its column was often entered in thousands.",
        ),
        Words(
            "{value} is een {times}e van het middelste bedrag van deze kolom ({usual}).",
            "{value} is one {times}th of the median amount of this column ({usual}).",
        ),
        Words(
            "Controleer de eenheid: euro, duizend euro of miljoen euro.",
            "Check the unit: euro, thousand euro or million euro.",
        ),
        (_funds(*_USUAL, 650),),
        (_funds(*_USUAL, 65_000),),
        find=lambda delivery: _outlying(delivery, above=False),
    )
)


def _unit_changed(delivery: Delivery) -> Iterator[Blame]:
    for rows, field in _measures(delivery, ("money",)):
        earlier = delivery.earlier(rows.kind)
        if earlier is None:
            continue
        now, before = _median_log(rows.frame, field.name), _median_log(earlier, field.name)
        if now is not None and before is not None and abs(now - before) > _UNIT_JUMP:
            labels = {"label_nl": field.labels.nl, "label_en": field.labels.en}
            yield Blame(rows.kind, None, field.name, labels | {"times": round(10 ** abs(now - before))})


def _median_log(frame: pl.DataFrame, field: str) -> float | None:
    positive = frame.filter(pl.col(field) > 0)[field].cast(pl.Float64).log10()
    middle = positive.median() if positive.len() >= 3 else None
    return middle if isinstance(middle, float) else None


_BEFORE = [{"number": f"F{i}", "name": f"F{i}", "capital": c * 100, "_period": 2022} for i, c in enumerate(_USUAL)]

register_check(
    Check(
        "amount.unit-changed",
        Severity.WARNING,
        "across",
        Words("Hele kolom in andere eenheid", "Whole column in another unit"),
        Words(
            "Het middelste bedrag verschilt honderden keren met dat van vorige aanleveringen.",
            "The median amount differs hundreds of times from that of earlier deliveries.",
        ),
        Words(
            "{label_nl} scheelt een factor {times} met eerdere jaren.",
            "{label_en} differs by a factor of {times} from earlier years.",
        ),
        Words("Controleer de eenheid in de koppeling.", "Check the unit in the mapping."),
        (
            Rows(
                {"fund": [{**b, "capital": int(str(b["capital"])) * 1000} for b in _BEFORE]}, earlier={"fund": _BEFORE}
            ),
        ),
        (Rows({"fund": _BEFORE}, earlier={"fund": _BEFORE}),),
        find=_unit_changed,
    )
)
