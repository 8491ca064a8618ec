"""What is read off one answer of the counting process: the own column, coverage, and against the lists."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator
from schakel.intake.kinds import optional_kinds
from schakel.network.models import Party
from schakel.web.tables import Badge

Answer = Mapping[str, Any]


def complete(found: Answer) -> bool:
    """Whether every agency that is expected to deliver for a figure did."""
    coverage = found["coverage"]
    return coverage is None or coverage["delivered"] == coverage["expected"]


def not_kept(indicator: Indicator, cell: Answer) -> bool:
    """Whether it is counted from lists that need not be kept, and nobody in this cell keeps one: that is not nought."""
    return cell.get("contributors") == 0 and bool(indicator.needs) and {*indicator.needs} <= {*optional_kinds()}


def own_cell(found: Answer, party: Party) -> Answer | None:
    """The party's own column of a figure asked by agency; None where it has none."""
    if "agency" not in found["by"]:
        return None
    return next((cell for cell in found["cells"] if cell["place"] == [party.slug]), None)


def coverage_words(found: Answer) -> str:
    """How many of the agencies are in, as "8 of 9 agencies"."""
    coverage = found["coverage"]
    if coverage is None:
        return ""
    words: str = _("%(delivered)s of %(expected)s agencies") % coverage
    return words


def lists_words(indicator: Indicator, found: Answer) -> str:
    """How the network's figure differs from the sum of the lists; empty where it does not."""
    lists = found["lists"]
    if lists is None or lists == found["total"]["amount"]:
        return ""
    summed = queries.shown(indicator, {"value": str(Decimal(lists) / queries.scale(indicator))}).exact
    counted = queries.shown(indicator, found["total"]).exact
    return _("%(lists)s in the agencies' lists, %(counted)s counted once") % {
        "lists": summed,
        "counted": counted,
    }


def coverage_cell(found: Answer) -> object:
    """Coverage as a table shows it: marked where somebody is missing."""
    words = coverage_words(found)
    return words if complete(found) or not words else Badge("warning", words)


def exact_words(indicator: Indicator, cell: Answer | None) -> str:
    """A cell's exact value as it is read: "not shown" where it is withheld, a dash where there is none."""
    if cell is None or not_kept(indicator, cell):
        return "–"
    return _("not shown") if cell.get("suppressed") else queries.shown(indicator, cell).exact


def said_words(indicator: Indicator, cell: Answer | None) -> str:
    """A cell's value as it is said in public."""
    if cell is None or not_kept(indicator, cell):
        return "–"
    return _("not shown") if cell.get("suppressed") else queries.shown(indicator, cell).said


def bounds_words(indicator: Indicator, cell: Answer | None) -> str:
    """Between what a cell lies as long as some records are doubtful, as "between 1,101 and 1,109"; else empty."""
    if cell is None or "low" not in cell:
        return ""
    low, high = (queries.shown(indicator, {"value": cell[end]}).exact for end in ("low", "high"))
    return "" if low == high else _("between %(low)s and %(high)s") % {"low": low, "high": high}
