"""Questions to the index; for the acting party, which finds its own, what is for all, and what others share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from schakel.search.asking import asked
from schakel.search.models import SearchEntry
from schakel.search.registry import sources
from schakel.sharing.acting import seeing_shared

MOST = 5000
"""So many things at most are counted and paged; a question that finds more is too wide to read."""
_SHARED = "SELECT search_shared(%s::tsquery, %s, %s, %s)"
_CANDIDATES = "SELECT entry, kind, period FROM search_candidates(%s::tsquery, %s::tsquery, %s::tsquery, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that was found: its number, kind and period."""

    entry: int
    kind: str
    period: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first. ``more``: there is more than was looked at."""

    candidates: tuple[Candidate, ...]
    more: bool

    def by_kind(self) -> dict[str, int]:
        """How many of each kind, in the order of pages."""
        counts = Counter(candidate.kind for candidate in self.candidates)
        return {name: counts[name] for name in sources() if counts[name]}


def find(text: str, *, kind: str = "", year: int | None = None, at_most: int = MOST) -> Found:
    """What the acting party may see of what matches all words of ``text``; the last may be unfinished.

    Exact numbers first, then titles that begin so, titles that hold all words, and the rest; of each the newest
    first. What stands in several years shows once. After its own comes what other parties share with it in full.
    ``kind`` and ``year`` narrow it.
    """
    question = asked(text)
    known = [kind] if kind else list(sources())
    if question is None:
        return Found((), more=False)
    with connection.cursor() as cursor:
        cursor.execute(
            _CANDIDATES,
            [question.found, question.exact, question.titled, question.begins, known, year, at_most + 1],
        )
        rows = cursor.fetchall()
        left = at_most + 1 - len(rows)
        if left > 0:
            cursor.execute(_SHARED, [question.found, known, year, MOST])
            rows += _read_again([entry for (entry,) in cursor.fetchall()], left)
    return Found(tuple(Candidate(*row) for row in rows[:at_most]), more=len(rows) > at_most)


def _read_again(entries: Sequence[int], at_most: int) -> list[tuple[int, str, int | None]]:
    """Those of the index' answers about other parties' things that the walls let through, the newest first.

    The index knows by whom anything is shared, the walls which things are.
    """
    if not entries:
        return []
    with seeing_shared():
        seen = SearchEntry.objects.filter(pk__in=entries).order_by("-period", "sort_key", "pk")
        return list(seen.values_list("pk", "kind", "period")[:at_most])


def years() -> list[int]:
    """The periods that the acting party has entries of, newest first."""
    held = SearchEntry.objects.filter(period__isnull=False).order_by("-period").values_list("period", flat=True)
    return [period for period in held.distinct() if period is not None]


def entries(candidates: Sequence[Candidate]) -> list[SearchEntry]:
    """The entries of ``candidates`` that the acting party may see, in their order; read behind the walls."""
    with seeing_shared():
        seen = SearchEntry.objects.defer("vector").in_bulk([candidate.entry for candidate in candidates])
    return [seen[candidate.entry] for candidate in candidates if candidate.entry in seen]
