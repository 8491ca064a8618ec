"""What is told of a record that another party shares in summary: values, as the page of a record says them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import get_language

from schakel.intake.kinds import Field, kind
from schakel.intake.showing import shown
from schakel.sharing.models import Reach
from schakel.sharing.shareable import Shareable, register
from schakel.words import Words


def register_records(name: str, *, cards: str, reaches: frozenset[Reach], help: Words, order: int) -> None:
    """Have records of the kind ``name`` shared; see ``Shareable``."""
    known = kind(name)

    def told(said: Mapping[str, object]) -> list[tuple[str, str]]:
        language = get_language() or "nl"
        fields = [known.fields_by_name[field] for field in said]
        lines = [(field.labels.in_(language), shown(field, _value(field, said[field.name]))) for field in fields]
        return [line for line in lines if line[1]]

    register(
        Shareable(
            kind=name,
            words=known.plural,
            reaches=reaches,
            cards=cards,
            told=told,
            url=lambda pk: reverse("intake:record", args=[name, pk]),
            help=help,
            order=order,
        )
    )


def _value(field: Field, value: object) -> object:
    """A value as JSON says it, as a record holds it."""
    return dt.date.fromisoformat(value) if field.type == "date" and isinstance(value, str) else value
