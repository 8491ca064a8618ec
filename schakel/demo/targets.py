"""The demonstration's targets, pipeline and comment: invented, but for the growth that R012 names."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.utils import timezone

from schakel.figures.actions.comments import comment
from schakel.figures.actions.pipeline import say_what_came, state_pipeline
from schakel.figures.actions.targets import Wanted, set_target
from schakel.figures.catalogue import catalogue
from schakel.figures.models import FigureComment, PipelineEntry, Target
from schakel.network.models import Person
from schakel.network.queries import party, secretariat
from schakel.sharing.acting import acting
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.actors import Actor

YEAR = 2024
PUBLISHED = 2023
_INVENTED = "verzonnen jaarplan 2024 van de demonstratie"
# "Growth from 40 to 60 investments in 2024" (requirement R012): not said of whom, nor of companies or transactions. It
# stands as a programme's target, as the invented network is another than the one it was said of.
_R012 = (
    "eis R012: ‘groei van 40 naar 60 investeringen in 2024’; hier gelezen als bedrijven waarin in het jaar is "
    "geïnvesteerd"
)

# Of whom, indicator, target, baseline (of the year before).
_TARGETS = (
    ("", "invested_eur", "240000000", "219000000"),
    ("", "market_involvement_share", "0.55", "0.5"),
    ("", "jobs_created", "2500", "2100"),
    ("bom", "companies_invested_in", "75", "60"),
    ("bom", "portfolio_companies", "260", "230"),
    ("nom", "innovation_projects", "60", "50"),
    ("oost-nl", "invested_eur", "45000000", "38000000"),
    ("liof", "trade_activities", "30", "24"),
)
# BOM's pipeline of companies to invest in: year, stage, number, of which came; and that of the year that runs.
_PIPELINE = (
    (2022, "agreed", 20, 17),
    (2022, "prepared", 31, 14),
    (2023, "agreed", 18, 16),
    (2023, "prepared", 36, 15),
    (2024, "agreed", 21, 18),
    (2024, "prepared", 29, 13),
)
_NOW = (("agreed", 9), ("prepared", 22), ("explored", 40))
_SAID = (
    "De stijging komt vooral door drie grote rondes in het laatste kwartaal. Zonder die rondes ligt het bedrag "
    "ongeveer op dat van het jaar ervoor."
)


def set_targets(tell: Callable[[str], None]) -> None:
    """Set the targets and state the pipeline of the demonstration; what stands is left as it is."""
    with database_role(WORKER):
        made = sum(_set(slug, _wanted(*said)) for slug, *said in _TARGETS)
        made += _set("", _from_40_to_60())
        _state_pipeline()
    if made:
        tell(f"{YEAR}: {made} targets set, and a pipeline stated")


def say_something(steward: str) -> None:
    """Have a data steward of BOM, by e-mail address, say something of a published figure; once."""
    actor = Actor(party=party("bom").pk, person=Person.objects.get_by_natural_key(steward).pk)
    with database_role(WORKER):
        with acting(actor):
            said = FigureComment.objects.filter(owner_id=actor.owner).exists()
        if not said:
            comment(actor=actor, indicator="invested_eur", period=PUBLISHED, text=_SAID, shared=True)


def _wanted(indicator: str, value: str, baseline: str) -> Wanted:
    found = catalogue()[indicator]
    return Wanted(
        indicator=indicator,
        period=YEAR,
        value=Decimal(value),
        nature=found.nature,
        counts=found.counted.en,
        source=_INVENTED,
        baseline=Decimal(baseline),
        baseline_period=YEAR - 1,
    )


def _from_40_to_60() -> Wanted:
    return Wanted(
        indicator="companies_invested_in",
        period=YEAR,
        value=Decimal(60),
        nature="flow",
        counts="companies",
        source=_R012,
        baseline=Decimal(40),
        baseline_period=YEAR - 1,
        programme="groei van 40 naar 60",
    )


def _set(slug: str, wanted: Wanted) -> bool:
    """Set a target of an agency, or of the network; whether that was needed."""
    actor = _actor(slug)
    with acting(actor):
        known = Target.objects.filter(
            owner_id=actor.owner, indicator=wanted.indicator, period=wanted.period, programme=wanted.programme
        )
        if known.exists():
            return False
    set_target(actor=actor, wanted=wanted)
    return True


def _state_pipeline() -> None:
    actor = _actor("bom")
    with acting(actor):
        if PipelineEntry.objects.exists():
            return
    for year, stage, number, came in _PIPELINE:
        made = _stated(actor, year, stage, number)
        if made is not None:
            say_what_came(actor=actor, entry=made, came=came)
    for stage, number in _NOW:
        _stated(actor, timezone.localdate().year, stage, number)


def _stated(actor: Actor, year: int, stage: str, number: int) -> PipelineEntry | None:
    return state_pipeline(
        actor=actor,
        indicator="companies_invested_in",
        period=year,
        stage=stage,
        number=number,
        source="verzonnen dealflow-overzicht",
    )


def _actor(slug: str) -> Actor:
    return Actor(party=(party(slug) if slug else secretariat()).pk, process="demonstration")
