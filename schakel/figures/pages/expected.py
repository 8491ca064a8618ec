"""What is still to come, in tables and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures import expecting, queries
from schakel.figures.catalogue import Indicator
from schakel.figures.estimating import Estimate
from schakel.figures.forecasting import InPipeline
from schakel.figures.models import PipelineStage
from schakel.figures.pages.answers import Answer, complete
from schakel.figures.pipeline import pipeline_of
from schakel.network.models import Party
from schakel.network.queries import agencies
from schakel.web.formats import number, percent
from schakel.web.tables import Column, Table


def forecast_context(party: Party, indicator: Indicator, year: int, found: Answer) -> dict[str, Any]:
    """The expectation of a figure: what is counted, what is in the pipeline by its chance, and the range."""
    if indicator.is_ratio:
        return {"no_forecast": _("A share or ratio does not add up, and so has no pipeline.")}
    if year < timezone.localdate().year and complete(found):
        return {"no_forecast": _("The year is over and everybody delivered: what came is in the figure.")}
    made, listed = expecting.forecast_of(party, indicator, year, found)
    language = get_language() or "nl"
    return {
        "forecast": {
            "counted": _said(indicator, made.counted),
            "expected": _said(indicator, made.expected),
            "low": _said(indicator, made.low),
            "high": _said(indicator, made.high),
            "left_out": made.left_out,
        },
        "pipeline": _pipeline_table(indicator, listed),
        "none": [
            (kind.labels.in_(language), kind.none_because.in_(language))
            for kind in pipeline_of(indicator.id)
            if kind.none_because is not None
        ],
    }


def missing_context(indicator: Indicator, missing: expecting.Missing) -> dict[str, Any]:
    """How many agencies are missing, and the estimates that may be seen."""
    names = {agency.slug: agency.name for agency in agencies()}
    return {
        "missing": missing.number,
        "estimates": _estimates_table(indicator, missing.estimates, names) if missing.estimates else None,
        "trials": _trials_table(indicator, missing.estimates, names) if missing.estimates else None,
        "unknown": ", ".join(names.get(agency, agency) for agency in missing.unknown),
    }


def _said(indicator: Indicator, value: Decimal) -> str:
    return queries.exact(indicator.unit, round(value, 1 if indicator.unit in ("fte", "tonne") else 0))


def _pipeline_table(indicator: Indicator, listed: Sequence[InPipeline]) -> Table:
    names = {agency.slug: agency.name for agency in agencies()}
    stages = dict(PipelineStage.choices)
    return Table(
        caption=_("In the pipeline"),
        columns=[
            Column("agency", _("Agency"), heading=True),
            Column("stage", _("Stage")),
            Column("number", _("How many"), kind="number"),
            Column("chance", _("Chance")),
            Column("expected", _("Expected"), kind="number"),
        ],
        rows=[
            {
                "agency": names.get(each.agency, each.agency),
                "stage": stages.get(each.stage, each.stage),
                "number": each.number,
                "chance": _chance(each),
                "expected": _said(indicator, each.expected) if each.chance is not None else "–",
            }
            for each in listed
        ],
        empty=_("Nothing is stated to be in the pipeline."),
        empty_how=_("Each agency states below how many it has at which stage."),
        caption_hidden=True,
    )


def _chance(each: InPipeline) -> str:
    if each.chance is None:
        return _("none known yet")
    said = {"chance": percent(each.chance, 0), "came": number(each.came), "past": number(each.past)}
    return _("%(chance)s: %(came)s of %(past)s before came") % said


def _estimates_table(indicator: Indicator, estimates: Iterable[Estimate], names: dict[str, str]) -> Table:
    return Table(
        caption=_("Estimates of what is missing"),
        columns=[
            Column("agency", _("Agency"), heading=True),
            Column("last", _("Last delivered"), kind="number"),
            Column("change", _("Change of the others")),
            Column("value", _("Estimate"), kind="number"),
        ],
        rows=[
            {
                "agency": names.get(each.agency, each.agency),
                "last": f"{_said(indicator, each.last)} ({each.last_year})",
                "change": _("%(change)s, by %(others)s agencies")
                % {"change": percent(each.change - 1, 1), "others": each.others},
                "value": _said(indicator, each.value),
            }
            for each in estimates
        ],
        caption_hidden=True,
    )


def _trials_table(indicator: Indicator, estimates: Iterable[Estimate], names: dict[str, str]) -> Table:
    return Table(
        caption=_("How far off the method would have been"),
        columns=[
            Column("agency", _("Agency"), heading=True),
            Column("year", _("Year")),
            Column("estimated", _("Estimate"), kind="number"),
            Column("delivered", _("Delivered"), kind="number"),
            Column("off", _("Off by"), kind="number"),
        ],
        rows=[
            {
                "agency": names.get(each.agency, each.agency),
                "year": str(trial.year),
                "estimated": _said(indicator, trial.estimated),
                "delivered": _said(indicator, trial.delivered),
                "off": "–" if trial.off is None else percent(trial.off, 0),
            }
            for each in estimates
            for trial in each.trials
        ],
        empty=_("There is no earlier year to try the method on."),
        caption_hidden=True,
    )
