"""Read from the files and joined by plain rules, the invented network counts to what is true of it.

No database: the deliveries are interpreted, records joined, and things counted in a few lines here,
apart from the figures engine. So the noise in the lists is noise that the rules can see through.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl
import pytest

from schakel.demo.generator import SECRETARIAT, YEARS
from schakel.demo.towns import AGENCIES
from schakel.demo.truth import Truth
from schakel.innovate.joining import join_projects
from schakel.intake.interpreting import Interpretation
from schakel.internationalise.joining import join_foreign_cases, join_trade_activities
from schakel.register.matching import match

from .conftest import Interpreted

RENAMED = ("impuls-zeeland", 2024)
SAID = ("name", "kvk", "rsin", "legal_form", "address", "postcode", "city", "country", "kind")


@dataclass(frozen=True)
class Joined:
    """One year of all agencies, each kind in one frame with owner and record number, and who is who."""

    interpreted: Interpreted
    year: int

    def all(self, kind: str) -> pl.DataFrame:
        frames = [self._of(slug).kinds[kind].frame.with_columns(owner=pl.lit(slug)) for slug in AGENCIES]
        readable = pl.concat(frames)
        if kind == "project":
            readable = readable.filter(pl.col("start").is_not_null())  # an error keeps its row out
        return readable.with_row_index("record", offset=1).cast({"record": pl.Int64})

    def _of(self, slug: str) -> Interpretation:
        return self.interpreted(slug, self.year, answered=(slug, self.year) == RENAMED)[1]

    def network(self, kind: str) -> pl.DataFrame:
        return self.interpreted(SECRETARIAT, self.year)[1].kinds[kind].frame

    @cached_property
    def organisations(self) -> pl.DataFrame:
        """Owner, number and kind of every listed organisation, with the cluster that it is in."""
        rsin = pl.coalesce(pl.col("vat").str.slice(2, 9), pl.col("rsin"))
        listed = self.all("organisation").with_columns(rsin=rsin)
        own = listed.select("record", "owner", "number", *SAID)
        market = self.network("market_round").select(name="company", kvk="kvk", city="city").with_row_index("record")
        market = market.with_columns(
            record=pl.col("record").cast(pl.Int64) + 1_000_000,
            owner=pl.lit(""),
            number=pl.lit(""),
            kind=pl.lit("company"),
        )
        records = pl.concat([own, market], how="diagonal").with_columns(year=pl.lit(self.year))
        register = self.network("register_entry").with_row_index("entry", offset=1).cast({"entry": pl.Int64})
        joined = match(records, register).answers
        return records.join(joined.select("record", "cluster"), on="record")

    def known(self, kind: str, field: str = "organisation") -> pl.DataFrame:
        """Rows of ``kind`` with the cluster and kind of the organisation that ``field`` names."""
        who = self.organisations.select("owner", number="number", party="cluster", party_kind="kind")
        return self.all(kind).join(who, left_on=["owner", field], right_on=["owner", "number"], how="left")

    def companies_in_projects(self) -> int:
        parts = pl.concat([self.known("project_participant").select("party", "party_kind"),
                           self.known("project", "lead").select("party", "party_kind")])  # fmt: skip
        return parts.filter(pl.col("party_kind") == "company")["party"].n_unique()

    def projects(self) -> pl.DataFrame:
        told = self.known("project", "lead").with_columns(lead_organisation="party", year=pl.lit(self.year))
        numbers = told.select("owner", "number", project_record="record")
        parts = self.all("project_participant").join(
            numbers, left_on=["owner", "project"], right_on=["owner", "number"]
        )
        who = self.organisations.select("owner", "number", organisation_record="record")
        parts = parts.join(who, left_on=["owner", "organisation"], right_on=["owner", "number"])
        taking_part = parts.select(record="project_record", organisation="organisation_record")
        clusters = self.organisations.select("record", "cluster")
        joined = join_projects(told, taking_part, clusters)
        return told.join(joined.select("record", "cluster"), on="record").unique("cluster")

    def cases(self) -> pl.DataFrame:
        told = self.known("foreign_case").with_columns(organisation="party", year=pl.lit(self.year))
        joined = join_foreign_cases(told)
        return told.join(joined.select("record", "cluster"), on="record").unique("cluster")

    def activities(self) -> int:
        told = self.all("trade_activity").with_columns(year=pl.lit(self.year))
        return join_trade_activities(told)["cluster"].n_unique()

    def market(self) -> tuple[int, int]:
        rounds = set(self.organisations.filter(pl.col("owner") == "")["cluster"])
        deals = self.known("investment").filter(pl.col("stage").is_in(["start-up", "later-stage"]))
        return len(rounds), len(rounds & set(deals["party"]))


@pytest.mark.parametrize("year", YEARS)
def test_the_files_count_to_the_truth(interpreted: Interpreted, truth: Truth, year: int) -> None:
    joined = Joined(interpreted, year)
    projects, cases = joined.projects(), joined.cases()
    market, with_agency = joined.market()
    counted = {
        "innovation_projects": projects.height,
        "innovation_project_volume_eur": projects["volume"].sum() // 100,
        "companies_in_projects": joined.companies_in_projects(),
        "invested_eur": joined.all("investment")["amount"].sum() // 100,
        "companies_invested_in": joined.known("investment")["party"].n_unique(),
        "market_companies": market,
        "market_companies_with_agency": with_agency,
        "portfolio_companies": joined.known("position")["party"].n_unique(),
        "foreign_companies": cases.height,
        "foreign_investment_3y_eur": cases["capex"].sum() // 100,
        "jobs_created": cases["jobs_created"].sum(),
        "jobs_retained": cases["jobs_retained"].sum(),
        "trade_activities": joined.activities(),
        "trade_participants": joined.all("trade_activity")["participants"].sum(),
        "fund_assets_eur": joined.all("fund")["capital"].sum() // 100,
        "staff_headcount": joined.all("staff")["heads"].sum(),
    }
    assert counted == {name: truth.figure(year, name) for name in counted}
