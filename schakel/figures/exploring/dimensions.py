"""The dimensions that figures are cut by: what they and their values are called, and which indicators have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.pages.labels import value_labels
from schakel.network.themes import scheme_of, schemes

YEAR, AGENCY, PROVINCE = "year", "agency", "province"
COUNTRIES = ("origin", "country")
NOT_SAID = "-"
"""The value, in an address and a file, of what a record does not say."""


def known_dimensions() -> list[str]:
    """All dimensions that some indicator has, in the order in which they are offered."""
    themes = [scheme.dimension for scheme in schemes().values()]
    codes = {dimension for indicator in catalogue().values() for dimension in indicator.breakdowns}
    first = [AGENCY, YEAR, PROVINCE, *themes]
    return first + sorted(codes - set(first), key=dimension_label)


def has(indicator: Indicator, dimension: str) -> bool:
    """Whether an indicator can be cut by a dimension."""
    return dimension in indicator.breakdowns


def dimension_label(dimension: str) -> str:
    """What a dimension is called, as the head of a column."""
    usual = {AGENCY: _("Agency"), YEAR: _("Year"), PROVINCE: _("Province")}
    scheme = scheme_of(dimension)
    if scheme is not None:
        return _("Theme, %(list)s") % {"list": scheme.labels.in_(get_language() or "nl")}
    return usual.get(dimension) or _code_labels().get(dimension) or dimension


def _code_labels() -> dict[str, str]:
    return {
        "stage": _("Stage"),
        "type": _("First or follow-on"),
        "instrument": _("Instrument"),
        "kind": _("Kind"),
        "evidence": _("Evidence"),
        "origin": _("Country of origin"),
        "country": _("Country"),
        "status": _("Status"),
        "role": _("Role"),
        "size": _("Size"),
        "state": _("State"),
        "basis": _("Source of the statement"),
    }


def values_of(dimension: str, indicators: Iterable[Indicator]) -> dict[str, str]:
    """The values of a dimension to their names, in order, as far as they are a list; of these indicators only."""
    found: dict[str, str] = {}
    for indicator in indicators:
        if has(indicator, dimension):
            found |= value_labels(indicator, dimension)
    named = {value: label for value, label in found.items() if value != "None"}
    return dict(sorted(named.items(), key=lambda pair: pair[1])) if dimension in COUNTRIES else named


def value_label(value: str, labels: Mapping[str, str]) -> str:
    """What one value is called."""
    return _("Not stated") if value == NOT_SAID else labels.get(value, value)
