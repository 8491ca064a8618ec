"""What kinds of records carry marks: in which columns, and what hangs together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """Where a kind stands, and the columns of it that a reader of each depth sees.

    ``organisations``: a question for the ids of those of the kind among %(ids)s, each with an organisation in it.
    ``named``: whether it goes by the name of its organisation. ``delivered``: where the row that it came from is named.
    """

    table: str
    known: str = ""
    summary: str = ""
    full: str = ""
    themes: bool = False
    organisations: str = ""
    fund: bool = False
    named: bool = False


def _own(table: str) -> str:
    return f"SELECT id, organisation_id FROM {table} WHERE organisation_id IS NOT NULL AND id = ANY (%(ids)s)"


KINDS = {
    "organisation": Kind("register_organisation", known="name", summary="website", full="address"),
    "fund": Kind("invest_fund", known="name"),
    "project": Kind(
        "innovate_innovationproject",
        known="title",
        full="description",
        themes=True,
        organisations="""
            SELECT project_id, organisation_id FROM innovate_participation WHERE project_id = ANY (%(ids)s)
            UNION SELECT id, lead_id FROM innovate_innovationproject WHERE lead_id IS NOT NULL AND id = ANY (%(ids)s)
        """,
    ),
    "investment": Kind(
        "invest_investment", full="co_investors", organisations=_own("invest_investment"), fund=True, named=True
    ),
    "position": Kind("invest_position", organisations=_own("invest_position"), fund=True, named=True),
    "foreign_case": Kind(
        "internationalise_foreigncase", organisations=_own("internationalise_foreigncase"), named=True
    ),
    "outcome": Kind("figures_companyoutcome", organisations=_own("figures_companyoutcome"), named=True),
    "trade_activity": Kind(
        "events_event",
        known="title",
        full="city",
        organisations="SELECT event_id, organisation_id FROM events_attendance WHERE event_id = ANY (%(ids)s)",
    ),
}
