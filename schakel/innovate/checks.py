"""What must hold of delivered innovation projects and their participants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from schakel.intake.checks import Blame, Delivery, delivery_check, row_check
from schakel.intake.findings import Severity
from schakel.words import Words

_LONGEST_YEARS = 15
_PROJECT = {
    "number": "P1",
    "title": "Slimme kas",
    "start": date(2023, 3, 1),
    "end": date(2025, 2, 28),
    "volume": 1_000_000_00,
    "lead": "R1",
}
_LEAD = {"project": "P1", "organisation": "R1", "role": "lead"}
_PARTNER = {"project": "P1", "organisation": "R2", "role": "partner"}

row_check(
    "project.end-before-start",
    Severity.WARNING,
    kind="project",
    field="end",
    when=pl.col("end") < pl.col("start"),
    title=Words("Einde voor begin", "End before start"),
    explanation=Words("Een project kan niet eindigen voor het begint.", "A project cannot end before it starts."),
    message=Words("{end} ligt voor de startdatum {start}.", "{end} is before the start date {start}."),
    remedy=Words("Verbeter een van beide datums.", "Correct one of the two dates."),
    fails=_PROJECT | {"end": date(2022, 1, 1)},
    passes=_PROJECT,
)
row_check(
    "project.outside-period",
    Severity.WARNING,
    kind="project",
    field="start",
    when=pl.col("start").dt.year() != pl.col("_period"),
    title=Words("Niet in dit jaar gestart", "Not started this year"),
    explanation=Words(
        "Een project telt in het jaar waarin het start.", "A project counts in the year in which it starts."
    ),
    message=Words("{_number} start op {start}, niet in {period}.", "{_number} starts on {start}, not in {period}."),
    remedy=Words(
        "Verbeter de datum, of lever het project bij het jaar van de start aan.",
        "Correct the date, or deliver the project with its year.",
    ),
    fails=_PROJECT | {"start": date(2021, 3, 1)},
    passes=_PROJECT,
)
row_check(
    "project.no-volume",
    Severity.WARNING,
    kind="project",
    field="volume",
    when=pl.col("volume").is_null(),
    title=Words("Project zonder omvang", "Project without volume"),
    explanation=Words(
        "Het project telt mee, maar zijn kosten ontbreken in de projectomvang.",
        "The project counts, but its cost is missing from the project volume.",
    ),
    message=Words("Van {_number} is geen omvang bekend.", "No volume is known of {_number}."),
    remedy=Words("Vul de totale projectkosten in.", "Enter the total project cost."),
    fails=_PROJECT | {"volume": None},
    passes=_PROJECT,
)
row_check(
    "project.zero-volume",
    Severity.WARNING,
    kind="project",
    field="volume",
    when=pl.col("volume") == 0,
    title=Words("Project van nul euro", "Project of zero euros"),
    explanation=Words("Nul staat vaak voor: nog niet bekend.", "Zero often stands for: not known yet."),
    message=Words("De omvang van {_number} is nul.", "The volume of {_number} is zero."),
    remedy=Words(
        "Vul de totale projectkosten in, of laat de cel leeg.", "Enter the total project cost, or leave the cell empty."
    ),
    fails=_PROJECT | {"volume": 0},
    passes=_PROJECT,
)
row_check(
    "project.very-long",
    Severity.NOTICE,
    kind="project",
    field="end",
    when=(pl.col("end").dt.year() - pl.col("start").dt.year()) > _LONGEST_YEARS,
    title=Words("Project van meer dan vijftien jaar", "Project of over fifteen years"),
    explanation=Words("Zo lang duurt een innovatieproject zelden.", "An innovation project rarely takes so long."),
    message=Words("{_number} loopt van {start} tot {end}.", "{_number} runs from {start} to {end}."),
    remedy=Words("Controleer het jaar.", "Check the year."),
    fails=_PROJECT | {"end": date(2052, 1, 1)},
    passes=_PROJECT,
)
row_check(
    "project.completed-early",
    Severity.NOTICE,
    kind="project",
    field="status",
    when=(pl.col("status") == "completed") & (pl.col("end").dt.year() > pl.col("_period")),
    title=Words("Afgerond voor de einddatum", "Completed before its end"),
    explanation=Words(
        "Het project heet afgerond, maar eindigt pas na dit jaar.",
        "The project is said to be completed, but ends later.",
    ),
    message=Words("{_number} is afgerond en eindigt op {end}.", "{_number} is completed and ends on {end}."),
    remedy=Words("Verbeter de status of de einddatum.", "Correct the status or the end date."),
    fails=_PROJECT | {"status": "completed"},
    passes=_PROJECT | {"status": "running"},
)
row_check(
    "project.no-lead",
    Severity.NOTICE,
    kind="project",
    field="lead",
    when=pl.col("lead").is_null(),
    title=Words("Project zonder penvoerder", "Project without lead"),
    explanation=Words(
        "De penvoerder bepaalt in welke provincie het project telt.",
        "The lead decides in which province the project counts.",
    ),
    message=Words("{_number} heeft geen penvoerder.", "{_number} has no lead."),
    remedy=Words("Vul de penvoerder in.", "Enter the lead."),
    fails=_PROJECT | {"lead": None},
    passes=_PROJECT,
)


def _participants(delivery: Delivery) -> pl.DataFrame:
    """Participants by project: ``project``, ``_members``, ``_leads`` (lists of organisation numbers)."""
    known = delivery.known("project_participant")
    if known is None:
        return pl.DataFrame(schema={"project": pl.String, "_members": pl.List(pl.String), "_leads": pl.List(pl.String)})
    return known.group_by("project").agg(
        _members=pl.col("organisation").drop_nulls().unique(),
        _leads=pl.col("organisation").filter(pl.col("role") == "lead").drop_nulls().unique(),
    )


def _beside(delivery: Delivery) -> pl.DataFrame | None:
    """Projects beside their participants; None where no participants are known at all."""
    projects = delivery.rows("project")
    if projects is None or delivery.known("project_participant") is None:
        return None
    return projects.join(
        _participants(delivery), left_on="number", right_on="project", how="left", maintain_order="left"
    )


def _alone(delivery: Delivery) -> Iterator[Blame]:
    beside = _beside(delivery)
    if beside is not None:
        for at in beside.filter(pl.col("_members").list.len().fill_null(0) == 0)["_at"]:
            yield Blame("project", at, "number")


delivery_check(
    "project.no-participants",
    Severity.WARNING,
    kind="project",
    find=_alone,
    title=Words("Project zonder partners", "Project without partners"),
    explanation=Words(
        "Van het project is geen enkele deelnemer aangeleverd; het telt, maar zijn bedrijven niet.",
        "No participant of the project was delivered; it counts, but its companies do not.",
    ),
    message=Words("{_number} ({title}) heeft geen deelnemers.", "{_number} ({title}) has no participants."),
    remedy=Words(
        "Lever de deelnemers aan, ook als dat alleen de penvoerder is.",
        "Deliver the participants, even if only the lead.",
    ),
    fails={"project": [_PROJECT], "project_participant": [_LEAD | {"project": "P9"}]},
    passes={"project": [_PROJECT], "project_participant": [_LEAD]},
)


def _lead_absent(delivery: Delivery) -> Iterator[Blame]:
    beside = _beside(delivery)
    if beside is not None:
        absent = ~pl.col("_members").list.contains(pl.col("lead"))
        for at in beside.filter(pl.col("lead").is_not_null() & absent)["_at"]:
            yield Blame("project", at, "lead")


delivery_check(
    "project.lead-not-participant",
    Severity.WARNING,
    kind="project",
    find=_lead_absent,
    title=Words("Penvoerder neemt niet deel", "Lead does not take part"),
    explanation=Words(
        "De penvoerder staat niet tussen de deelnemers van het project.",
        "The lead is not among the project's participants.",
    ),
    message=Words(
        "Penvoerder {lead} van {_number} staat niet bij de deelnemers.",
        "Lead {lead} of {_number} is not among the participants.",
    ),
    remedy=Words(
        "Voeg de penvoerder toe aan de deelnemers, of verbeter hem.", "Add the lead to the participants, or correct it."
    ),
    fails={"project": [_PROJECT], "project_participant": [_PARTNER]},
    passes={"project": [_PROJECT], "project_participant": [_LEAD, _PARTNER]},
)


def _lead_differs(delivery: Delivery) -> Iterator[Blame]:
    beside = _beside(delivery)
    if beside is not None:
        other = (pl.col("_leads").list.len() == 1) & (pl.col("_leads").list.first() != pl.col("lead"))
        for at, lead in beside.filter(other).select("_at", pl.col("_leads").list.first()).iter_rows():
            yield Blame("project", at, "lead", {"other": lead})


delivery_check(
    "project.lead-differs",
    Severity.WARNING,
    kind="project",
    find=_lead_differs,
    title=Words("Twee verschillende penvoerders", "Two different leads"),
    explanation=Words(
        "Het project noemt een andere penvoerder dan de lijst van deelnemers.",
        "The project names another lead than the list of participants.",
    ),
    message=Words(
        "{_number}: penvoerder {lead}, bij de deelnemers {other}.",
        "{_number}: lead {lead}, among the participants {other}.",
    ),
    remedy=Words("Maak ze gelijk.", "Make them agree."),
    fails={"project": [_PROJECT], "project_participant": [_PARTNER | {"role": "lead"}]},
    passes={"project": [_PROJECT], "project_participant": [_LEAD, _PARTNER]},
)


def _several_leads(delivery: Delivery) -> Iterator[Blame]:
    rows = delivery.rows("project_participant")
    if rows is None:
        return
    leads = rows.filter(pl.col("role") == "lead").unique(["project", "organisation"], keep="first", maintain_order=True)
    later = leads.filter(pl.col("project").cum_count().over("project") > 1)
    for at in later["_at"]:
        yield Blame("project_participant", at, "role")


delivery_check(
    "participant.several-leads",
    Severity.WARNING,
    kind="project_participant",
    find=_several_leads,
    title=Words("Meer dan een penvoerder", "More than one lead"),
    explanation=Words("Een project heeft een penvoerder.", "A project has one lead."),
    message=Words(
        "{organisation} is niet de eerste penvoerder van {project}.",
        "{organisation} is not the first lead of {project}.",
    ),
    remedy=Words("Laat een penvoerder over.", "Leave one lead."),
    fails={"project_participant": [_LEAD, _PARTNER | {"role": "lead"}]},
    passes={"project_participant": [_LEAD, _PARTNER]},
)


def _roleless(delivery: Delivery) -> Iterator[Blame]:
    rows = delivery.rows("project_participant")
    if rows is None or rows["role"].null_count() == rows.height:
        return
    leads = rows.filter(pl.col("role") == "lead")["project"]
    without = rows.filter(~pl.col("project").is_in(leads.implode())).unique(
        "project", keep="first", maintain_order=True
    )
    for at in without["_at"]:
        yield Blame("project_participant", at, "role")


delivery_check(
    "participant.no-lead",
    Severity.NOTICE,
    kind="project_participant",
    find=_roleless,
    title=Words("Deelnemers zonder penvoerder", "Participants without lead"),
    explanation=Words("Geen van de deelnemers is penvoerder.", "None of the participants is the lead."),
    message=Words("Bij {project} is niemand penvoerder.", "Nobody is the lead of {project}."),
    remedy=Words("Wijs de penvoerder aan.", "Name the lead."),
    fails={"project_participant": [_PARTNER]},
    passes={"project_participant": [_LEAD, _PARTNER]},
)


def _same_title(delivery: Delivery) -> Iterator[Blame]:
    rows = delivery.rows("project")
    if rows is None:
        return
    named = rows.with_columns(_title=pl.col("title").str.to_lowercase().str.strip_chars()).filter(
        pl.col("lead").is_not_null()
    )
    double = named.filter(pl.struct("_title", "lead").is_duplicated())
    first = double.unique(["_title", "lead"], keep="first", maintain_order=True)
    paired = double.join(first, on=["_title", "lead"], how="left", maintain_order="left", suffix="_first")
    for at, other in (
        paired.filter(pl.col("number") != pl.col("number_first")).select("_at", "number_first").iter_rows()
    ):
        yield Blame("project", at, "title", {"other": other})


delivery_check(
    "project.same-title",
    Severity.NOTICE,
    kind="project",
    find=_same_title,
    title=Words("Twee projecten met een titel", "Two projects of one title"),
    explanation=Words(
        "Een penvoerder heeft twee projecten met dezelfde titel. Dat kan, en beide tellen.",
        "One lead has two projects of one title. That happens, and both count.",
    ),
    message=Words(
        "{_number} heet als {other} van dezelfde penvoerder.", "{_number} is called as {other} of the same lead."
    ),
    remedy=Words("Is het een project, laat er dan een weg.", "If they are one project, leave one out."),
    fails={"project": [_PROJECT, _PROJECT | {"number": "P2"}]},
    passes={"project": [_PROJECT, _PROJECT | {"number": "P2", "lead": "R2"}]},
)
