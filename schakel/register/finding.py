"""What search finds of the register: organisations, also by their trade names, and the trade register's entries.

Organisations are found by their owner alone. The entries are published facts: whoever signs in finds them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.urls import reverse

from schakel.intake.finding import record_url, records_in, thing
from schakel.intake.records import RecordState
from schakel.network.models import PartyKind
from schakel.register.kinds import ORGANISATION, REGISTER_ENTRY
from schakel.register.models import Organisation, RegisterEntry
from schakel.search.documents import Document
from schakel.search.registry import Scope, Source, register

_PUBLISHED = ("kvk", "rsin", "city", "legal_form", "street", "postcode", "website")
_FIELDS = ("name", "kvk", "rsin", "vat", "city", "legal_form", "address", "postcode", "website")


def _organisations(scope: Scope) -> Iterator[Document]:
    found = records_in(Organisation, scope)
    trade_names = _trade_names({kvk for kvk in found.values_list("kvk", flat=True) if kvk})
    listed = found.values_list("pk", "owner_id", "period", "number", *_FIELDS)
    for pk, owner, period, number, name, kvk, rsin, vat, city, *rest in listed.iterator(chunk_size=5000):
        yield Document(
            owner=owner,
            kind="organisation",
            id=str(pk),
            title=name or number,
            subtitle=" · ".join(filter(None, (number, city, f"KvK {kvk}" if kvk else ""))),
            numbers=tuple(filter(None, (number, kvk, rsin, vat))),
            words=" ".join(filter(None, [*trade_names.get(kvk, ()), *rest])),
            period=period,
            thing=thing(ORGANISATION, period, number, pk),
        )


def _trade_names(numbers: set[str]) -> dict[str, list[str]]:
    """KvK number to the names under which the trade register knows it; published facts, for all to read."""
    known = RegisterEntry.objects.filter(kvk__in=numbers).values_list("kvk", "name", "trade_names")
    names: dict[str, list[str]] = {}
    for kvk, name, others in known:
        names.setdefault(str(kvk), []).extend([name, *(others or [])])
    return names


def _entries(scope: Scope) -> Iterator[Document]:
    """The entries of the trade register as the secretariat delivered them; in the index they are nobody's own."""
    found = RegisterEntry.objects.filter(owner__kind=PartyKind.SECRETARIAT).exclude(state=RecordState.WITHDRAWN)
    if scope.period is not None:
        found = found.filter(period=scope.period)
    if scope.ids:
        found = found.filter(pk__in=scope.ids)
    listed = found.values_list("pk", "period", "number", "name", "trade_names", *_PUBLISHED)
    for pk, period, number, name, trade_names, kvk, rsin, city, *rest in listed.iterator(chunk_size=5000):
        yield Document(
            owner=None,
            kind="register_entry",
            id=str(pk),
            title=name,
            subtitle=" · ".join(filter(None, (city, f"KvK {kvk}" if kvk else ""))),
            numbers=tuple(filter(None, (number, kvk, rsin))),
            words=" ".join(filter(None, [*(trade_names or ()), *rest])),
            period=period,
            thing=thing(REGISTER_ENTRY, period, number, pk),
        )


register(
    Source(
        "organisation",
        ORGANISATION.labels,
        ORGANISATION.plural,
        _organisations,
        lambda record: reverse("register:organisation", args=[int(record)]),
        order=10,
    )
)
register(
    Source(
        "register_entry",
        REGISTER_ENTRY.labels,
        REGISTER_ENTRY.plural,
        _entries,
        partial(record_url, "register_entry"),
        public=True,
        order=15,
    )
)
