"""What pages ask about figures: answers of the counting process, put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures.asking import Audience, Question
from schakel.figures.catalogue import SCALE, Indicator, catalogue
from schakel.figures.editions import Vintage
from schakel.figures.process import ask, ask_all
from schakel.figures.vintages import chosen_vintage, is_maker, readable_years
from schakel.network.models import Party, PartyKind
from schakel.web import formats

_IN_PARTS = ("fte", "tonne")  # exact to a tenth; what is rounded in public is said in whole ones


def audience_of(party: Party) -> Audience:
    """Which agencies' own columns a party sees (an agency its own, the secretariat all), and whether before others."""
    return Audience(
        agency=party.slug if party.kind == PartyKind.AGENCY else "",
        all_agencies=party.kind == PartyKind.SECRETARIAT,
        maker=is_maker(party),
    )


def years(party: Party) -> list[int]:
    """The years of which ``party`` may read figures, newest first. Raises CountingError."""
    return readable_years(party)


def figures(
    party: Party,
    *,
    year: int,
    indicators: tuple[str, ...] = (),
    by: tuple[str, ...] = (),
    stand: str | Vintage = "",
    **filters: list[str | int],
) -> dict[str, dict[str, Any]]:
    """Figures of ``year`` by indicator id, for what ``party`` may see.

    ``stand``: which figures of the year, see ``editions.decide``; or the vintage, where the page has chosen already.
    Raises CountingError, QuestionError; NotPublishedError where the year is not there for this party.
    """
    chosen = chosen_vintage(party, year, stand)
    asked = Question("figures", indicators, by, {"year": [year], **filters}, audience_of(party), chosen.closing)
    return {found["indicator"]: found for found in ask(settings.COUNTING_SOCKET, asked)["figures"]}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Figures that a page wants of one year: of some indicators (all, where none are named), by dimensions."""

    vintage: Vintage
    indicators: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


def several(party: Party, wanted: Sequence[Wanted]) -> list[dict[str, dict[str, Any]]]:
    """As ``figures`` for each of ``wanted``, asked of the counting process at once and of one moment.

    An indicator that is newer than the closing of a year is not among those of the year. Raises CountingError,
    QuestionError.
    """
    audience = audience_of(party)
    asked = [
        Question("figures", each.indicators, each.by, {"year": [each.vintage.period]}, audience, each.vintage.closing)
        for each in wanted
    ]
    answers = ask_all(settings.COUNTING_SOCKET, asked) if asked else []
    return [{found["indicator"]: found for found in answer["figures"]} for answer in answers]


def records_behind(
    party: Party,
    *,
    indicator: str,
    year: int,
    stand: str | Vintage = "",
    **filters: list[str | int],
) -> dict[str, Any]:
    """Kinds and ids of the records behind a figure; ``stand`` and what it raises: see ``figures``."""
    chosen = chosen_vintage(party, year, stand)
    asked = Question("records", (indicator,), (), {"year": [year], **filters}, audience_of(party), chosen.closing)
    return ask(settings.COUNTING_SOCKET, asked)


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as a page shows it; each way is written when it is read, as few places read both.

    ``value``: in the indicator's unit; None where there is nothing to divide by.
    """

    indicator: Indicator
    value: Decimal | None

    @property
    def exact(self) -> str:
        """The exact value in words, in the reader's language; "–" for none."""
        return "–" if self.value is None else _exact(self.indicator, self.value)

    @property
    def said(self) -> str:
        """The public way of saying it, which is the display rule's; "–" for none.

        A share is rounded in per cents, and "more than" is said of what is more.
        """
        if self.value is None:
            return "–"
        display = self.indicator.display
        if self.indicator.unit == "share":
            return formats.percent(display.apply(self.value * 100) / 100)
        applied = display.apply(self.value)
        said = _said(self.indicator, applied)
        if display.rule == "more_than" and applied and applied != self.value:
            said = _("more than %(value)s") % {"value": said}
        return said


def shown(indicator: Indicator, figure: Mapping[str, Any]) -> Shown:
    """A figure as an answer of the counting process has it, ready to be shown."""
    return Shown(indicator, None if figure["value"] is None else Decimal(figure["value"]))


def _said(indicator: Indicator, value: Decimal) -> str:
    if indicator.unit in _IN_PARTS and indicator.display.rule != "exact":
        return formats.number(value, 0)
    return formats.money(int(value * 100)) if indicator.unit == "eur" else _exact(indicator, value)


def _exact(indicator: Indicator, value: Decimal) -> str:
    return exact(indicator.unit, value)


def exact(unit: str, value: Decimal) -> str:
    """A value of this unit, exactly, in the reader's language."""
    return _written(unit, value, formats.language())


@lru_cache(maxsize=4096)
def _written(unit: str, value: Decimal, _language: str) -> str:
    """A page of figures says the same number in a card, a table, a chart and its text."""
    if unit == "eur":
        return f"€\N{NO-BREAK SPACE}{formats.number(value, 0 if value == value.to_integral() else 2)}"
    if unit == "share":
        return formats.percent(value, 1)
    if unit == "growth":
        return formats.growth(value)
    return formats.number(value, {"ratio": 2, "fte": 1, "tonne": 1}.get(unit, 0))


def apart(unit: str, difference: Decimal) -> str:
    """How far two values of this unit lie apart; of two growths that is no growth, but so many per cents."""
    return formats.percent(difference, 1) if unit == "growth" else exact(unit, difference)


def drawn(of: Indicator, value: Decimal | str | None) -> float | None:
    """A value as a picture shows it, from nought: of a growth what was added to one of the year before."""
    if value is None:
        return None
    return float(Decimal(value) - 1) if both_ways(of) else float(value)


def undrawn(of: Indicator, value: Decimal) -> Decimal:
    """The value of what a picture shows: the other way round."""
    return value + 1 if both_ways(of) else value


def both_ways(of: Indicator) -> bool:
    """Whether it falls as well as rises, so that nought is the middle of a picture."""
    return of.unit == "growth"


def scale(of: Indicator) -> int:
    """How many of the stored whole numbers make one of the indicator's unit."""
    return SCALE[of.unit]


def indicator(indicator_id: str) -> Indicator | None:
    """The indicator of the catalogue; None where there is none."""
    return catalogue().get(indicator_id)


def name_of(found: Indicator) -> str:
    """An indicator's name in the reader's language."""
    return found.names.in_(get_language() or "nl")
