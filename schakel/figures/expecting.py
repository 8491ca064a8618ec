"""What is still to come for a figure: the forecast, and estimates of deliveries that are missing.

Only beside figures that are not certified, and only for who makes them: an agency for its own column, the secretariat
for the network's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from schakel.figures import pipeline
from schakel.figures.asking import Audience, Question
from schakel.figures.catalogue import Indicator
from schakel.figures.editions import Vintage
from schakel.figures.estimating import Columns, Estimate, estimate
from schakel.figures.forecasting import Forecast, InPipeline, forecast
from schakel.figures.process import ask_all
from schakel.figures.vintages import is_maker, vintages
from schakel.network.models import Party, PartyKind

_BACK = 5  # years that the method looks at, before the year itself
_EVERYTHING = Audience(all_agencies=True, maker=True)


@dataclass(frozen=True, slots=True)
class Missing:
    """How many agencies a figure still misses; the estimates that the reader may see, by the agency they are of.

    ``unknown``: agencies that are missing and of which the method says nothing, for the secretariat.
    """

    number: int
    estimates: tuple[Estimate, ...] = ()
    unknown: tuple[str, ...] = ()


def may_expect(party: Party, vintage: Vintage) -> bool:
    """Whether what is still to come is shown beside these figures at all."""
    return is_maker(party) and vintage.live and vintage.state == "provisional" and not vintage.newest


def forecast_of(
    party: Party, indicator: Indicator, year: int, found: Mapping[str, Any]
) -> tuple[Forecast, list[InPipeline]]:
    """The forecast of the figure that ``party`` makes, and what is in the pipeline. ``found``: it, asked by agency."""
    listed = pipeline.read_pipeline(party, indicator.id, year)
    cell = found["total"]
    if party.kind == PartyKind.AGENCY:
        cell = next((each for each in found["cells"] if each["place"] == [party.slug]), {"value": None})
    return forecast(Decimal(cell["value"] or 0), listed), listed


def missing_of(party: Party, indicator: Indicator, vintage: Vintage, found: Mapping[str, Any]) -> Missing:
    """How many agencies are missing from a figure, and estimates for whom ``party`` may see. Raises CountingError."""
    coverage = found["coverage"]
    number = 0 if coverage is None else coverage["expected"] - coverage["delivered"]
    if not number or not may_expect(party, vintage) or not _can_be_estimated(indicator):
        return Missing(number)
    columns, absent = _columns(party, indicator, vintage)
    told = sorted(absent if party.kind == PartyKind.SECRETARIAT else absent & {party.slug})
    estimates = {agency: estimate(columns, agency, vintage.period) for agency in told}
    return Missing(
        number,
        tuple(each for each in estimates.values() if each is not None),
        tuple(agency for agency, each in estimates.items() if each is None),
    )


def _can_be_estimated(indicator: Indicator) -> bool:
    return not indicator.is_ratio and "agency" in indicator.breakdowns and not indicator.parts[0].whole_network


def _columns(party: Party, indicator: Indicator, vintage: Vintage) -> tuple[Columns, set[str]]:
    """What each agency that delivered has in each year, and who is missing in the year itself.

    Asked with the eyes of who sees every column, as the change of the others is made of theirs; what is told of it is
    one agency's estimate, to that agency, and the change of at least three together (see ``estimating``).
    """
    years = [vintage.period - back for back in range(_BACK, 0, -1)]
    read = [*vintages(party, years).values(), vintage]
    asked = [
        Question("figures", (name,), by, {"year": [each.period]}, _EVERYTHING, each.closing)
        for each in read
        for name, by in ((indicator.id, ("agency",)), ("coverage", ("agency", "kind")))
    ]
    answers = [answer["figures"] for answer in ask_all(settings.COUNTING_SOCKET, asked)]
    columns: dict[int, dict[str, Decimal]] = {}
    absent: set[str] = set()
    for each, figures, covered in zip(read, answers[::2], answers[1::2], strict=True):
        if not figures or not covered:
            continue
        delivered, expected = _delivered(covered[0]["cells"], indicator.needs)
        columns[each.period] = _figures(figures[0]["cells"], delivered)
        absent = expected - delivered if each is vintage else absent
    return columns, absent


def _delivered(cells: Iterable[Mapping[str, Any]], needs: tuple[str, ...]) -> tuple[set[str], set[str]]:
    """The agencies that delivered all that an indicator needs, and those expected to."""
    short: set[str] = set()
    expected: set[str] = set()
    for cell in cells:
        agency, kind = str(cell["place"][0]), str(cell["place"][1])
        if kind in needs:
            expected.add(agency)
            if cell["amount"] < (cell["base"] or 0):
                short.add(agency)
    return expected - short, expected


def _figures(cells: Iterable[Mapping[str, Any]], delivered: set[str]) -> dict[str, Decimal]:
    """The column of each agency that delivered; nothing in it is zero, as it was delivered."""
    known = {str(cell["place"][0]): Decimal(cell["value"]) for cell in cells if cell["value"] is not None}
    return {agency: known.get(agency, Decimal(0)) for agency in delivered}
