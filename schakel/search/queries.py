"""Questions to the index; for the acting party, which finds its own and what is for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from schakel.search.asking import asked
from schakel.search.models import SearchEntry
from schakel.search.registry import sources

MOST = 5000
"""So many things at most are counted and paged; a question that finds more is too wide to read."""
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
    first. What stands in several years shows once. ``kind`` and ``year`` narrow it.
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
    return Found(tuple(Candidate(*row) for row in rows[:at_most]), more=len(rows) > at_most)


def years() -> list[int]:
    """The periods that the acting party has entries of, newest first."""
    held = SearchEntry.objects.filter(period__isnull=False).order_by("-period").values_list("period", flat=True)
    return [period for period in held.distinct() if period is not None]


def entries(candidates: Sequence[Candidate]) -> list[SearchEntry]:
    """The entries of ``candidates`` that the acting party may see, in their order; read behind the walls."""
    seen = SearchEntry.objects.defer("vector").in_bulk([candidate.entry for candidate in candidates])
    return [seen[candidate.entry] for candidate in candidates if candidate.entry in seen]
