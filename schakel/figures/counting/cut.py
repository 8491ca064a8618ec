"""A cut: which part of the facts a figure is about, as allowed values a dimension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Value = str | int
Filters = Mapping[str, Value | Iterable[Value]]


@dataclass(frozen=True, slots=True)
class Cut:
    """Allowed values for each limited dimension; a dimension that is absent is not limited.

    ``year`` and ``agency`` say which records take part at all; every other dimension (province,
    theme, codes) is asked of what they are one of (see ``units``).
    """

    limits: tuple[tuple[str, tuple[Value, ...]], ...] = ()

    @classmethod
    def of(cls, filters: Filters) -> Cut:
        """A cut from ``{dimension: value or values}``. Raises ValueError for a year that is no number."""
        return cls(tuple((dimension, _values(dimension, filters[dimension])) for dimension in sorted(filters)))

    def get(self, dimension: str) -> tuple[Value, ...] | None:
        """The values allowed for ``dimension``; None if it is not limited."""
        return dict(self.limits).get(dimension)

    def narrowed(self, filters: Filters) -> Cut:
        """This cut limited further: values that both allow."""
        extra = dict(Cut.of(filters).limits)
        merged = dict(self.limits)
        for dimension, values in extra.items():
            before = merged.get(dimension)
            merged[dimension] = values if before is None else tuple(v for v in values if v in before)
        return Cut(tuple(sorted(merged.items())))

    @property
    def attributes(self) -> Mapping[str, tuple[Value, ...]]:
        """The limits on other dimensions than year and agency."""
        return {dimension: values for dimension, values in self.limits if dimension not in {"year", "agency"}}


def _values(dimension: str, given: Value | Iterable[Value]) -> tuple[Value, ...]:
    values = [given] if isinstance(given, str | int) else list(given)
    if dimension == "year":
        return tuple(sorted({int(value) for value in values}))
    return tuple(sorted({str(value) for value in values}))
