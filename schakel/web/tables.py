"""What a view hands to ``{% data_table %}``: columns, rows of values, and how they may be sorted.

A cell's value is shown by its column's ``kind``; a ``Link`` or ``Badge`` is shown as such. The
template tag does no sorting: ``sort`` is what the view read from the query string with ``sort_of``
and applied to its own query.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.http import HttpRequest
from django_stubs_ext import StrOrPromise

Kind = Literal["text", "number", "decimal", "money", "money_exact", "percent", "date", "moment"]
NUMERIC: frozenset[Kind] = frozenset({"number", "decimal", "money", "money_exact", "percent"})


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere; ``text`` is shown by its column's kind."""

    text: object
    href: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A cell that is a status: kind (ok, warning, error, neutral, info) and its word."""

    kind: str
    text: StrOrPromise


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key into the rows, label, kind of value; ``heading`` marks the cell that names the row."""

    key: str
    label: StrOrPromise
    kind: Kind = "text"
    sortable: bool = False
    heading: bool = False

    @property
    def numeric(self) -> bool:
        """Whether its values align at the end."""
        return self.kind in NUMERIC


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table.

    ``wide`` tables scroll sideways where there is no room; on a phone those that are not, or that are ``stacked`` too,
    become cards. ``empty`` says what belongs here
    while nothing does; ``empty_how`` how to begin. ``footer`` is a row of totals.
    """

    caption: StrOrPromise
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, object]]
    note: StrOrPromise = ""
    empty: StrOrPromise = ""
    empty_how: StrOrPromise = ""
    footer: Mapping[str, object] = field(default_factory=dict)
    sort: str = ""
    wide: bool = False
    stacked: bool = False
    caption_hidden: bool = False


def sort_of(request: HttpRequest, columns: Sequence[Column], default: str = "") -> str:
    """The asked order: a sortable column's key, "-" before it for descending; ``default`` for anything else."""
    asked = request.GET.get("sort", "")
    allowed = {column.key for column in columns if column.sortable}
    return asked if asked.removeprefix("-") in allowed else default
