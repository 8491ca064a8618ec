"""Who looked at what of a party, as a table."""

from __future__ import annotations

from django.core.paginator import Page
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schakel.sharing.models import Look
from schakel.web.tables import Column, Table

_VERBS = {
    "opened": gettext_lazy("opened"),
    "listed": gettext_lazy("seen in a list"),
    "sampled": gettext_lazy("drawn in a sample"),
    "exported": gettext_lazy("taken along"),
    "found": gettext_lazy("found by searching"),
}


def looks_table(page: Page[Look], *, empty: str) -> Table:
    """The looks of a page, the last first; ``empty``: what is said where there are none."""
    return Table(
        caption=_("Who looked at what of yours"),
        columns=[
            Column("at", _("When"), kind="moment", heading=True),
            Column("who", _("Who")),
            Column("verb", _("What was done")),
            Column("what", _("With what")),
        ],
        rows=[_row(look) for look in page],
        empty=empty,
        empty_how=_("Each look is written down here at once, and in the trail."),
    )


def _row(look: Look) -> dict[str, object]:
    person = f"{look.person}, " if look.person else ""
    return {
        "at": look.at,
        "who": f"{person}{look.viewer}",
        "verb": _VERBS.get(look.verb, look.verb),
        "what": _what(look),
    }


def _what(look: Look) -> str:
    """The kind and the numbers of the records; only so many that a row stays readable."""
    few, count = look.objects_ids[:5], len(look.objects_ids)
    if not few:
        return look.kind
    said = ", ".join(str(number) for number in few)
    more = ngettext(" and %(count)s more", " and %(count)s more", count - len(few)) % {"count": count - len(few)}
    return f"{look.kind} {said}{more if count > len(few) else ''}"
