"""What is to be known of an indicator before its figure is read."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures.catalogue import Indicator
from schakel.figures.pages.answers import Answer, coverage_words


def facts_of(indicator: Indicator, found: Answer) -> Iterator[tuple[str, str]]:
    """What is to be known of an indicator: what is counted, what makes it one, when, and from whom."""
    language = get_language() or "nl"
    yield _("Definition"), indicator.definition.in_(language)
    yield _("What is counted"), indicator.counted.in_(language)
    yield _("What makes it one"), indicator.one.in_(language)
    yield _("Period"), indicator.period.in_(language)
    stock = indicator.nature == "stock"
    yield _("Stock or flow"), _("stock: as of 31 December") if stock else _("flow: over the whole year")
    if words := coverage_words(found):
        yield _("Coverage"), words
    yield _("Version of the definition"), str(indicator.version)
