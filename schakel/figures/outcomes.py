"""What became of companies, as facts: who was followed, and their turnover, jobs, R&D and CO2 avoided.

Invariant: each is a list of its own, of who states it: what is withheld is decided for a list, and that few companies
know their CO2 is no reason to withhold turnover. No sum relates one list to another.
"""

from __future__ import annotations

from functools import partial

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.figures.facts import ORGANISATIONS, FactKind, of, register_fact
from schakel.figures.reading import frame, identity
from schakel.words import Words

# A company in a year is the thing: its identity by this, and the year behind it.
YEARS = 10_000
_COMPANY = Words("waar het bedrijf gevestigd is", "where the company is established")
STATED = ("turnover", "turnover_before", "fte", "fte_before", "rd", "co2_avoided")

_OUTCOMES = f"""
SELECT c.id AS record, a.slug AS agency, c.period AS year,
       {identity("organisation", "organisation", "o.id")} AS organisation, o.id AS {of("organisation")},
       o.postcode AS at_postcode, o.city AS at_city, o.country AS at_country, c.basis, o.size{{measures}}
FROM figures_companyoutcome c
JOIN network_party a ON a.id = c.owner_id
JOIN register_organisation o ON o.id = c.organisation_id
WHERE c.state <> 'withdrawn' AND num_nonnulls({{stated}}) > 0
"""
# The best founded statement leads: accounts, then the company's own, then an estimate, then who does not say; of equals
# the one delivered first.
_BASES = {"accounts": 1, "company": 2, "estimate": 3}


def company_years(found: pl.DataFrame) -> pl.DataFrame:
    """The facts with ``thing``, the company in its year, and ``leading``: two agencies that state it make one thing."""
    founded = pl.col("basis").replace_strict(_BASES, default=4, return_dtype=pl.Int64)
    first = pl.col("record").sort_by(founded, "record").first().over("organisation", "year")
    thing = pl.col("organisation") * YEARS + pl.col("year").cast(pl.Int64)
    return found.with_columns(thing=thing, leading=pl.col("record") == first)


def _read(
    database: BaseDatabaseWrapper, *, name: str, stated: tuple[str, ...], measures: dict[str, str]
) -> pl.DataFrame:
    taken = "".join(f", (c.{column} * 100)::bigint AS {measure}" for measure, column in measures.items())
    listed = ", ".join(f"c.{column}" for column in stated)
    return company_years(frame(database, _OUTCOMES.format(measures=taken, stated=listed), FACTS[name].schema))


def _fact(name: str, labels: Words, stated: tuple[str, ...], **measures: str) -> FactKind:
    """The fact of who states any of ``stated``; ``measures``: what it has, by the column that it is of."""
    return register_fact(
        FactKind(
            name=name,
            record_kind="outcome",
            labels=labels,
            place_rule=_COMPANY,
            read=partial(_read, name=name, stated=stated, measures=measures),
            measures=tuple(measures),
            codes=("basis", "size"),
            joined={"organisation": ORGANISATIONS},
            derived=company_years,
        )
    )


FACTS = {
    fact.name: fact
    for fact in (
        _fact("outcome", Words("gevolgd bedrijf", "company followed"), STATED),
        _fact(
            "outcome_turnover",
            Words("opgave van omzet", "statement of turnover"),
            ("turnover",),
            turnover="turnover",
            turnover_before="turnover_before",
        ),
        _fact(
            "outcome_jobs",
            Words("opgave van werkzame personen", "statement of jobs"),
            ("fte",),
            fte_hundredths="fte",
            fte_before_hundredths="fte_before",
        ),
        _fact("outcome_rd", Words("opgave van R&D-uitgaven", "statement of R&D spending"), ("rd",), rd="rd"),
        _fact(
            "outcome_co2",
            Words("opgave van vermeden CO2", "statement of CO2 avoided"),
            ("co2_avoided",),
            co2_hundredths="co2_avoided",
        ),
    )
}
