"""What must hold of delivered staff figures, of the market list, and of what became of companies."""

from __future__ import annotations

from datetime import date

import polars as pl

from schakel.figures.outcomes import STATED
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
_OUTCOME = {
    "organisation": "R1",
    "turnover": 2_000_000_00,
    "turnover_before": 1_800_000_00,
    "fte": 12.5,
    "fte_before": 11.0,
    "rd": 150_000_00,
    "co2_avoided": 40.0,
    "basis": "company",
}


def _tenfold(now: str, before: str) -> pl.Expr:
    """Whether one of the two, where both are more than nothing, is over ten times the other."""
    positive = (pl.col(now) > 0) & (pl.col(before) > 0)
    return positive & ((pl.col(now) > 10 * pl.col(before)) | (pl.col(now) * 10 < pl.col(before)))


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
row_check(
    "outcome.nothing-stated",
    Severity.WARNING,
    kind="outcome",
    field="organisation",
    when=pl.all_horizontal(pl.col(name).is_null() for name in STATED),
    title=Words("Bedrijf zonder uitkomst", "Company without outcome"),
    explanation=Words(
        "Wie niets opgeeft, telt nergens mee: ook niet als een bedrijf dat wordt gevolgd.",
        "Who states nothing counts nowhere: not as a company that is followed either.",
    ),
    message=Words("Van {_number} is geen enkele uitkomst ingevuld.", "No outcome at all is filled in for {_number}."),
    remedy=Words("Vul in wat bekend is, of verwijder de rij.", "Fill in what is known, or remove the row."),
    fails=_OUTCOME | dict.fromkeys(STATED),
    passes=_OUTCOME | dict.fromkeys(STATED) | {"rd": 0},
)
row_check(
    "outcome.turnover-tenfold",
    Severity.WARNING,
    kind="outcome",
    field="turnover",
    when=_tenfold("turnover", "turnover_before"),
    title=Words("Omzet sprong", "Turnover jumped"),
    explanation=Words(
        "Meer dan tien keer, of minder dan een tiende van het jaar ervoor, is vaak een andere eenheid in één kolom.",
        "More than ten times, or less than a tenth of the year before, is often another unit in one column.",
    ),
    message=Words(
        "Omzet {turnover}, het jaar ervoor {turnover_before}.",
        "Turnover {turnover}, the year before {turnover_before}.",
    ),
    remedy=Words(
        "Controleer beide bedragen en hun eenheid; klopt het, licht het dan toe.",
        "Check both amounts and their unit; if it is right, explain it.",
    ),
    fails=_OUTCOME | {"turnover": 2_000_000_000_00},
    passes=_OUTCOME,
)
row_check(
    "outcome.jobs-tenfold",
    Severity.WARNING,
    kind="outcome",
    field="fte",
    when=_tenfold("fte", "fte_before"),
    title=Words("Werkzame personen sprongen", "Jobs jumped"),
    explanation=Words(
        "Meer dan tien keer, of minder dan een tiende van het jaar ervoor, is vaak een verkeerd gelezen komma.",
        "More than ten times, or less than a tenth of the year before, is often a decimal mark misread.",
    ),
    message=Words("{fte} fte, het jaar ervoor {fte_before}.", "{fte} FTE, the year before {fte_before}."),
    remedy=Words(
        "Controleer beide aantallen; klopt het, licht het dan toe.", "Check both numbers; if it is right, explain it."
    ),
    fails=_OUTCOME | {"fte": 1250.0},
    passes=_OUTCOME,
)
row_check(
    "outcome.rd-above-turnover",
    Severity.WARNING,
    kind="outcome",
    field="rd",
    when=(pl.col("turnover") > 0) & (pl.col("rd") > pl.col("turnover")),
    title=Words("Meer R&D dan omzet", "More R&D than turnover"),
    explanation=Words(
        "Dat kan bij een jong bedrijf met weinig omzet; vaker staat een van beide in een andere eenheid.",
        "It can be at a young company with little turnover; more often one of the two is in another unit.",
    ),
    message=Words(
        "R&D-uitgaven van {rd} bij een omzet van {turnover}.", "R&D spending of {rd} at a turnover of {turnover}."
    ),
    remedy=Words(
        "Controleer beide bedragen; klopt het, licht het dan toe.", "Check both amounts; if it is right, explain it."
    ),
    fails=_OUTCOME | {"rd": 3_000_000_00},
    passes=_OUTCOME,
)
row_check(
    "outcome.no-source",
    Severity.NOTICE,
    kind="outcome",
    field="basis",
    when=pl.col("basis").is_null(),
    title=Words("Uitkomst zonder bron", "Outcome without source"),
    explanation=Words(
        "Geven twee ROM’s een bedrijf op, dan telt de best onderbouwde opgave; wat geen bron heeft, komt het laatst.",
        "Where two agencies state a company, the best founded statement counts; what has no source comes last.",
    ),
    message=Words(
        "Van {_number} is niet gezegd waar het van bekend is.", "For {_number} it is not said how it is known."
    ),
    remedy=Words("Vul de bron in als die bekend is.", "Enter the source if it is known."),
    fails=_OUTCOME | {"basis": None},
    passes=_OUTCOME,
)
