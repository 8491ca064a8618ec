"""What search finds of figures: the indicators of the catalogue, for everybody who signs in."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from schakel.figures.catalogue import catalogue
from schakel.search.documents import Document
from schakel.search.registry import Scope, Source, register
from schakel.words import Words


def _indicators(scope: Scope) -> Iterator[Document]:
    for indicator in catalogue().values():
        if not scope.ids or indicator.id in scope.ids:
            yield Document(
                owner=None,
                kind="indicator",
                id=indicator.id,
                title=indicator.names,
                words=f"{indicator.definition.nl} {indicator.definition.en}",
            )


register(
    Source(
        "indicator",
        Words("indicator", "indicator"),
        Words("indicatoren", "indicators"),
        _indicators,
        lambda indicator: reverse("figures:indicator", args=[indicator]),
        public=True,
        order=20,
    )
)
