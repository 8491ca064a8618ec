"""How values of records are shown on a page: labels of codes, dates, money, names of agencies and countries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from django.utils.translation import get_language

from schakel.intake.kinds import Field
from schakel.network.models import Party
from schakel.web import formats


def shown(field: Field, value: Any) -> str:
    """A value of ``field`` in the reader's language; an empty text where there is none."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list):
        return ", ".join(shown(field, item) for item in value)
    if field.type == "code":
        return code_label(field, str(value))
    if field.type == "agencies":
        return str(Party.objects.filter(slug=value).values_list("name", flat=True).first() or value)
    if field.type == "country":
        locale = Locale.parse((get_language() or "nl")[:2])
        return str(locale.territories.get(str(value), value))
    if field.type == "money" and isinstance(value, Decimal):
        return formats.money_exact(int(value * 100))
    if isinstance(value, date):
        return formats.date_long(value)
    if field.type in ("integer", "number"):
        return formats.number(value, 0 if field.type == "integer" else 1)
    return str(value)


def code_label(field: Field, value: str) -> str:
    """The name of a code in the reader's language; the code itself where it has none."""
    language = get_language() or "nl"
    return next((code.labels.in_(language) for code in field.codes if code.value == value), value)
