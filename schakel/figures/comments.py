"""Comments on figures: what was said of a figure, for who may read it.

Invariant: who only reads what is published gets a comment once the closing that it was said of is published, or where
it was said of figures as they were counted then, the first closing made after it; and never one on an agency's own
column. The database holds it to the hour of publication as well (see the migration on walls).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from schakel import prepared
from schakel.figures.models import Closing, FigureComment
from schakel.figures.pages.labels import province_labels, theme_labels
from schakel.figures.queries import audience_of
from schakel.figures.vintages import editions, is_maker
from schakel.network.models import Party
from schakel.network.queries import every_agency

Cut = Mapping[str, str]

_NOTED = """
SELECT {columns} FROM figures_figurecomment comment
WHERE withdrawn_at IS NULL AND period = %(year)s
    AND (%(indicators)s::text[] IS NULL OR indicator = ANY(%(indicators)s))
ORDER BY written_at, id
"""


@dataclass(frozen=True, slots=True)
class CommentShown:
    """A comment as a page shows it. ``about``: which part of the figure, in words; empty for the whole of it.

    ``waits``: whether it is shared, and those who read what is published do not get it yet. ``own``: whether it is of
    the reader's own organisation.
    """

    comment: FigureComment
    who: str
    party: str
    about: str
    waits: bool
    own: bool


def of_figure(party: Party, indicator: str, year: int, cut: Cut | None = None) -> list[CommentShown]:
    """The comments on a figure that ``party`` may read, oldest first.

    ``cut``: of one cell ({} for the whole figure); None for the figure and all its cells.
    """
    found = _noted(year, [indicator])
    return _told(party, found if cut is None else [each for each in found if each.cut == dict(cut)])


def of_year(party: Party, year: int, indicators: Iterable[str] | None = None) -> dict[str, list[CommentShown]]:
    """The comments of a year that ``party`` may read, by indicator: for lists and exports."""
    by_indicator: dict[str, list[CommentShown]] = {}
    for shown in _told(party, _noted(year, indicators)):
        by_indicator.setdefault(shown.comment.indicator, []).append(shown)
    return by_indicator


def _noted(year: int, indicators: Iterable[str] | None) -> list[FigureComment]:
    """The comments on figures of a year, of some indicators where they are named; in SQL as ``targeting.current``."""
    asked = {"year": year, "indicators": None if indicators is None else list(indicators)}
    found = prepared.records(FigureComment, "comment", _NOTED, asked)
    prefetch_related_objects(found, "written_by", "owner")
    return found


def exported(party: Party, indicator: str, year: int, cut: Cut | None = None) -> list[dict[str, object]]:
    """The comments on a figure as plain values that travel with it in an export."""
    return [
        {
            "text": shown.comment.text,
            "about": dict(shown.comment.cut),
            "by": shown.party,
            "at": shown.comment.written_at.isoformat(timespec="seconds"),
        }
        for shown in of_figure(party, indicator, year, cut)
    ]


def about_words(cut: Cut) -> str:
    """Which part of a figure a cut names, in words."""
    return ", ".join(_label(dimension, value) for dimension, value in sorted(cut.items()))


def _label(dimension: str, value: str) -> str:
    if dimension == "agency":
        return next((agency.name for agency in every_agency() if agency.slug == value), value)
    named = {"province": province_labels, "theme": theme_labels}.get(dimension)
    return value if named is None else named().get(value, value)


def _told(party: Party, found: Iterable[FigureComment]) -> list[CommentShown]:
    audience, maker = audience_of(party), is_maker(party)
    listed = [comment for comment in found if "agency" not in comment.cut or audience.sees(str(comment.cut["agency"]))]
    if not listed:
        return []
    open_to_all = _published(listed)
    return [
        CommentShown(
            comment=comment,
            who=comment.written_by.name,
            party=comment.owner.name,
            about=about_words(comment.cut),
            waits=comment.shared and comment.pk not in open_to_all,
            own=comment.owner_id == party.pk,
        )
        for comment in listed
        if comment.owner_id == party.pk or (comment.shared and (maker or comment.pk in open_to_all))
    ]


def _published(comments: Iterable[FigureComment]) -> set[int]:
    """Ids of those of ``comments`` whose figures everybody may read."""
    listed = list(comments)
    now = timezone.now()
    opened = {each.closing for each in editions() if each.is_open(now)}
    made = Closing.objects.filter(Q(pk__in=opened), period__in={comment.period for comment in listed})
    known = list(made.values_list("pk", "period", "made_at"))
    return {
        comment.pk
        for comment in listed
        if any(
            pk == comment.closing_id
            or (comment.closing_id is None and period == comment.period and made_at >= comment.written_at)
            for pk, period, made_at in known
            if made_at is not None
        )
    }
