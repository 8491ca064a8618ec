"""Joining projects: read with the linker's rights, joined by the rules of `joining`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.innovate.joining import compare_projects, leading
from schakel.register.joining.found import found, judged
from schakel.register.ledger.lines import Record
from schakel.register.linking import (
    Found,
    Joinable,
    Known,
    Says,
    Told,
    cards_from,
    homes,
    identities_of,
    register_joinable,
    rows,
)
from schakel.register.telling import differing_amounts, missing_partners

_PROJECTS = """
SELECT p.id, p.owner_id, a.slug, p.period, p.number, p.title, p.start, p."end", (p.volume * 100)::bigint, p.eu_number,
       coalesce(p.together_with, '{}'), p.lead_id, o.postcode, o.city, o.country
FROM innovate_innovationproject p JOIN network_party a ON a.id = p.owner_id
LEFT JOIN register_organisation o ON o.id = p.lead_id
WHERE p.state <> 'withdrawn' ORDER BY p.id
"""
_COLUMNS = {
    "record": pl.Int64,
    "owner_id": pl.Int64,
    "owner": pl.String,
    "year": pl.Int32,
    "number": pl.String,
    "title": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "volume": pl.Int64,
    "eu_number": pl.String,
    "together_with": pl.List(pl.String),
    "lead": pl.Int64,
    "postcode": pl.String,
    "city": pl.String,
    "country": pl.String,
}
_CARD = """
SELECT p.id, p.title, p.start, p."end", a.name, o.name, o.city
FROM innovate_innovationproject p JOIN network_party a ON a.id = p.owner_id
LEFT JOIN register_organisation o ON o.id = p.lead_id
WHERE p.id = ANY(%s)
"""
_PARTICIPANTS = "SELECT project_id, organisation_id FROM innovate_participation WHERE state <> 'withdrawn' ORDER BY id"


def _projects(database: BaseDatabaseWrapper) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The projects with their lead's identity and home, and the identities of organisations."""
    organisations = identities_of(database, "organisation", "organisation")
    found = rows(database, _PROJECTS, _COLUMNS)
    found = found.with_columns(home=homes(database, found.select("postcode", "city", "country")))
    leads = organisations.rename({"record": "lead", "cluster": "lead_organisation"})
    return found.join(leads, on="lead", how="left", maintain_order="left"), organisations


def _join(database: BaseDatabaseWrapper, known: Known) -> Found:
    projects, organisations = _projects(database)
    participants = rows(database, _PARTICIPANTS, {"record": pl.Int64, "organisation": pl.Int64})
    compared = compare_projects(projects, participants, organisations, judged(known, "project"))
    official = projects.with_columns(pl.col("eu_number").str.extract(r"(\d+)"))
    return found("project", compared, official, {"eu_number": "eu"})


def _cards(database: BaseDatabaseWrapper, records: Iterable[Record]) -> Mapping[Record, Says]:
    return cards_from(database, "project", _CARD, ("title", "start", "end", "agency", "lead", "place"), records)


def _tell(database: BaseDatabaseWrapper) -> Iterator[Told]:
    projects, _ = _projects(database)
    known = projects.join(identities_of(database, "project", "project"), on="record", maintain_order="left")
    yield from missing_partners(database, "project", known)
    yield from differing_amounts(database, "project", "volume", known, leading(known))


PROJECT = register_joinable(
    Joinable(
        thing="project",
        join=_join,
        after=("organisation",),
        tell=_tell,
        cards=_cards,
        at_once=frozenset({"eu-number"}),
    )
)
