"""Checks on the state's numbers, of any kind that has them."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from schakel.intake.checks.check import Blame, Check, Delivery, register_check
from schakel.intake.checks.examples import Rows
from schakel.intake.findings import Severity
from schakel.intake.interpreting.identifiers import passes_eleven_proof, rsin_of
from schakel.words import Words


def _unproven(delivery: Delivery) -> Iterator[Blame]:
    for kind, rows in delivery.kinds.items():
        if rows.declared.delivered_by == "network":
            continue  # the trade register is taken as it is published
        for field in rows.declared.fields:
            if field.type not in ("rsin", "vat") or field.name not in rows.raw.columns:
                continue
            value = pl.col(field.name)
            rsin = rsin_of(value) if field.type == "vat" else value
            doubtful = rows.frame.select((value.is_not_null() & ~passes_eleven_proof(rsin)).alias("d"))["d"]
            for at in doubtful.fill_null(value=False).arg_true():
                written = rows.frame[field.name][at]
                if field.type == "rsin" or not passes_mod_97(written):
                    yield Blame(kind, at, field.name, {"written": written})


def passes_mod_97(vat: str) -> bool:
    """Whether a Dutch VAT number has the check digits of those given to sole traders since 2020 (ISO 7064 mod 97).

    >>> passes_mod_97("NL000099998B57"), passes_mod_97("NL000099998B58")
    (True, False)
    """
    return int("".join(str(int(c, 36)) for c in vat)) % 97 == 1


register_check(
    Check(
        "identifier.unproven",
        Severity.NOTICE,
        "delivery",
        Words("Controlecijfer klopt niet", "Check digit is wrong"),
        Words(
            "Een RSIN voldoet aan de elfproef, het btw-nummer van een zelfstandige aan een eigen proef; "
            "dit aan geen van beide.",
            "An RSIN passes the eleven-proof; a sole trader's VAT number has a proof of its own. This "
            "number passes neither.",
        ),
        Words("{written} heeft niet de juiste controlecijfers.", "{written} does not have the right check digits."),
        Words("Controleer het nummer op tikfouten.", "Check the number for typing errors."),
        (Rows({"organisation": [{"number": "R1", "vat": "NL123456789B01"}]}),),
        (Rows({"organisation": [{"number": "R1", "vat": "NL820652684B01"}]}),),
        find=_unproven,
    )
)
