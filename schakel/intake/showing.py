"""How values of records are shown on a page: labels of codes, dates, money, names of agencies and countries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from babel import Locale
from django.utils.translation import get_language

from schakel.intake.kinds import Field
from schakel.network.models import Party
from schakel.web import formats


def shown(field: Field, value: object) -> str:
    """A value of ``field`` in the reader's language; an empty text where there is none."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list):
        return ", ".join(shown(field, item) for item in value)
    if isinstance(value, date):
        return formats.date_long(value)
    by_type = _BY_TYPE.get(field.type)
    return by_type(field, value) if by_type else str(value)


def _agency(_field: Field, value: object) -> str:
    return str(Party.objects.filter(slug=value).values_list("name", flat=True).first() or value)


def _country(_field: Field, value: object) -> str:
    locale = Locale.parse((get_language() or "nl")[:2])
    return str(locale.territories.get(str(value), value))


def code_label(field: Field, value: str) -> str:
    """The name of a code in the reader's language; the code itself where it has none."""
    language = get_language() or "nl"
    return next((code.labels.in_(language) for code in field.codes if code.value == value), value)


_BY_TYPE: dict[str, Callable[[Field, object], str]] = {
    "code": lambda field, value: code_label(field, str(value)),
    "agencies": _agency,
    "country": _country,
    "money": lambda _field, value: formats.money_exact(int(Decimal(str(value)) * 100)),
    "integer": lambda _field, value: formats.number(int(str(value))),
    "number": lambda _field, value: formats.number(Decimal(str(value)), 1),
}
