"""What proposals and rounds do to figures, as pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from schakel.intake.worded import change_said, told_apart
from schakel.network.models import Party, PartyKind
from schakel.register.effects import address_of
from schakel.register.models import FigureEffect, Proposal, ProposalState
from schakel.web.formats import language, number
from schakel.web.tables import Column, Link, Table

Figure = Mapping[str, Any]  # as of `FigureEffect.figures`
Heads = tuple[StrOrPromise, StrOrPromise]


def effects_of(proposals: Iterable[Proposal], party: int) -> dict[int, FigureEffect]:
    """What is kept for ``party`` of what proposals would do, by proposal."""
    ids = [each.pk for each in proposals]
    found = FigureEffect.objects.filter(owner_id=party, proposal_id__in=ids)
    return {each.proposal_id: each for each in found if each.proposal_id is not None}


def shortly(effect: FigureEffect | None, proposal: Proposal) -> str:
    """The first figure that would change and how many more, for a line of a list."""
    if effect is None:
        return _("not counted yet") if proposal.state == ProposalState.OPEN else ""
    if not effect.figures:
        return _("none of the figures")
    first = _ordered(effect.figures)[0]
    before, after = told_apart(first["unit"], first["before"], first["after"])
    said = f"{first[language()]} {first['year']}: {before} → {after}"
    more = len(effect.figures) - 1
    if not more:
        return said
    others = ngettext("and %(count)s figure more", "and %(count)s figures more", more) % {"count": number(more)}
    return f"{said}, {others}"


def effects_table(figures: Sequence[Figure], party: Party, *, heads: Heads, note: StrOrPromise) -> Table:
    """The figures of ``party`` that change, before and after; ``heads``: what these two are called."""
    rows = []
    for each in _ordered(figures):
        before, then = told_apart(each["unit"], each["before"], each["after"])
        url = address_of(each["id"], int(each["year"]))
        name = each[language()]
        rows.append(
            {
                "figure": Link(name, url) if url else name,
                "year": str(each["year"]),
                "before": before,
                "after": then,
                "change": change_said(each["unit"], each["before"], each["after"]),
            }
        )
    return Table(
        caption=capfirst(whose(party)),
        columns=[
            Column("figure", _("Indicator"), heading=True),
            Column("year", _("Year")),
            Column("before", heads[0], kind="number"),
            Column("after", heads[1], kind="number"),
            Column("change", _("Change"), kind="number"),
        ],
        rows=rows,
        note=note,
        empty=_("None of the figures changes."),
    )


def whose(party: Party) -> str:
    """Whose figures a party is told of."""
    return _("the network's figures") if party.kind == PartyKind.SECRETARIAT else _("your own figures")


def _ordered(figures: Iterable[Figure]) -> list[Figure]:
    """The newest year first; in the order of the catalogue within it, as they were counted."""
    return sorted(figures, key=lambda each: -int(each["year"]))
