"""What must hold of delivered funds, investments and positions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from schakel.intake.checks import Blame, Check, Delivery, Rows, delivery_check, register_check, row_check
from schakel.intake.findings import Severity
from schakel.intake.interpreting.numbers import euros
from schakel.words import Words

_FUND = {"number": "F1", "name": "Groeifonds I", "capital": 40_000_000_00, "vintage": 2018}
_INVESTMENT = {
    "number": "I1",
    "fund": "F1",
    "organisation": "R1",
    "date": date(2023, 5, 4),
    "amount": 500_000_00,
    "type": "first",
    "round_size": 2_000_000_00,
}
_POSITION = {"fund": "F1", "organisation": "R1", "date": date(2023, 12, 31), "cost": 500_000_00, "value": 600_000_00}

row_check(
    "fund.vintage-after-period",
    Severity.WARNING,
    kind="fund",
    field="vintage",
    when=pl.col("vintage") > pl.col("_period"),
    title=Words("Fonds nog niet gestart", "Fund not started yet"),
    explanation=Words(
        "Een fonds dat later start, telt dit jaar niet.", "A fund that starts later does not count this year."
    ),
    message=Words("{name} start in {vintage}, na {period}.", "{name} starts in {vintage}, after {period}."),
    remedy=Words(
        "Verbeter het startjaar, of lever het fonds later aan.", "Correct the vintage, or deliver the fund later."
    ),
    fails=_FUND | {"vintage": 2031},
    passes=_FUND,
)
row_check(
    "fund.very-old",
    Severity.NOTICE,
    kind="fund",
    field="vintage",
    when=pl.col("vintage") < 1975,
    title=Words("Heel oud fonds", "Very old fund"),
    explanation=Words(
        "De oudste ontwikkelingsmaatschappijen zijn van 1974 en 1975.", "The oldest agencies date from 1974 and 1975."
    ),
    message=Words("{name} zou uit {vintage} zijn.", "{name} would be of {vintage}."),
    remedy=Words("Controleer het startjaar.", "Check the vintage."),
    fails=_FUND | {"vintage": 1918},
    passes=_FUND,
)
row_check(
    "investment.outside-period",
    Severity.WARNING,
    kind="investment",
    field="date",
    when=pl.col("date").dt.year() != pl.col("_period"),
    title=Words("Niet in dit jaar geïnvesteerd", "Not invested this year"),
    explanation=Words(
        "Een investering telt in het jaar van haar datum.", "An investment counts in the year of its date."
    ),
    message=Words("{_number} is van {date}, niet van {period}.", "{_number} is of {date}, not of {period}."),
    remedy=Words(
        "Verbeter de datum, of lever haar bij dat jaar aan.", "Correct the date, or deliver it with that year."
    ),
    fails=_INVESTMENT | {"date": date(2022, 12, 30)},
    passes=_INVESTMENT,
)
row_check(
    "investment.above-round",
    Severity.WARNING,
    kind="investment",
    field="amount",
    when=pl.col("amount") > pl.col("round_size"),
    title=Words("Investering groter dan de ronde", "Investment larger than its round"),
    explanation=Words(
        "De ronde is alles wat het bedrijf toen ophaalde, deze investering inbegrepen.",
        "The round is all that the company raised then, this investment included.",
    ),
    message=Words(
        "{amount} is meer dan de ronde van {round_size}.", "{amount} is more than the round of {round_size}."
    ),
    remedy=Words("Controleer beide bedragen en hun eenheid.", "Check both amounts and their unit."),
    fails=_INVESTMENT | {"round_size": 400_000_00},
    passes=_INVESTMENT,
)
row_check(
    "investment.no-fund",
    Severity.NOTICE,
    kind="investment",
    field="fund",
    when=pl.col("fund").is_null(),
    title=Words("Investering zonder fonds", "Investment without fund"),
    explanation=Words(
        "Zonder fonds telt de investering, maar bij geen fonds.", "Without fund it counts, but with no fund."
    ),
    message=Words("{_number} noemt geen fonds.", "{_number} names no fund."),
    remedy=Words("Vul het fonds in.", "Enter the fund."),
    fails=_INVESTMENT | {"fund": None},
    passes=_INVESTMENT,
)
row_check(
    "investment.no-stage",
    Severity.NOTICE,
    kind="investment",
    field="stage",
    when=pl.col("stage").is_null(),
    title=Words("Investering zonder fase", "Investment without stage"),
    explanation=Words(
        "Zonder fase telt de investering niet mee in het aandeel in de kapitaalmarkt.",
        "Without stage the investment does not count in the involvement in the capital market.",
    ),
    message=Words("Van {_number} is de fase niet bekend.", "The stage of {_number} is not known."),
    remedy=Words(
        "Vul de fase in (seed, start-up, later-stage, groei).", "Enter the stage (seed, start-up, later stage, growth)."
    ),
    fails=_INVESTMENT,
    passes=_INVESTMENT | {"stage": "seed"},
)
row_check(
    "position.value-without-cost",
    Severity.WARNING,
    kind="position",
    field="cost",
    when=(pl.col("value") > 0) & pl.col("cost").is_null(),
    title=Words("Waarde zonder kostprijs", "Value without cost"),
    explanation=Words("Wat iets waard is, heeft ook iets gekost.", "What has a value also had a cost."),
    message=Words(
        "{_number} is {value} waard, maar de kostprijs ontbreekt.", "{_number} is worth {value}, but has no cost."
    ),
    remedy=Words("Vul de kostprijs in.", "Enter the cost."),
    fails=_POSITION | {"cost": None},
    passes=_POSITION,
)
row_check(
    "position.no-value",
    Severity.NOTICE,
    kind="position",
    field="value",
    when=pl.col("value").is_null(),
    title=Words("Participatie zonder waarde", "Position without value"),
    explanation=Words(
        "Op 31 december heeft elke participatie een waarde, ook als die nul is.",
        "On 31 December each position has a value, be it zero.",
    ),
    message=Words("Van {_number} is geen waarde bekend.", "No value is known of {_number}."),
    remedy=Words("Vul de waarde op 31 december in.", "Enter the value on 31 December."),
    fails=_POSITION | {"value": None},
    passes=_POSITION,
)
row_check(
    "position.not-year-end",
    Severity.WARNING,
    kind="position",
    field="date",
    when=pl.col("date") != pl.date(pl.col("_period"), 12, 31),
    title=Words("Niet de stand op 31 december", "Not the position on 31 December"),
    explanation=Words(
        "De portefeuille is een stand aan het einde van het jaar.", "The portfolio is a stock at the end of the year."
    ),
    message=Words("{_number} is de stand op {date}.", "{_number} is the position on {date}."),
    remedy=Words("Lever de stand op 31 december {period} aan.", "Deliver the position on 31 December {period}."),
    fails=_POSITION | {"date": date(2023, 9, 30)},
    passes=_POSITION,
)


def _not_in(delivery: Delivery, kind: str, field: str, others: tuple[pl.DataFrame | None, ...]) -> Iterator[int]:
    """Positions of rows of ``kind`` whose ``field`` none of ``others`` has."""
    rows = delivery.rows(kind)
    if rows is None:
        return
    there = pl.concat([other.select(field) for other in others if other is not None] or [rows.select(field).clear()])
    yield from rows.filter(pl.col(field).is_not_null()).join(there, on=field, how="anti", maintain_order="left")["_at"]


def _never_invested(delivery: Delivery) -> Iterator[Blame]:
    """Only said where earlier years are known: a position may stem from long before Schakel."""
    invested, held = delivery.earlier("investment"), delivery.earlier("position")
    if invested is not None and held is not None:
        for at in _not_in(delivery, "position", "organisation", (delivery.known("investment"), invested, held)):
            yield Blame("position", at, "organisation")


register_check(
    Check(
        "position.no-investment",
        Severity.WARNING,
        "across",
        Words("Participatie zonder investering", "Position without investment"),
        Words(
            "De participatie is nieuw dit jaar, maar van geen jaar is een investering in dit bedrijf bekend.",
            "The position is new this year, but no investment in this company is known of any year.",
        ),
        Words(
            "In {organisation} is nooit geïnvesteerd, maar het staat in de portefeuille.",
            "{organisation} was never invested in, but is in the portfolio.",
        ),
        Words("Lever de investering aan, of verbeter het nummer.", "Deliver the investment, or correct the number."),
        (
            Rows(
                {"position": [_POSITION], "investment": []},
                earlier={
                    "investment": [_INVESTMENT | {"organisation": "R7"}],
                    "position": [_POSITION | {"organisation": "R7"}],
                },
            ),
        ),
        (Rows({"position": [_POSITION], "investment": []}, earlier={"investment": [_INVESTMENT], "position": []}),),
        kind="position",
        find=_never_invested,
    )
)


def _not_held(delivery: Delivery) -> Iterator[Blame]:
    if delivery.known("position") is not None:
        for at in _not_in(delivery, "investment", "organisation", (delivery.known("position"),)):
            yield Blame("investment", at, "organisation")


delivery_check(
    "investment.not-in-portfolio",
    Severity.NOTICE,
    kind="investment",
    find=_not_held,
    title=Words("Investering niet in portefeuille", "Investment not in portfolio"),
    explanation=Words(
        "Er is dit jaar in geïnvesteerd, maar op 31 december is er geen participatie: verkocht, afgelost of vergeten.",
        "There was an investment this year but no position on 31 December: sold, repaid or forgotten.",
    ),
    message=Words("{organisation} staat niet in de portefeuille.", "{organisation} is not in the portfolio."),
    remedy=Words(
        "Vul de portefeuille aan als de participatie er nog is.",
        "Complete the portfolio if the position is still there.",
    ),
    fails={"investment": [_INVESTMENT], "position": [_POSITION | {"organisation": "R9"}]},
    passes={"investment": [_INVESTMENT], "position": [_POSITION]},
)


def _idle_fund(delivery: Delivery) -> Iterator[Blame]:
    rows, used = delivery.rows("fund"), [delivery.known("investment"), delivery.known("position")]
    if rows is None or used[0] is None:
        return
    named = pl.concat([each["fund"] for each in used if each is not None]).drop_nulls().unique()
    for at in rows.filter(~pl.col("number").is_in(named.implode()))["_at"]:
        yield Blame("fund", at, "number")


delivery_check(
    "fund.idle",
    Severity.NOTICE,
    kind="fund",
    find=_idle_fund,
    title=Words("Fonds zonder investeringen", "Fund without investments"),
    explanation=Words(
        "Geen investering of participatie noemt dit fonds.", "No investment or position names this fund."
    ),
    message=Words(
        "{name} heeft geen investeringen en geen participaties.", "{name} has no investments and no positions."
    ),
    remedy=Words("Controleer of de fondsnummers overeenkomen.", "Check whether the fund numbers agree."),
    fails={"fund": [_FUND | {"number": "F2"}], "investment": [_INVESTMENT]},
    passes={"fund": [_FUND], "investment": [_INVESTMENT]},
)


def _overdrawn(delivery: Delivery) -> Iterator[Blame]:
    rows, positions = delivery.rows("fund"), delivery.known("position")
    if rows is None or positions is None:
        return
    costs = positions.group_by("fund").agg(_cost=pl.col("cost").sum())
    beside = rows.join(costs, left_on="number", right_on="fund", how="left", maintain_order="left")
    for at, cost in beside.filter(pl.col("_cost") > pl.col("capital")).select("_at", "_cost").iter_rows():
        yield Blame("fund", at, "capital", {"cost": euros(cost)})


delivery_check(
    "fund.below-positions",
    Severity.NOTICE,
    kind="fund",
    find=_overdrawn,
    title=Words("Fonds kleiner dan zijn participaties", "Fund smaller than its positions"),
    explanation=Words(
        "De kostprijs van de participaties samen is meer dan het fondsvermogen; dat kan bij revolverende fondsen.",
        "The cost of the positions together is more than the fund's capital; revolving funds can have that.",
    ),
    message=Words("{name}: vermogen {capital}, participaties {cost}.", "{name}: capital {capital}, positions {cost}."),
    remedy=Words("Controleer de eenheid van het fondsvermogen.", "Check the unit of the fund's capital."),
    fails={"fund": [_FUND | {"capital": 100_000_00}], "position": [_POSITION]},
    passes={"fund": [_FUND], "position": [_POSITION]},
)


def _doubled(delivery: Delivery, fields: tuple[str, ...], only: pl.Expr) -> Iterator[Blame]:
    """Investments that have ``fields`` in common with an earlier row, under another number."""
    rows = delivery.rows("investment")
    if rows is None:
        return
    whole = rows.filter(only & pl.all_horizontal(pl.col(name).is_not_null() for name in fields))
    double = whole.filter(pl.struct(fields).is_duplicated())
    first = double.unique(list(fields), keep="first", maintain_order=True)
    paired = double.join(first, on=list(fields), how="left", maintain_order="left", suffix="_first")
    for at, other in (
        paired.filter(pl.col("number") != pl.col("number_first")).select("_at", "number_first").iter_rows()
    ):
        yield Blame("investment", at, "number", {"other": other})


delivery_check(
    "investment.same-deal",
    Severity.WARNING,
    kind="investment",
    find=lambda delivery: _doubled(delivery, ("fund", "organisation", "date", "amount"), pl.lit(value=True)),
    title=Words("Zelfde investering onder twee nummers", "Same investment under two numbers"),
    explanation=Words(
        "Fonds, bedrijf, dag en bedrag zijn gelijk: dit telt waarschijnlijk dubbel.",
        "Fund, company, day and amount are equal: this probably counts twice.",
    ),
    message=Words("{_number} is gelijk aan {other}.", "{_number} equals {other}."),
    remedy=Words(
        "Laat een van beide weg als het een investering is.", "Leave one of the two out if it is one investment."
    ),
    fails={"investment": [_INVESTMENT, _INVESTMENT | {"number": "I2"}]},
    passes={"investment": [_INVESTMENT, _INVESTMENT | {"number": "I2", "amount": 250_000_00}]},
)
delivery_check(
    "investment.first-twice",
    Severity.NOTICE,
    kind="investment",
    find=lambda delivery: _doubled(delivery, ("fund", "organisation"), pl.col("type") == "first"),
    title=Words("Twee keer initieel", "First investment twice"),
    explanation=Words(
        "Een fonds investeert in een bedrijf een keer voor het eerst; wat volgt is een vervolginvestering.",
        "A fund invests in a company for the first time once; what follows is a follow-on.",
    ),
    message=Words(
        "{_number} en {other} heten beide initieel in {organisation}.",
        "{_number} and {other} are both called first in {organisation}.",
    ),
    remedy=Words("Maak van de latere een vervolginvestering.", "Make the later one a follow-on."),
    fails={"investment": [_INVESTMENT, _INVESTMENT | {"number": "I2", "date": date(2023, 8, 1)}]},
    passes={"investment": [_INVESTMENT, _INVESTMENT | {"number": "I2", "date": date(2023, 8, 1), "type": "follow-on"}]},
)


_INTEREST = 125  # per cent of the loan: what is converted is the loan with the interest that was added to it


def _looks_converted(delivery: Delivery) -> Iterator[Blame]:
    """Shares for what the same fund lent the same company before, no more than interest apart."""
    rows = delivery.rows("investment")
    if rows is None:
        return
    same, seen = ["fund", "organisation"], ["number", "date", "amount", "instrument"]
    ours = [each.select(*same, *seen) for each in (rows, delivery.earlier("investment")) if each is not None]
    lent = pl.concat(ours, how="vertical_relaxed").filter(pl.col("instrument") == "convertible-loan")
    shares = rows.filter(pl.col("instrument") == "equity", pl.col("type").ne_missing("conversion"))
    paired = shares.join(lent, on=same, nulls_equal=True, maintain_order="left_right", suffix="_loan").filter(
        pl.col("date_loan") < pl.col("date"),
        pl.col("amount").is_between("amount_loan", pl.col("amount_loan") * _INTEREST // 100),
    )
    for at, loan in paired.unique("_at", keep="first", maintain_order=True).select("_at", "number_loan").iter_rows():
        yield Blame("investment", at, "type", {"loan": loan})


_LOAN = _INVESTMENT | {"instrument": "convertible-loan"}
_SHARES = _INVESTMENT | {
    "number": "I2",
    "date": date(2023, 11, 1),
    "amount": 540_000_00,
    "instrument": "equity",
    "type": "follow-on",
}

delivery_check(
    "investment.looks-converted",
    Severity.NOTICE,
    kind="investment",
    find=_looks_converted,
    title=Words("Misschien een omgezette lening", "Perhaps a converted loan"),
    explanation=Words(
        "Het fonds leende dit bedrijf eerder hetzelfde bedrag. Een lening die in aandelen wordt omgezet is geen "
        "nieuwe investering.",
        "The fund lent this company the same amount before. A loan converted into shares is no new investment.",
    ),
    message=Words("{_number} lijkt de omzetting van {loan}.", "{_number} looks like the conversion of {loan}."),
    remedy=Words("Kies als type de omzetting van een lening.", "Choose the conversion of a loan as its type."),
    fails={"investment": [_LOAN, _SHARES]},
    passes={"investment": [_LOAN, _SHARES | {"type": "conversion"}]},
)
