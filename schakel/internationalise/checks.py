"""What must hold of delivered foreign cases and trade activities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from schakel.intake.checks import Blame, Delivery, delivery_check, row_check
from schakel.intake.findings import Severity
from schakel.words import Words

_MANY_JOBS = 5_000  # the largest cases published by the network stay far below
_LONG_DAYS = 60
_CASE = {
    "number": "A1",
    "organisation": "R1",
    "origin": "JP",
    "kind": "expansion",
    "date": date(2023, 4, 1),
    "capex": 3_000_000_00,
    "jobs_created": 12,
    "jobs_retained": 3,
}
_ACTIVITY = {
    "number": "T1",
    "title": "Handelsmissie Seoul",
    "country": "KR",
    "kind": "trade-mission",
    "start": date(2023, 6, 5),
    "end": date(2023, 6, 9),
    "participants": 14,
}
_BOTH = pl.col("jobs_created").fill_null(0) + pl.col("jobs_retained").fill_null(0)

row_check(
    "case.outside-period",
    Severity.WARNING,
    kind="foreign_case",
    field="date",
    when=pl.col("date").dt.year() != pl.col("_period"),
    title=Words("Niet in dit jaar besloten", "Not decided this year"),
    explanation=Words(
        "Een acquisitieproject telt in het jaar van het besluit.", "A foreign case counts in the year of its decision."
    ),
    message=Words("{_number} is van {date}, niet van {period}.", "{_number} is of {date}, not of {period}."),
    remedy=Words(
        "Verbeter de datum, of lever het bij dat jaar aan.", "Correct the date, or deliver it with that year."
    ),
    fails=_CASE | {"date": date(2022, 4, 1)},
    passes=_CASE,
)
row_check(
    "case.no-jobs",
    Severity.NOTICE,
    kind="foreign_case",
    field="jobs_created",
    when=_BOTH == 0,
    title=Words("Geen banen", "No jobs"),
    explanation=Words(
        "Nieuwe en behouden arbeidsplaatsen zijn beide nul of leeg.",
        "Jobs created and retained are both zero or empty.",
    ),
    message=Words("{_number} levert geen nieuwe en geen behouden banen op.", "{_number} creates and retains no jobs."),
    remedy=Words("Vul de banen uit de bevestigingsbrief in.", "Enter the jobs of the confirmation letter."),
    fails=_CASE | {"jobs_created": 0, "jobs_retained": 0},
    passes=_CASE,
)
row_check(
    "case.many-jobs",
    Severity.WARNING,
    kind="foreign_case",
    field="jobs_created",
    when=pl.max_horizontal("jobs_created", "jobs_retained") > _MANY_JOBS,
    title=Words("Onwaarschijnlijk veel banen", "Improbably many jobs"),
    explanation=Words(
        "Meer dan vijfduizend banen in een project komt niet voor.",
        "Over five thousand jobs in one case does not occur.",
    ),
    message=Words(
        "{_number}: {jobs_created} nieuw, {jobs_retained} behouden.",
        "{_number}: {jobs_created} created, {jobs_retained} retained.",
    ),
    remedy=Words("Controleer de aantallen.", "Check the numbers."),
    fails=_CASE | {"jobs_created": 25_000},
    passes=_CASE,
)
row_check(
    "case.new-site-retains",
    Severity.NOTICE,
    kind="foreign_case",
    field="jobs_retained",
    when=(pl.col("kind") == "new-site") & (pl.col("jobs_created").fill_null(0) == 0) & (pl.col("jobs_retained") > 0),
    title=Words("Nieuwe vestiging zonder nieuwe banen", "New site without new jobs"),
    explanation=Words(
        "Een nieuwe vestiging heeft alleen behouden banen: misschien is het behoud of een verhuizing binnen Nederland.",
        "A new site has retained jobs only: it may be a retention, or a move within the Netherlands.",
    ),
    message=Words(
        "{_number} is nieuw, met alleen {jobs_retained} behouden banen.",
        "{_number} is new, with {jobs_retained} retained jobs only.",
    ),
    remedy=Words(
        "Controleer het type; een verhuizing binnen Nederland heeft een eigen type.",
        "Check the kind; a move within the Netherlands has a kind of its own.",
    ),
    fails=_CASE | {"kind": "new-site", "jobs_created": 0},
    passes=_CASE | {"kind": "new-site"},
)
row_check(
    "case.no-capex",
    Severity.NOTICE,
    kind="foreign_case",
    field="capex",
    when=pl.col("capex").is_null() | (pl.col("capex") == 0),
    title=Words("Zonder investeringsbedrag", "Without investment amount"),
    explanation=Words(
        "Het project telt, maar draagt niet bij aan de investeringen.",
        "The case counts, but adds nothing to the investments.",
    ),
    message=Words("Van {_number} is geen investering bekend.", "No investment is known of {_number}."),
    remedy=Words(
        "Vul de investering over drie jaar in als die bekend is.", "Enter the capex over three years if it is known."
    ),
    fails=_CASE | {"capex": None},
    passes=_CASE,
)
row_check(
    "case.origin-netherlands",
    Severity.WARNING,
    kind="foreign_case",
    field="origin",
    when=pl.col("origin") == "NL",
    title=Words("Herkomst Nederland", "Origin Netherlands"),
    explanation=Words(
        "Een bedrijf dat binnen Nederland verhuist is landelijk geen buitenlands bedrijf.",
        "A company that moves within the Netherlands is no foreign company nationally.",
    ),
    message=Words("{_number} komt uit Nederland.", "{_number} comes from the Netherlands."),
    remedy=Words(
        "Vul het land van het moederbedrijf in; een verhuizing binnen Nederland heeft een eigen type.",
        "Enter the country of the parent company; a move within the Netherlands has a kind of its own.",
    ),
    fails=_CASE | {"origin": "NL"},
    passes=_CASE,
)
row_check(
    "case.confirmed-long-before",
    Severity.NOTICE,
    kind="foreign_case",
    field="confirmed_on",
    when=(pl.col("date") - pl.col("confirmed_on")) > pl.duration(days=365),
    title=Words("Brief lang voor het besluit", "Letter long before the decision"),
    explanation=Words(
        "De bevestigingsbrief is meer dan een jaar ouder dan het besluit.",
        "The confirmation letter is over a year older than the decision.",
    ),
    message=Words("Brief van {confirmed_on}, besluit van {date}.", "Letter of {confirmed_on}, decision of {date}."),
    remedy=Words("Controleer beide datums.", "Check both dates."),
    fails=_CASE | {"confirmed_on": date(2021, 1, 1)},
    passes=_CASE | {"confirmed_on": date(2023, 5, 1)},
)
row_check(
    "trade.outside-period",
    Severity.WARNING,
    kind="trade_activity",
    field="start",
    when=pl.col("start").dt.year() != pl.col("_period"),
    title=Words("Niet in dit jaar gehouden", "Not held this year"),
    explanation=Words(
        "Een activiteit telt in het jaar waarin zij begint.", "An activity counts in the year in which it begins."
    ),
    message=Words("{_number} is op {start}, niet in {period}.", "{_number} is on {start}, not in {period}."),
    remedy=Words(
        "Verbeter de datum, of lever haar bij dat jaar aan.", "Correct the date, or deliver it with that year."
    ),
    fails=_ACTIVITY | {"start": date(2024, 6, 5)},
    passes=_ACTIVITY,
)
row_check(
    "trade.end-before-start",
    Severity.WARNING,
    kind="trade_activity",
    field="end",
    when=pl.col("end") < pl.col("start"),
    title=Words("Einde voor begin", "End before start"),
    explanation=Words("Een activiteit kan niet eindigen voor zij begint.", "An activity cannot end before it begins."),
    message=Words("{end} ligt voor {start}.", "{end} is before {start}."),
    remedy=Words("Verbeter een van beide datums.", "Correct one of the two dates."),
    fails=_ACTIVITY | {"end": date(2023, 6, 1)},
    passes=_ACTIVITY,
)
row_check(
    "trade.very-long",
    Severity.NOTICE,
    kind="trade_activity",
    field="end",
    when=(pl.col("end") - pl.col("start")) > pl.duration(days=_LONG_DAYS),
    title=Words("Activiteit van maanden", "Activity of months"),
    explanation=Words(
        "Een beurs of missie duurt dagen; een programma telt niet als een activiteit.",
        "A fair or mission takes days; a programme is not one activity.",
    ),
    message=Words("{_number} duurt van {start} tot {end}.", "{_number} lasts from {start} to {end}."),
    remedy=Words(
        "Controleer de datums, of lever de activiteiten apart aan.", "Check the dates, or deliver the activities apart."
    ),
    fails=_ACTIVITY | {"end": date(2023, 11, 1)},
    passes=_ACTIVITY,
)
row_check(
    "trade.no-participants",
    Severity.WARNING,
    kind="trade_activity",
    field="participants",
    when=pl.col("participants").is_null() | (pl.col("participants") == 0),
    title=Words("Geen deelnemers", "No participants"),
    explanation=Words("De activiteit telt, maar zonder deelnemers.", "The activity counts, but without participants."),
    message=Words("{title} heeft geen deelnemers.", "{title} has no participants."),
    remedy=Words("Vul het aantal deelnemers in.", "Enter the number of participants."),
    fails=_ACTIVITY | {"participants": 0},
    passes=_ACTIVITY,
)
row_check(
    "trade.mission-at-home",
    Severity.NOTICE,
    kind="trade_activity",
    field="country",
    when=(pl.col("country") == "NL") & pl.col("kind").is_in(["trade-mission", "fact-finding"]),
    title=Words("Uitgaande missie in Nederland", "Outgoing mission in the Netherlands"),
    explanation=Words(
        "Een handelsmissie gaat naar het buitenland; komt zij hierheen, dan is zij inkomend.",
        "A trade mission goes abroad; if it comes here it is incoming.",
    ),
    message=Words("{title} is een {kind} in Nederland.", "{title} is a {kind} in the Netherlands."),
    remedy=Words("Verbeter het land of het type.", "Correct the country or the kind."),
    fails=_ACTIVITY | {"country": "NL"},
    passes=_ACTIVITY,
)


def _more_listed(delivery: Delivery) -> Iterator[Blame]:
    rows, listed = delivery.rows("trade_activity"), delivery.known("trade_participant")
    if rows is None or listed is None:
        return
    counts = listed.group_by("activity").agg(_listed=pl.len())
    beside = rows.join(counts, left_on="number", right_on="activity", how="left", maintain_order="left")
    for at, count in beside.filter(pl.col("_listed") > pl.col("participants")).select("_at", "_listed").iter_rows():
        yield Blame("trade_activity", at, "participants", {"listed": count})


delivery_check(
    "trade.more-listed",
    Severity.WARNING,
    kind="trade_activity",
    find=_more_listed,
    title=Words("Meer deelnemers op de lijst", "More participants on the list"),
    explanation=Words(
        "De lijst van deelnemers is langer dan het opgegeven aantal.",
        "The list of participants is longer than the stated number.",
    ),
    message=Words(
        "{_number}: {participants} deelnemers opgegeven, {listed} op de lijst.",
        "{_number}: {participants} participants stated, {listed} listed.",
    ),
    remedy=Words("Verbeter het aantal of de lijst.", "Correct the number or the list."),
    fails={
        "trade_activity": [_ACTIVITY | {"participants": 1}],
        "trade_participant": [{"activity": "T1", "organisation": "R1"}, {"activity": "T1", "organisation": "R2"}],
    },
    passes={"trade_activity": [_ACTIVITY], "trade_participant": [{"activity": "T1", "organisation": "R1"}]},
)


def _company_twice(delivery: Delivery) -> Iterator[Blame]:
    rows = delivery.rows("foreign_case")
    if rows is None:
        return
    whole = rows.filter(pl.col("organisation").is_not_null() & pl.col("organisation").is_duplicated())
    later = whole.filter(pl.col("organisation").cum_count().over("organisation") > 1)
    for at in later["_at"]:
        yield Blame("foreign_case", at, "organisation")


delivery_check(
    "case.company-twice",
    Severity.NOTICE,
    kind="foreign_case",
    find=_company_twice,
    title=Words("Bedrijf met twee acquisitieprojecten", "Company with two foreign cases"),
    explanation=Words(
        "Twee besluiten van een bedrijf in een jaar kan, maar is vaak een dubbele.",
        "Two decisions of one company in a year can be, but are often a double.",
    ),
    message=Words("{organisation} heeft al een acquisitieproject.", "{organisation} already has a foreign case."),
    remedy=Words("Laat er een weg als het een besluit is.", "Leave one out if it is one decision."),
    fails={"foreign_case": [_CASE, _CASE | {"number": "A2"}]},
    passes={"foreign_case": [_CASE, _CASE | {"number": "A2", "organisation": "R2"}]},
)
