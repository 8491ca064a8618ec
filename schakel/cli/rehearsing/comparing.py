"""What became of tables by migrations that did not say they would touch them, and of figures.

Invariant: whatever is in two databases alike (a column of the same name and type) is compared, row by row; only what a
migration declares in ``rewrites``, or takes away by an operation of Django's, may differ.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from schakel.cli.contents import Connection, columns_of, held_in

# Django writes in these itself at each migration: what was done, and which models there are.
_OF_DJANGO = frozenset({"django_migrations", "django_content_type", "auth_permission"})
_PARTS = ("value", "numerator", "denominator")
Figures = dict[tuple[int, str, str], str]


@dataclass
class Compared:
    """``wrong``: what nobody declared; ``told``: what migrations declared and did. ``alike``: tables as they were."""

    wrong: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    alike: int = 0


def compared_tables(before: Connection, after: Connection, *, declared: Collection[str]) -> Compared:
    """Compare what two databases hold, of which the second is the first after migrating. Reads all of both."""
    found = Compared()
    known, now = columns_of(before), columns_of(after)
    for table, columns in known.items():
        if table in _OF_DJANGO:
            continue
        said = list(_differences(before, after, table, columns, now.get(table)))
        (found.told if table in declared else found.wrong).extend(said)
        found.alike += not said
    return found


def _differences(
    before: Connection, after: Connection, table: str, columns: Mapping[str, str], now: Mapping[str, str] | None
) -> Iterator[str]:
    if now is None:
        yield f"{table} is gone"
        return
    gone = sorted(name for name in columns if name not in now)
    other = sorted(name for name in columns if name in now and now[name] != columns[name])
    if gone:
        yield f"{table}: {', '.join(gone)} is gone"
    if other:
        yield f"{table}: {', '.join(other)} is of another type"
    shared = sorted(columns.keys() - {*gone, *other})
    (rows, held), (rows_now, held_now) = held_in(before, table, shared), held_in(after, table, shared)
    if rows != rows_now:
        yield f"{table} had {rows} rows and has {rows_now}"
    elif held != held_now:
        yield f"{table}: other values stand in its {rows} rows"


def figures_in(path: Path) -> Figures:
    """Return the figures of a file that `schakel figures YEAR --out FILE.json` wrote: by year, indicator and column."""
    said = json.loads(path.read_text(encoding="utf-8"))
    return {
        (said["year"], one["indicator"], one["column"]): json.dumps(
            [one["value"], one["numerator"], one["denominator"]]
        )
        for one in said["figures"]
    }


def compared_figures(before: Figures, after: Figures) -> Compared:
    """Compare figures of two versions: one that was there and is another or gone is wrong, a new one is told."""
    found = Compared()
    for key, value in before.items():
        year, indicator, column = key
        if key not in after:
            found.wrong.append(f"figure {indicator} of {column} in {year} is gone")
        elif after[key] != value:
            found.wrong.append(
                f"figure {indicator} of {column} in {year} was {_plain(value)} and is {_plain(after[key])}"
            )
        else:
            found.alike += 1
    new = sorted({indicator for _year, indicator, _column in after.keys() - before.keys()})
    if new:
        found.told.append(f"new figures: {', '.join(new)}")
    return found


def _plain(value: str) -> str:
    shown, *parts = json.loads(value)
    return str(shown) if not any(parts) else f"{shown} ({' / '.join(str(part) for part in parts)})"
