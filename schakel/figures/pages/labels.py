"""What dimensions and their values are called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures.catalogue import Indicator
from schakel.figures.facts import facts
from schakel.intake.kinds import Code, kinds
from schakel.network.places import PROVINCES
from schakel.network.queries import every_agency
from schakel.network.themes import REST, Scheme, scheme_of

_COUNTRIES = ("origin", "country")


def theme_labels() -> dict[str, str]:
    """Codes of themes to their names, in the order they are declared."""
    fields = (field for kind in kinds() for field in kind.fields if field.name == "themes")
    labels = {code.value: _said(code.labels.in_(_language())) for field in fields for code in field.codes}
    return labels | {"none": _("No theme")}


def province_labels() -> dict[str, str]:
    """Codes of provinces to their names, with what lies nowhere in the country at the end."""
    return PROVINCES | {"unknown": _("Unknown"), "abroad": _("Abroad")}


def value_labels(indicator: Indicator, dimension: str) -> dict[str, str]:
    """The values of a dimension to their names, in order; empty for what has no names of its own."""
    scheme = scheme_of(dimension)
    if scheme is not None:
        return theme_labels() if dimension == "theme" else _list_labels(scheme)
    if dimension == "agency":
        return {agency.slug: agency.name for agency in every_agency()}
    if dimension == "province":
        return province_labels()
    if dimension in _COUNTRIES:
        return dict(Locale.parse(_language()).territories)
    return dict(_code_labels(indicator, dimension)) | {"None": _("Not stated")}


def _list_labels(scheme: Scheme) -> dict[str, str]:
    labels = {concept.code: _said(concept.labels.in_(_language())) for concept in scheme.concepts}
    return labels | {REST: _("Not under a theme of this list")}


def _code_labels(indicator: Indicator, dimension: str) -> Iterator[tuple[str, str]]:
    if dimension == "evidence":
        yield from (("confirmed", _("Confirmed by letter")), ("stated", _("Stated, no letter")))
    if dimension == "state":
        yield from (("delivered", _("Delivered")), ("expected", _("Not delivered yet")))
    yield from ((code.value, _said(code.labels.in_(_language()))) for code in _codes(indicator, dimension))
    if dimension == "kind" and "party" in _record_kinds(indicator):
        yield from ((kind.name, _said(kind.plural.in_(_language()))) for kind in kinds())


def _codes(indicator: Indicator, dimension: str) -> list[Code]:
    """The codes of the field that a dimension is, of the records that are counted; else of what those refer to."""
    fields = [field for kind in kinds() if kind.name in _record_kinds(indicator) for field in kind.fields]
    own = [code for field in fields if field.name == dimension for code in field.codes]
    referred = {field.refers_to for field in fields} - {None}
    theirs = [field for kind in kinds() if kind.name in referred for field in kind.fields]
    return own or [code for field in theirs if field.name == dimension for code in field.codes]


def _record_kinds(indicator: Indicator) -> set[str]:
    counted = {part.fact for part in indicator.parts}
    return {fact.record_kind for fact in facts() if fact.name in counted}


def dimension_label(dimension: str) -> str:
    """A dimension as the heading of a breakdown: "By stage"."""
    scheme = scheme_of(dimension)
    if scheme is not None and dimension != "theme":
        return _("By theme, %(list)s") % {"list": scheme.labels.in_(_language())}
    return _HEADINGS[dimension]()


_HEADINGS: Mapping[str, Callable[[], str]] = {
    "agency": lambda: _("By agency"),
    "year": lambda: _("By year"),
    "province": lambda: _("By province"),
    "theme": lambda: _("By theme"),
    "status": lambda: _("By status"),
    "stage": lambda: _("By stage"),
    "type": lambda: _("By first or follow-on"),
    "instrument": lambda: _("By instrument"),
    "kind": lambda: _("By kind"),
    "evidence": lambda: _("By evidence"),
    "origin": lambda: _("By country of origin"),
    "country": lambda: _("By country"),
    "role": lambda: _("By role"),
    "size": lambda: _("By size"),
    "state": lambda: _("By state"),
    "basis": lambda: _("By source"),
}


def _language() -> str:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def _said(text: str) -> str:
    return text[:1].upper() + text[1:]
