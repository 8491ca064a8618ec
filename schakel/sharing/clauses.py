"""What clauses of an agreement open, as sentences."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from schakel.network.themes import HUB, schemes
from schakel.sharing.models import Clause, Depth, Reach
from schakel.sharing.shareable import shareable
from schakel.web.formats import language


def clauses_told(clauses: Iterable[Clause]) -> list[str]:
    """A sentence for each clause, in the reader's language."""
    spoken = language()
    return [_clause(clause, spoken) for clause in clauses]


def _clause(clause: Clause, spoken: str) -> str:
    kind = shareable(clause.kind).words.in_(spoken).capitalize()
    return f"{kind}: {Depth(clause.depth).label}; {_reached(clause, spoken)}"


def _reached(clause: Clause, spoken: str) -> str:
    if clause.reach == Reach.ALL:
        return _("all of them")
    if clause.reach == Reach.THEMES:
        names = {one.code: one.labels.in_(spoken) for one in schemes()[HUB].concepts}
        return _("of the themes %(names)s") % {"names": ", ".join(names.get(code, code) for code in clause.things)}
    numbers = ", ".join(clause.things)
    if clause.reach == Reach.ORGANISATIONS:
        return _("of the organisations with number %(numbers)s") % {"numbers": numbers}
    return _("those with number %(numbers)s") % {"numbers": numbers}
