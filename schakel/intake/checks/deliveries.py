"""Checks on a delivery as a whole, beside the last one, and on rows that say nothing."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from schakel.intake.checks.check import Blame, Check, Delivery, register_check
from schakel.intake.checks.examples import Rows
from schakel.intake.findings import Severity
from schakel.intake.kinds import kinds
from schakel.words import Words

_LEAST_ROWS = 10  # below this a fall to half is chance


def _last_count(delivery: Delivery, kind: str) -> int:
    earlier = delivery.earlier(kind)
    if earlier is None or earlier.is_empty():
        return 0
    return earlier.filter(pl.col("_period") == pl.col("_period").max()).height


def _shrunk(delivery: Delivery) -> Iterator[Blame]:
    for kind, rows in delivery.kinds.items() if delivery.context.whole else ():
        before = _last_count(delivery, kind)
        if before >= _LEAST_ROWS and rows.frame.height * 2 < before:
            plural = rows.declared.plural
            yield Blame(
                kind,
                says={"now": rows.frame.height, "before": before, "plural_nl": plural.nl, "plural_en": plural.en},
            )


def _organisations(count: int) -> list[dict[str, object]]:
    return [{"number": f"R{i}", "name": f"Bedrijf {i}", "_period": 2022} for i in range(count)]


register_check(
    Check(
        "delivery.shrunk",
        Severity.WARNING,
        "across",
        Words("Veel minder dan vorig jaar", "Far fewer than last year"),
        Words(
            "Minder dan de helft van de vorige aanlevering: vaak is een filter of een tabblad blijven staan.",
            "Less than half of the number in the last delivery: often a filter or a sheet was left behind.",
        ),
        Words("{now} {plural_nl}; de vorige keer {before}.", "{now} {plural_en}; last time {before}."),
        Words("Controleer of de lijst volledig is.", "Check whether the list is complete."),
        (Rows({"organisation": _organisations(4)}, earlier={"organisation": _organisations(20)}),),
        (Rows({"organisation": _organisations(18)}, earlier={"organisation": _organisations(20)}),),
        find=_shrunk,
    )
)


def _kind_missing(delivery: Delivery) -> Iterator[Blame]:
    for kind in kinds() if delivery.context.whole else ():
        before = _last_count(delivery, kind.name)
        if before and kind.name not in delivery.kinds and delivery.known(kind.name) is None:
            yield Blame(kind.name, says={"before": before, "plural_nl": kind.plural.nl, "plural_en": kind.plural.en})


register_check(
    Check(
        "delivery.kind-missing",
        Severity.WARNING,
        "across",
        Words("Soort ontbreekt", "Kind missing"),
        Words(
            "Vorig jaar werd deze soort aangeleverd, nu niet.",
            "Last year this kind was delivered, now it is not.",
        ),
        Words("Er zijn geen {plural_nl}; de vorige keer {before}.", "There are no {plural_en}; last time {before}."),
        Words(
            "Lever de tabel na, of bevestig dat er geen zijn.", "Deliver the table too, or confirm that there are none."
        ),
        (Rows({"fund": []}, earlier={"organisation": _organisations(3)}),),
        (Rows({"fund": [], "organisation": _organisations(3)}, earlier={"organisation": _organisations(3)}),),
        find=_kind_missing,
    )
)


def _only_number(delivery: Delivery) -> Iterator[Blame]:
    for kind, rows in delivery.kinds.items():
        others = [
            f.name for f in rows.declared.fields if f.name not in rows.declared.key and f.name in rows.raw.columns
        ]
        if len(others) < 2:
            continue
        empty = rows.frame.select(pl.all_horizontal(pl.col(name).is_null() for name in others).alias("e"))["e"]
        for at in empty.arg_true():
            yield Blame(kind, at, rows.declared.key[0])


register_check(
    Check(
        "row.only-number",
        Severity.WARNING,
        "delivery",
        Words("Rij met alleen een nummer", "Row with only a number"),
        Words("Behalve het nummer is niets ingevuld.", "Nothing but the number is filled in."),
        Words("Bij {_number} is verder niets ingevuld.", "Nothing else is filled in for {_number}."),
        Words("Vul de rij aan of verwijder haar.", "Complete the row or remove it."),
        (Rows({"fund": [{"number": "F1"}]}),),
        (Rows({"fund": [{"number": "F1", "name": "Fonds I"}]}),),
        find=_only_number,
    )
)
