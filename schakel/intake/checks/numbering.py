"""Checks on numbers and required values, of any kind: what must be there, and be there once."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from rapidfuzz import fuzz

from schakel.intake.checks.check import Blame, Check, Delivery, register_check
from schakel.intake.checks.examples import Rows
from schakel.intake.findings import Severity
from schakel.intake.interpreting import KindRows
from schakel.intake.interpreting.locating import normal
from schakel.intake.kinds import Field
from schakel.words import Words

_UNLIKE = 50  # rapidfuzz token set ratio below which two names are no spellings of one name

_ACME = {"number": "R1", "name": "Acme B.V.", "kind": "company"}


def _required(delivery: Delivery) -> Iterator[Blame]:
    for rows in delivery.kinds.values():
        for field in rows.declared.fields:
            if not field.required or field.name not in rows.raw.columns:
                continue
            unwritten = rows.raw[field.name].fill_null("").str.strip_chars() == ""
            empty = rows.frame[field.name].is_null() & unwritten
            for at in (empty & ~_said_otherwise(delivery, rows, field)).arg_true():
                yield Blame(rows.kind, at, field.name, {"label_nl": field.labels.nl, "label_en": field.labels.en})


def _said_otherwise(delivery: Delivery, rows: KindRows, field: Field) -> pl.Series:
    """Of which rows another kind says what ``field`` says, such as codes what a name does."""
    known = delivery.known(field.unless_in) if field.unless_in else None
    numbers = pl.Series([], dtype=pl.String) if known is None else known["_number"].drop_nulls()
    return rows.frame["_number"].is_in(numbers.implode()).fill_null(value=False)


register_check(
    Check(
        "field.required",
        Severity.ERROR,
        "delivery",
        Words("Verplicht veld leeg", "Required field empty"),
        Words(
            "Zonder dit gegeven kan het record niet geteld of niet teruggevonden worden.",
            "Without this value the record cannot be counted or found again.",
        ),
        Words("{label_nl} is niet ingevuld.", "{label_en} is not filled in."),
        Words("Vul {label_nl} in.", "Enter {label_en}."),
        (Rows({"organisation": [_ACME | {"name": None}]}),),
        (Rows({"organisation": [_ACME]}),),
        find=_required,
    )
)


def _required_unmapped(delivery: Delivery) -> Iterator[Blame]:
    for rows in delivery.kinds.values():
        for field in rows.declared.fields:
            unmapped = all(field.name not in source.columns for source in rows.sources)
            if field.required and unmapped and not _said_otherwise(delivery, rows, field).all():
                yield Blame(rows.kind, None, field.name, {"label_nl": field.labels.nl, "label_en": field.labels.en})


register_check(
    Check(
        "field.unmapped",
        Severity.ERROR,
        "delivery",
        Words("Verplicht veld zonder kolom", "Required field without column"),
        Words(
            "Geen kolom levert dit verplichte veld; de rijen kunnen niet worden overgenomen.",
            "No column delivers this required field; the rows cannot be taken over.",
        ),
        Words("Voor {label_nl} is geen kolom aangewezen.", "No column is named for {label_en}."),
        Words("Wijs in de koppeling de kolom aan, of voeg hem toe.", "Name the column in the mapping, or add it."),
        (Rows({"organisation": [_ACME]}, without=("name",)),),
        (Rows({"organisation": [_ACME]}),),
        find=_required_unmapped,
    )
)


def _repeated(rows: KindRows, delivery: Delivery) -> pl.DataFrame:
    """Second and further rows of one number: ``_at``, ``_first`` (where the first is), ``_same`` (all alike)."""
    frame = delivery.rows(rows.kind)
    assert frame is not None  # noqa: S101 - rows is one of the delivery's kinds
    fields = [f.name for f in rows.declared.fields]
    double = frame.filter(pl.col("_number").is_not_null() & pl.col("_number").is_duplicated())
    flat = double.select("_at", "_number", _flat=pl.struct(fields).struct.json_encode())
    first = flat.unique("_number", keep="first", maintain_order=True)
    paired = flat.join(first, on="_number", how="left", maintain_order="left", suffix="_first")
    later = paired.filter(pl.col("_at") != pl.col("_at_first"))
    return later.select("_at", _first="_at_first", _same=pl.col("_flat") == pl.col("_flat_first"))


def _twice(delivery: Delivery, *, same: bool, numbered: bool) -> Iterator[Blame]:
    for rows in delivery.kinds.values():
        if not same and (rows.declared.numbering != "none") != numbered:
            continue
        for at, first, _ in _repeated(rows, delivery).filter(pl.col("_same") == same).iter_rows():
            key = rows.declared.key[0]
            source = rows.source(first)
            where = source.address(key if key in source.columns else source.first_field(), rows.frame["_row"][first])
            yield Blame(rows.kind, at, key, {"first": where})


register_check(
    Check(
        "number.twice-same",
        Severity.WARNING,
        "delivery",
        Words("Zelfde rij twee keer", "Same row twice"),
        Words(
            "Twee rijen zijn in alles gelijk. De tweede wordt weggelaten, zodat niets dubbel telt.",
            "Two rows are alike in everything. The second is left out, so that nothing counts twice.",
        ),
        Words("{_number} staat al, geheel gelijk, in {first}.", "{_number} already stands, all alike, in {first}."),
        Words("Verwijder de dubbele rij.", "Remove the double row."),
        (Rows({"organisation": [_ACME, _ACME]}),),
        (Rows({"organisation": [_ACME, _ACME | {"number": "R2"}]}),),
        find=lambda delivery: _twice(delivery, same=True, numbered=True),
    )
)
register_check(
    Check(
        "number.twice-differs",
        Severity.ERROR,
        "delivery",
        Words("Zelfde nummer, andere gegevens", "Same number, other contents"),
        Words(
            "Een nummer hoort bij een record. De eerste rij telt; deze blijft erbuiten tot duidelijk is "
            "welk nummer zij heeft.",
            "A number belongs to one record. The first row counts; this one is kept out until its number is clear.",
        ),
        Words(
            "Nummer {_number} staat ook in {first}, met andere gegevens.",
            "Number {_number} also stands in {first}, with other contents.",
        ),
        Words(
            "Geef een van beide een eigen nummer, of voeg ze samen.",
            "Give one of the two its own number, or merge them.",
        ),
        (Rows({"organisation": [_ACME, _ACME | {"name": "Bolt N.V."}]}),),
        (Rows({"organisation": [_ACME, _ACME]}),),
        find=lambda delivery: _twice(delivery, same=False, numbered=True),
    )
)
register_check(
    Check(
        "row.twice-differs",
        Severity.WARNING,
        "delivery",
        Words("Zelfde combinatie, andere gegevens", "Same pair, other contents"),
        Words(
            "Van een deelname of participatie hoort er een rij te zijn. De eerste telt.",
            "There should be one row of a participation or position. The first counts.",
        ),
        Words(
            "{_number} staat ook in {first}, met andere gegevens.",
            "{_number} also stands in {first}, with other contents.",
        ),
        Words("Voeg de rijen samen.", "Merge the rows."),
        (
            Rows(
                {
                    "project_participant": [
                        {"project": "P1", "organisation": "R1", "role": "lead"},
                        {"project": "P1", "organisation": "R1", "role": "partner"},
                    ]
                }
            ),
        ),
        (
            Rows(
                {
                    "project_participant": [
                        {"project": "P1", "organisation": "R1", "role": "lead"},
                        {"project": "P1", "organisation": "R2", "role": "partner"},
                    ]
                }
            ),
        ),
        find=lambda delivery: _twice(delivery, same=False, numbered=False),
    )
)


def _reused(delivery: Delivery) -> Iterator[Blame]:
    for kind, rows in delivery.kinds.items():
        earlier, names = delivery.earlier(kind), {"name", "title"} & rows.declared.fields_by_name.keys()
        if earlier is None or not names or not _permanent(rows):
            continue
        name = names.pop()
        last = earlier.sort("_period").unique("_number", keep="last", maintain_order=True)
        frame = delivery.rows(kind)
        assert frame is not None  # noqa: S101
        both = frame.join(last, on="_number", how="inner", maintain_order="left", suffix="_before")
        same_state_number = (
            pl.any_horizontal(
                (pl.col(n) == pl.col(f"{n}_before")).fill_null(value=False)
                for n in ("kvk", "vat", "rsin")
                if n in rows.declared.fields_by_name
            )
            if "kvk" in rows.declared.fields_by_name
            else pl.lit(value=False)
        )
        changed = both.filter((pl.col(name) != pl.col(f"{name}_before")) & ~same_state_number)
        for at, now, before in changed.select("_at", name, f"{name}_before").iter_rows():
            if unlike(now, before):
                yield Blame(kind, at, name, {"before": before})


def _permanent(rows: KindRows) -> bool:
    said = {source.mapping.numbering for source in rows.sources} - {""}
    return (said or {rows.declared.numbering}) == {"permanent"}


def unlike(one: str, other: str) -> bool:
    """Whether two names can hardly be spellings of one.

    >>> unlike("Acme Holding B.V.", "ACME BV"), unlike("Acme B.V.", "Stichting Bolt")
    (False, True)
    """
    return fuzz.token_set_ratio(normal(one), normal(other)) < _UNLIKE


register_check(
    Check(
        "number.reused",
        Severity.ERROR,
        "across",
        Words("Vast nummer hergebruikt", "Permanent number reused"),
        Words(
            "Dit nummer was eerder van een record met een heel andere naam en zonder gelijk KvK-, btw- of RSIN-nummer. "
            "Een vast nummer blijft altijd van hetzelfde.",
            "This number was of a record with a quite different name and no equal Chamber of Commerce, VAT or RSIN "
            "number. A permanent number always stays with one thing.",
        ),
        Words(
            "{_number} was eerder '{before}'.",
            "{_number} was '{before}' before.",
        ),
        Words(
            "Is het een nieuw record, geef het een nieuw nummer; is het dezelfde met een nieuwe naam, vul "
            "dan het KvK-nummer in.",
            "If it is a new record, give it a new number; if it is the same under a new name, enter its KvK number.",
        ),
        (
            Rows(
                {"organisation": [_ACME]},
                earlier={"organisation": [{"number": "R1", "name": "Stichting Bolt", "_period": 2022}]},
            ),
        ),
        (
            Rows(
                {"organisation": [_ACME]},
                earlier={"organisation": [{"number": "R1", "name": "ACME Holding BV", "_period": 2022}]},
            ),
        ),
        find=_reused,
    )
)
