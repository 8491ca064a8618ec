"""How a figure is written for people: Dutch or English digits, units, and what is said beside it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from schakel.figures.catalogue import Indicator, Part
from schakel.figures.counting.selection import Figure
from schakel.figures.counting.sheet import Line
from schakel.web.formats import MINUS
from schakel.words import Words

UNKNOWN = Words("–", "–")
MORE_THAN = Words("meer dan {value}", "more than {value}")
MILLION = Words("€ {value} mln", "€{value}m")
EUROS = Words("€ {value}", "€{value}")
IN_LISTS = Words("{sum} in de {lists} lijsten: {network}", "{sum} in the {lists} lists: {network}")


def exact(indicator: Indicator, figure: Figure) -> int | Decimal | None:
    """The figure in its unit, a whole number where it is one; None for a ratio over nothing.

    Ratios and shares have four decimals (half up): a share of 0.5 is 50%.
    """
    value = figure.value(indicator)
    return None if value is None else rounded(indicator, value)


def rounded(indicator: Indicator, value: Decimal) -> int | Decimal:
    """A value in the indicator's unit as ``exact`` gives it."""
    if indicator.is_ratio:
        value = value.quantize(Decimal("0.0001"), ROUND_HALF_UP).normalize()
    return int(value) if value == value.to_integral_value() else value


def say(indicator: Indicator, figure: Figure | None, language: str) -> str:
    """The exact figure as it stands in a table: "1.104", "€ 219.000.000", "50,0%", "3,42", "+5,0%"."""
    value = None if figure is None else figure.value(indicator)
    return UNKNOWN.in_(language) if value is None else _with_unit(indicator.unit, value, language)


def say_in_public(indicator: Indicator, figure: Figure, language: str) -> str:
    """The figure by its display rule: "meer dan 3.330", "€ 219 mln", "50%"."""
    value = figure.value(indicator)
    if value is None:
        return UNKNOWN.in_(language)
    display = indicator.display
    if indicator.unit == "share":
        return f"{digits(display.apply(value * 100), language)}%"
    if indicator.unit == "ratio":
        return digits(value, language, 1)
    if indicator.unit == "growth":
        return _growth(value, language)
    said = display.apply(value)
    millions = indicator.unit == "eur" and display.step >= 1_000_000
    text = MILLION.in_(language).format(value=digits(said / 1_000_000, language)) if millions else ""
    text = text or _with_unit(indicator.unit, said, language)
    more = display.rule == "more_than" and said and said != value
    return MORE_THAN.in_(language).format(value=text) if more else text


def _with_unit(unit: str, value: Decimal, language: str) -> str:
    if unit == "share":
        return f"{digits(value * 100, language, 1)}%"
    if unit == "ratio":
        return digits(value, language, 2)
    if unit == "growth":
        return _growth(value, language)
    text = digits(value, language, 0 if value == value.to_integral_value() else 2)
    return EUROS.in_(language).format(value=text) if unit == "eur" else text


def _growth(value: Decimal, language: str) -> str:
    """What was added to one of the year before: 1.05 as "+5,0%"."""
    added = ((value - 1) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    sign = "+" if added > 0 else MINUS if added < 0 else ""
    return f"{sign}{digits(abs(added), language, 1)}%"


def digits(value: Decimal, language: str, decimals: int = 0) -> str:
    """A number as its readers write it: 1.234,5 in Dutch, 1,234.5 in English."""
    text = f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"
    return text if language.startswith("en") else text.translate(str.maketrans(",.", ".,"))


def notes(indicator: Indicator, line: Line) -> list[Words]:
    """What must be said beside the network's figure: how it differs from the lists, and what is missing."""
    found = []
    if line.network is not None and line.in_lists not in {None, line.network.amount}:
        found.append(_difference(indicator, line, line.network))
    if line.coverage.expected and not line.coverage.complete:
        found.append(line.coverage.words)
    return found


def _difference(indicator: Indicator, line: Line, network: Figure) -> Words:
    filled = sum(figure is not None for figure in line.columns.values())
    said = {
        language: IN_LISTS.in_(language).format(
            sum=say(indicator, Figure(line.in_lists or 0), language),
            lists=_number(filled, language),
            network=say(indicator, network, language),
        )
        for language in ("nl", "en")
    }
    return Words(said["nl"], said["en"])


_SPELLED = {
    "nl": ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}


def _number(number: int, language: str) -> str:
    words = _SPELLED[language]
    return words[number] if number < len(words) else str(number)


def overlap_note(indicator: Indicator, dimension: str) -> Words | None:
    """The sentence for a split whose cells may add to more than the total; None where they add up."""
    if not indicator.overlaps(dimension):
        return None
    if indicator.is_ratio:
        return Words("Een verhouding telt niet op.", "A ratio does not add up.")
    return Words(
        f"Telt op tot meer dan het totaal: {_several(indicator.parts[0])} kan in meer dan één vak staan.",
        "Adds to more than the total: one thing can stand in several cells.",
    )


def _several(part: Part) -> str:
    return {"organisation": "een organisatie"}.get(part.one, "hetzelfde")
