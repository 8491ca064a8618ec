"""Questions to the counting process, and who may ask what.

The columnar extract holds everyone's facts, so the web process never opens it: it asks, and gets totals,
cells and record ids back. Which cells an asker gets is decided here, with the counting.

The simplest rule, until agreements widen it: everybody who signs in sees the network's figures; an agency
sees its own column beside it, the secretariat all columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Literal

Filters = Mapping[str, list[str | int]]


class QuestionError(ValueError):
    """A question that has no answer, or not for who asks; the message says why."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who asks: an agency (its slug), or another party; ``all_agencies`` for who sees every column.

    ``maker``: one of those who make the figures, to whom they are open before they are published. ``auditor``: the
    party of who audits under mandates, and ``agencies``: whose records they are of ("" for the network's own lists).
    """

    agency: str = ""
    all_agencies: bool = False
    maker: bool = False
    auditor: int = 0
    agencies: tuple[str, ...] = ()

    def sees(self, agency: str) -> bool:
        """Whether figures of ``agency`` alone are for this audience."""
        return self.all_agencies or agency in self.agencies or (agency != "" and agency == self.agency)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: ``figures`` of indicators by dimensions, or the ``records`` behind one figure; by an auditor also
    the ``population`` that a sample of those is drawn from. A ``cross``: figures by the dimensions, by each of them
    alone, and by none; by those of ``always`` in each.

    ``effects``: what a proposal would do to figures, or what a round of joining did ("proposal" or "round" names it).

    Of a closing also to ``close``: to make the one that was ordered; and to ``explain`` what is other in it than in an
    earlier one ("against").

    ``filters``: dimension to allowed values ("year": [2023]). ``vintage``: the closing it is asked of, by its number;
    None for the figures as they are counted now.
    """

    ask: Literal["figures", "cross", "records", "population", "years", "close", "explain", "effects"]
    indicators: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    filters: Filters = field(default_factory=dict)
    audience: Audience = field(default_factory=Audience)
    vintage: int | None = None
    always: tuple[str, ...] = ()

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Question:
        """The question in ``said``. Raises QuestionError for what is no question."""
        try:
            return cls(
                ask=said["ask"],
                indicators=tuple(said.get("indicators", ())),
                by=tuple(said.get("by", ())),
                filters=dict(said.get("filters", {})),
                audience=_audience(**said.get("audience", {})),
                vintage=_number(said.get("vintage")),
                always=tuple(said.get("always", ())),
            )
        except (KeyError, TypeError) as error:
            raise QuestionError(f"this is no question: {error}") from error


def _audience(*, agencies: Iterable[str] = (), **said: Any) -> Audience:  # noqa: ANN401 - as it was sent
    return Audience(agencies=tuple(agencies), **said)


def crossed_by(by: tuple[str, ...], always: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """What a cross is by: all of ``by``, then each alone, then none; each with ``always`` behind it."""
    for kept in product((True, False), repeat=len(by)):
        yield (*(dimension for dimension, keep in zip(by, kept, strict=True) if keep), *always)


def _number(said: object) -> int | None:
    if said is None or (isinstance(said, int) and not isinstance(said, bool)):
        return said
    raise TypeError("a closing is named by its number")
