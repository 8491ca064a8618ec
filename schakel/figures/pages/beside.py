"""What stands beside a figure on its page: its targets, what was said of it, and being told of its publication."""

from __future__ import annotations

from typing import Any

from schakel import prepared
from schakel.figures import comments, targeting
from schakel.figures.editions import Vintage
from schakel.figures.expecting import may_expect
from schakel.figures.models import Alert
from schakel.figures.pages.answers import Answer
from schakel.network.models import PartyKind
from schakel.sharing.requests import PartyRequest
from schakel.web.addresses import address

_ASKED = "SELECT {columns} FROM figures_alert alert WHERE person_id = %s AND indicator = %s AND province = ''"


def beside(request: PartyRequest, indicator: str, vintage: Vintage, found: Answer | None = None) -> dict[str, Any]:
    """The context of ``figures/parts/{targets,comments,alert}.html``, for an indicator as ``vintage`` has it.

    ``found``: the figure asked by agency, where the page has it. Raises CountingError, QuestionError.
    """
    party, year = request.role_held.party, vintage.period
    asked = prepared.records(Alert, "alert", _ASKED, [request.actor.person, indicator])
    stand = request.GET.get("stand", "")
    here = f"?year={year}" + (f"&stand={stand}" if stand.isalnum() else "")
    return {
        "targets": targeting.of_figure(party, indicator, year, found=found, stand=vintage),
        "targets_url": f"{address('figures:targets')}?year={year}",
        "comments": comments.of_figure(party, indicator, year),
        "comments_url": address("figures:comments", indicator) + here,
        "me": request.actor.person,
        "alert": next(iter(asked), None),
        "may_hear": party.kind != PartyKind.AUDITOR,
        "expected_url": f"{address('figures:expected', indicator)}?year={year}" if may_expect(party, vintage) else "",
    }
