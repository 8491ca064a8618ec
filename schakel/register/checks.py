"""What must hold of delivered organisations and of the trade register."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from schakel.intake.checks import Blame, Delivery, delivery_check, row_check
from schakel.intake.checks.numbering import unlike
from schakel.intake.findings import Severity
from schakel.words import Words

_ACME = {"number": "R1", "name": "Acme B.V.", "kvk": "12345678", "postcode": "3511EP", "city": "Utrecht"}
_ABROAD = pl.col("country").is_not_null() & (pl.col("country") != "NL")
_NUMBERS = ("kvk", "vat", "rsin")

row_check(
    "organisation.unplaceable",
    Severity.WARNING,
    kind="organisation",
    field="name",
    when=pl.all_horizontal(pl.col(name).is_null() for name in (*_NUMBERS, "postcode", "city"))
    & ~_ABROAD.fill_null(value=False),
    title=Words("Organisatie zonder nummer of plaats", "Organisation without number or place"),
    explanation=Words(
        "Zonder KvK-, btw-nummer, RSIN, postcode of plaats is een organisatie niet te koppelen en in geen "
        "provincie te tellen.",
        "Without KvK, VAT or RSIN number, postcode or city an organisation can be neither linked nor placed.",
    ),
    message=Words("{name} heeft geen nummer, postcode of plaats.", "{name} has no number, postcode or city."),
    remedy=Words("Vul ten minste het KvK-nummer of de postcode in.", "Enter at least the KvK number or the postcode."),
    fails={"number": "R1", "name": "Acme B.V."},
    passes=_ACME,
)
row_check(
    "organisation.abroad-with-kvk",
    Severity.NOTICE,
    kind="organisation",
    field="country",
    when=_ABROAD & pl.col("kvk").is_not_null(),
    title=Words("Buitenlands met KvK-nummer", "Abroad with a KvK number"),
    explanation=Words(
        "Een KvK-nummer hoort bij een Nederlandse inschrijving; het land is misschien dat van het moederbedrijf.",
        "A KvK number belongs to a Dutch registration; the country may be that of the parent company.",
    ),
    message=Words(
        "{name} zit in {country} en heeft KvK-nummer {kvk}.", "{name} is in {country} and has KvK number {kvk}."
    ),
    remedy=Words("Vul het land van de vestiging in.", "Enter the country of the site."),
    fails=_ACME | {"country": "DE"},
    passes=_ACME | {"country": "NL"},
)
row_check(
    "organisation.abroad-with-postcode",
    Severity.NOTICE,
    kind="organisation",
    field="country",
    when=_ABROAD & pl.col("postcode").str.contains("[A-Z]{2}$"),
    title=Words("Buitenlands met Nederlandse postcode", "Abroad with a Dutch postcode"),
    explanation=Words("Land en postcode spreken elkaar tegen.", "Country and postcode contradict each other."),
    message=Words("{name}: {postcode} ligt niet in {country}.", "{name}: {postcode} is not in {country}."),
    remedy=Words("Verbeter het land of de postcode.", "Correct the country or the postcode."),
    fails=_ACME | {"country": "BE", "kvk": None},
    passes=_ACME | {"country": "BE", "kvk": None, "postcode": None},
)
row_check(
    "organisation.name-is-number",
    Severity.WARNING,
    kind="organisation",
    field="name",
    when=pl.col("name").str.contains(r"^[\d\s.\-]+$"),
    title=Words("Naam is een nummer", "Name is a number"),
    explanation=Words("In de kolom met namen staat een nummer.", "The column of names holds a number."),
    message=Words("'{name}' is geen naam.", "'{name}' is not a name."),
    remedy=Words(
        "Vul de naam in, of wijs in de koppeling de juiste kolom aan.", "Enter the name, or map the right column."
    ),
    fails=_ACME | {"name": "12345678"},
    passes=_ACME | {"name": "50five B.V."},
)
row_check(
    "organisation.rsin-differs",
    Severity.WARNING,
    kind="organisation",
    field="rsin",
    when=(pl.col("vat").str.slice(2, 9) != pl.col("rsin")),
    title=Words("RSIN past niet bij btw-nummer", "RSIN does not fit VAT number"),
    explanation=Words(
        "Het btw-nummer van een rechtspersoon bevat haar RSIN.", "The VAT number of a legal person holds its RSIN."
    ),
    message=Words("RSIN {rsin} en btw-nummer {vat} verschillen.", "RSIN {rsin} and VAT number {vat} differ."),
    remedy=Words("Verbeter een van beide.", "Correct one of the two."),
    fails=_ACME | {"vat": "NL820652684B01", "rsin": "123456782"},
    passes=_ACME | {"vat": "NL820652684B01", "rsin": "820652684"},
)
row_check(
    "organisation.address-without-place",
    Severity.NOTICE,
    kind="organisation",
    field="postcode",
    when=pl.col("address").is_not_null() & pl.col("postcode").is_null() & pl.col("city").is_null(),
    title=Words("Adres zonder postcode en plaats", "Address without postcode and city"),
    explanation=Words(
        "Met alleen een straat telt de organisatie in geen provincie mee.",
        "With a street only the organisation counts in no province.",
    ),
    message=Words("Van {name} is alleen de straat bekend.", "Only the street of {name} is known."),
    remedy=Words("Vul de postcode in.", "Enter the postcode."),
    fails={"number": "R1", "name": "Acme", "kvk": "12345678", "address": "Dam 1"},
    passes=_ACME | {"address": "Dam 1"},
)
row_check(
    "register-entry.no-number",
    Severity.NOTICE,
    kind="register_entry",
    field="kvk",
    when=pl.col("kvk").is_null() & pl.col("rsin").is_null(),
    title=Words("Inschrijving zonder nummer", "Entry without number"),
    explanation=Words(
        "Een inschrijving zonder KvK-nummer en RSIN helpt alleen op naam te koppelen.",
        "An entry without KvK number and RSIN helps to link by name only.",
    ),
    message=Words("{name} heeft geen KvK-nummer of RSIN.", "{name} has no KvK number or RSIN."),
    remedy=Words("U hoeft niets te doen.", "Nothing needs doing."),
    fails={"name": "Acme B.V."},
    passes={"name": "Acme B.V.", "kvk": "12345678"},
)


def _number_shared(delivery: Delivery, field: str) -> Iterator[Blame]:
    """Rows whose ``field`` an earlier row has too, under a name unlike theirs."""
    rows = delivery.rows("organisation")
    if rows is None:
        return
    shared = rows.filter(pl.col(field).is_not_null() & pl.col(field).is_duplicated())
    first: dict[str, str] = {}
    for at, number, name in shared.select("_at", field, "name").iter_rows():
        known = first.setdefault(number, name or "")
        if unlike(known, name or ""):
            yield Blame("organisation", at, field, {"other": known})


delivery_check(
    "organisation.kvk-shared",
    Severity.WARNING,
    kind="organisation",
    find=lambda delivery: _number_shared(delivery, "kvk"),
    title=Words("KvK-nummer van twee", "KvK number of two"),
    explanation=Words(
        "Twee organisaties met heel andere namen hebben hetzelfde KvK-nummer. Zij zouden als een tellen.",
        "Two organisations with quite different names have one KvK number. They would count as one.",
    ),
    message=Words(
        "KvK-nummer {kvk} van {name} is ook van {other}.", "KvK number {kvk} of {name} is also that of {other}."
    ),
    remedy=Words("Zoek de nummers op in het handelsregister.", "Look the numbers up in the trade register."),
    fails={"organisation": [_ACME, _ACME | {"number": "R2", "name": "Stichting Zilt"}]},
    passes={"organisation": [_ACME, _ACME | {"number": "R2", "name": "Acme Holding"}]},
)
delivery_check(
    "organisation.vat-shared",
    Severity.NOTICE,
    kind="organisation",
    find=lambda delivery: _number_shared(delivery, "vat"),
    title=Words("Btw-nummer van twee", "VAT number of two"),
    explanation=Words(
        "Twee organisaties met heel andere namen hebben hetzelfde btw-nummer; dat kan een fiscale eenheid zijn.",
        "Two organisations with quite different names have one VAT number; that may be a fiscal unity.",
    ),
    message=Words(
        "Btw-nummer {vat} van {name} is ook van {other}.", "VAT number {vat} of {name} is also that of {other}."
    ),
    remedy=Words("Controleer het nummer.", "Check the number."),
    fails={
        "organisation": [
            {"number": "R1", "name": "Acme", "vat": "NL820652684B01"},
            {"number": "R2", "name": "Zilt", "vat": "NL820652684B01"},
        ]
    },
    passes={
        "organisation": [
            {"number": "R1", "name": "Acme", "vat": "NL820652684B01"},
            {"number": "R2", "name": "Acme BV", "vat": "NL820652684B01"},
        ]
    },
)


def _same_twice(delivery: Delivery) -> Iterator[Blame]:
    """Rows with the name and postcode of an earlier row, under another number."""
    rows = delivery.rows("organisation")
    if rows is None:
        return
    known = rows.with_columns(_name=pl.col("name").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", ""))
    known = known.filter(pl.col("name").is_not_null() & pl.col("postcode").is_not_null())
    double = known.filter(pl.struct("_name", "postcode").is_duplicated())
    first = double.unique(["_name", "postcode"], keep="first", maintain_order=True)
    paired = double.join(first, on=["_name", "postcode"], how="left", maintain_order="left", suffix="_first")
    for at, other in (
        paired.filter(pl.col("number") != pl.col("number_first")).select("_at", "number_first").iter_rows()
    ):
        yield Blame("organisation", at, "name", {"other": other})


delivery_check(
    "organisation.twice",
    Severity.NOTICE,
    kind="organisation",
    find=_same_twice,
    title=Words("Organisatie onder twee nummers", "Organisation under two numbers"),
    explanation=Words(
        "Twee nummers hebben dezelfde naam en postcode; waarschijnlijk is het een organisatie.",
        "Two numbers have one name and postcode; probably they are one organisation.",
    ),
    message=Words("{name} staat ook onder nummer {other}.", "{name} also stands under number {other}."),
    remedy=Words(
        "Voeg de relaties in uw systeem samen als zij een zijn.", "Merge them in your system if they are one."
    ),
    fails={"organisation": [_ACME, _ACME | {"number": "R2"}]},
    passes={"organisation": [_ACME, _ACME | {"number": "R2", "postcode": "9711AA"}]},
)
