"""What of innovation can be counted: projects, and the companies in them."""

from __future__ import annotations

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.figures.facts import ORGANISATIONS, OTHER, FactKind, register_fact
from schakel.figures.pipeline import PipelineKind, register_pipeline
from schakel.figures.reading import frame, identified, leading
from schakel.words import Words

_PROJECTS = f"""
SELECT p.id AS record, a.slug AS agency, p.period AS year, p.start AS date,
       {identified("project", "project", "p.id", "thing")},
       {identified("organisation", "organisation", "o.id", "organisation")},
       {leading("project", "project", "p.id")} AS leading,
       o.postcode AS at_postcode, o.city AS at_city, o.country AS at_country,
       coalesce(p.themes, '{{}}') AS themes,
       (p.volume * 100)::bigint AS volume, p.status
FROM innovate_innovationproject p
JOIN network_party a ON a.id = p.owner_id
LEFT JOIN register_organisation o ON o.id = p.lead_id
WHERE p.state <> 'withdrawn'
"""

# A project's companies are its lead and its partners that are companies, each once.
_COMPANIES = f"""
SELECT part.record, a.slug AS agency, p.period AS year, p.start AS date,
       {identified("project", "project", "p.id", "thing")},
       {identified("organisation", "organisation", "o.id", "organisation")},
       {leading("project", "project", "p.id")} AS leading,
       o.postcode AS at_postcode, o.city AS at_city, o.country AS at_country,
       coalesce(p.themes, '{{}}') AS themes, part.role
FROM (
    SELECT t.project_id, t.organisation_id, min(t.record) AS record, min(t.role) AS role FROM (
        SELECT id AS record, project_id, organisation_id, role FROM innovate_participation WHERE state <> 'withdrawn'
        UNION ALL
        SELECT {OTHER} + id, id, lead_id, 'lead' FROM innovate_innovationproject WHERE lead_id IS NOT NULL
    ) t GROUP BY 1, 2
) part
JOIN innovate_innovationproject p ON p.id = part.project_id AND p.state <> 'withdrawn'
JOIN register_organisation o ON o.id = part.organisation_id AND o.kind = 'company'
JOIN network_party a ON a.id = p.owner_id
"""


def _read_projects(database: BaseDatabaseWrapper) -> pl.DataFrame:
    return frame(database, _PROJECTS, PROJECT.schema)


def _read_companies(database: BaseDatabaseWrapper) -> pl.DataFrame:
    return frame(database, _COMPANIES, PROJECT_COMPANY.schema)


PROJECT = register_fact(
    FactKind(
        name="project",
        record_kind="project",
        labels=Words("innovatieproject", "innovation project"),
        place_rule=Words("waar de penvoerder gevestigd is", "where the lead partner is established"),
        read=_read_projects,
        measures=("volume",),
        codes=("status",),
        joined={"thing": ("project", "project"), "organisation": ORGANISATIONS},
    )
)
PROJECT_COMPANY = register_fact(
    FactKind(
        name="project_company",
        record_kind="project_participant",
        other_kind="project",
        labels=Words("bedrijf in een innovatieproject", "company in an innovation project"),
        place_rule=Words("waar het bedrijf gevestigd is", "where the company is established"),
        read=_read_companies,
        codes=("role",),
        joined={"thing": ("project", "project"), "organisation": ORGANISATIONS},
    )
)
PIPELINE = register_pipeline(
    PipelineKind(
        name="project",
        labels=Words("innovatieprojecten in voorbereiding", "projects in preparation"),
        indicators=("innovation_projects", "innovation_project_volume_eur", "companies_in_projects"),
        none_because=Words(
            "Geleverde projecten lopen, zijn afgerond of gestopt; projecten in voorbereiding worden niet geleverd.",
            "Projects that are delivered run, are completed or have stopped; those in preparation are not delivered.",
        ),
    )
)
