"""What must hold of delivered staff figures and of the market list."""

from __future__ import annotations

from datetime import date

import polars as pl

from schakel.intake.checks import row_check
from schakel.intake.findings import Severity
from schakel.words import Words

_STAFF = {"year": 2023, "heads": 60, "fte": 54.0}
_ROUND = {
    "company": "Acme B.V.",
    "kvk": "12345678",
    "stage": "start-up",
    "date": date(2023, 5, 4),
    "amount": 2_000_000_00,
}

row_check(
    "staff.nobody",
    Severity.WARNING,
    kind="staff",
    field="heads",
    when=pl.col("heads") == 0,
    title=Words("Geen medewerkers", "No staff"),
    explanation=Words("Een ROM zonder medewerkers bestaat niet.", "There is no agency without staff."),
    message=Words("Het aantal medewerkers is nul.", "The headcount is zero."),
    remedy=Words("Vul het aantal op 31 december in.", "Enter the headcount on 31 December."),
    fails=_STAFF | {"heads": 0, "fte": 0.0},
    passes=_STAFF,
)
row_check(
    "staff.fte-above-heads",
    Severity.WARNING,
    kind="staff",
    field="fte",
    when=pl.col("fte") > pl.col("heads"),
    title=Words("Meer fte dan mensen", "More FTE than people"),
    explanation=Words("Een mens is ten hoogste een fte.", "A person is at most one FTE."),
    message=Words("{fte} fte is meer dan {heads} medewerkers.", "{fte} FTE is more than {heads} people."),
    remedy=Words("Controleer of de kolommen verwisseld zijn.", "Check whether the columns were swapped."),
    fails=_STAFF | {"fte": 66.0},
    passes=_STAFF,
)
row_check(
    "staff.other-year",
    Severity.NOTICE,
    kind="staff",
    field="year",
    when=pl.col("year") != pl.col("_period"),
    title=Words("Personeel van een ander jaar", "Staff of another year"),
    explanation=Words("Alleen de opgave van het geleverde jaar telt.", "Only the figure of the delivered year counts."),
    message=Words("Deze opgave is van {year}.", "This figure is of {year}."),
    remedy=Words("Is {period} er ook, dan hoeft u niets te doen.", "If {period} is there too, nothing needs doing."),
    fails=_STAFF | {"year": 2021},
    passes=_STAFF,
)
row_check(
    "staff.few-fte",
    Severity.NOTICE,
    kind="staff",
    field="fte",
    when=pl.col("fte") * 3 < pl.col("heads"),
    title=Words("Weinig fte", "Few FTE"),
    explanation=Words(
        "Minder dan een derde fte per medewerker is ongewoon.", "Less than a third FTE a head is unusual."
    ),
    message=Words("{fte} fte op {heads} medewerkers.", "{fte} FTE for {heads} people."),
    remedy=Words("Controleer de komma.", "Check the decimal mark."),
    fails=_STAFF | {"fte": 5.4},
    passes=_STAFF,
)
row_check(
    "market.outside-period",
    Severity.WARNING,
    kind="market_round",
    field="date",
    when=pl.col("date").dt.year() != pl.col("_period"),
    title=Words("Ronde van een ander jaar", "Round of another year"),
    explanation=Words("Het aandeel wordt over een jaar berekend.", "The share is computed over one year."),
    message=Words("De ronde van {company} is van {date}.", "The round of {company} is of {date}."),
    remedy=Words("Laat rondes van andere jaren weg.", "Leave out rounds of other years."),
    fails=_ROUND | {"date": date(2022, 5, 4)},
    passes=_ROUND,
)
row_check(
    "market.no-amount",
    Severity.NOTICE,
    kind="market_round",
    field="amount",
    when=pl.col("amount").is_null() | (pl.col("amount") == 0),
    title=Words("Ronde zonder bedrag", "Round without amount"),
    explanation=Words(
        "De ronde telt als bedrijf, niet als bedrag.", "The round counts as a company, not as an amount."
    ),
    message=Words("Van de ronde van {company} is geen bedrag bekend.", "No amount is known of the round of {company}."),
    remedy=Words("U hoeft niets te doen.", "Nothing needs doing."),
    fails=_ROUND | {"amount": None},
    passes=_ROUND,
)
row_check(
    "market.unfindable",
    Severity.NOTICE,
    kind="market_round",
    field="company",
    when=pl.col("kvk").is_null() & pl.col("city").is_null(),
    title=Words("Ronde zonder nummer en plaats", "Round without number and city"),
    explanation=Words(
        "Alleen op naam is een bedrijf minder zeker te koppelen.", "By name only a company links less surely."
    ),
    message=Words(
        "Van {company} is geen KvK-nummer en geen plaats bekend.", "No KvK number or city is known of {company}."
    ),
    remedy=Words("Vul een van beide in als dat kan.", "Enter one of the two if possible."),
    fails=_ROUND | {"kvk": None},
    passes=_ROUND,
)
