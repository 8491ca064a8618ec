"""What the records of an answer are called, for who reads what was said."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from schakel.register.models import Doubt, Judgement
from schakel.register.queries import PAIR, doubt_of
from schakel.register.sides import ENTRY, sides_of


def named_pairs(judgements: Iterable[Judgement], party: int) -> dict[int, tuple[str, str]]:
    """Both records of each answer by name, by the answer's id, as ``party`` (which acts) may see them.

    Of a pair that is no longer in doubt an own record and an entry are still known by name; another party's is not.
    """
    return {each.pk: _names(each, party) for each in judgements}


def _names(judgement: Judgement, party: int) -> tuple[str, str]:
    about = doubt_of(judgement) or _as_if_doubted(judgement, party)
    one, other = sides_of([about], party)[about.pk]
    return (one.called if one.known else _("a record of another party")), (
        other.called if other.known else _("a record of another party")
    )


def _as_if_doubted(judgement: Judgement, party: int) -> Doubt:
    """The pair of an answer as a doubt that is not kept; both sides as if one's own, for the database to refuse."""
    pair = {name: getattr(judgement, name) for name in PAIR}
    entry = judgement.kind_b == ENTRY
    return Doubt(pk=-judgement.pk, owner_a_id=party, owner_b_id=None if entry else party, **pair)
