"""The page of a revision: what is other, by cause, for the network and for whose columns the reader sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from schakel.figures.catalogue import SCALE, Indicator
from schakel.figures.facts import facts
from schakel.figures.models import Closing
from schakel.figures.pages.labels import dimension_label, value_labels
from schakel.figures.queries import exact
from schakel.web.tables import Column, Table

Told = Mapping[str, Any]
CAUSES = {
    "withdrawn": gettext_lazy("Withdrawn"),
    "late": gettext_lazy("Delivered late"),
    "changed": gettext_lazy("Changed"),
    "identity": gettext_lazy("Identity"),
    "definition": gettext_lazy("Definition"),
    "counting": gettext_lazy("Counting"),
    "together": gettext_lazy("Several causes"),
}
MEANINGS = {
    "withdrawn": gettext_lazy("Records that stood at the first closing and no longer do."),
    "late": gettext_lazy("Records that came only after the first closing."),
    "changed": gettext_lazy("Records that say something else now, such as another amount or place."),
    "identity": gettext_lazy("Records that turned out to be one thing, or not to be, or another of them that leads."),
    "definition": gettext_lazy("The indicator is defined otherwise now."),
    "counting": gettext_lazy("The same facts are counted otherwise by another version of Schakel."),
    "together": gettext_lazy("Causes that concern so few organisations that each alone would say too much of them."),
}


def decided(closing: Closing) -> list[tuple[str, object]]:
    """Why a closing corrects the one before, and who decided that."""
    person = f" ({closing.ordered_by})" if closing.ordered_by else ""
    return [(_("Reason"), closing.reason or "–"), (_("Decided by"), f"{closing.owner}{person}")]


def causes_in(told: Told) -> list[str]:
    """The causes that did something, in the order in which they are counted."""
    acting = {part["cause"] for line in told["figures"] for part in line["parts"]}
    return [cause for cause in CAUSES if cause in acting]


def figures_table(told: Told, column: str, whose: str) -> Table:
    """The figures of a column ("" for the network's) that differ: before, what each cause did, and after."""
    lines = [line for line in told["figures"] if line["column"] == column and line["differs"]]
    causes = [cause for cause in causes_in({"figures": lines}) if cause]
    columns = [
        Column("name", _("Indicator"), heading=True),
        Column("before", _("version %(version)s") % {"version": told["before"]}, kind="number"),
        *(Column(cause, CAUSES[cause], kind="number") for cause in causes),
        Column("after", _("version %(version)s") % {"version": told["after"]}, kind="number"),
    ]
    caption = _("What is other in %(year)s: %(whose)s") % {"year": told["year"], "whose": whose}
    rows = [_row(told, line, causes) for line in lines]
    empty = _("No figure that you may see is other.")
    return Table(caption=caption, columns=columns, rows=rows, wide=True, stacked=True, empty=empty)


def columns_that_differ(told: Told) -> list[str]:
    """The agencies, by slug, of whose figures something is other and may be read."""
    return sorted({line["column"] for line in told["figures"] if line["column"] and line["differs"]})


def records_table(told: Told, column: str) -> Table:
    """How many records each cause touched."""
    rows = [each for each in told["records"] if each["column"] == column]
    causes = [cause for cause in CAUSES if any(each["cause"] == cause for each in rows)]
    names = {fact.name: fact.labels.in_(get_language() or "nl") for fact in facts()}
    counted = {(each["fact"], each["cause"]): each["records"] for each in rows}
    return Table(
        caption=_("How many records each cause touches"),
        columns=[
            Column("fact", _("Records"), heading=True),
            *(Column(cause, CAUSES[cause], kind="number") for cause in causes),
        ],
        rows=[
            {"fact": names.get(fact, fact).capitalize()} | {cause: _count(counted, fact, cause) for cause in causes}
            for fact in dict.fromkeys(each["fact"] for each in rows)
        ],
        empty=_("No record is other."),
    )


def subtracted_table(told: Told, indicators: Mapping[str, Indicator]) -> Table:
    """The figures that both versions tell, and that tell too much once one is taken from the other."""
    return Table(
        caption=_("What versions %(before)s and %(after)s tell together") % told,
        columns=[
            Column("name", _("Indicator"), heading=True),
            Column("where", _("Figure")),
            Column("organisations", _("Organisations that the difference is of"), kind="number"),
        ],
        rows=[
            {"name": _name(told["indicators"][each["indicator"]])}
            | {"where": _where(each, indicators), "organisations": each["organisations"]}
            for each in told["subtracted"]
        ],
        empty=_("No difference says too much."),
    )


def _where(each: Told, indicators: Mapping[str, Indicator]) -> str:
    if not each["dimension"]:
        return _("In total")
    known = indicators.get(each["indicator"])
    names = value_labels(known, each["dimension"]) if known else {}
    return f"{dimension_label(each['dimension'])}: {names.get(each['place'], each['place'])}"


def _name(said: Told) -> str:
    name: str = said["names"]["en" if (get_language() or "nl").startswith("en") else "nl"]
    return name


def _count(counted: Mapping[tuple[str, str], int | None], fact: str, cause: str) -> object:
    if (fact, cause) not in counted:
        return 0
    number = counted[fact, cause]
    return _("not shown") if number is None else number


def _row(told: Told, line: Told, causes: Sequence[str]) -> dict[str, object]:
    said = told["indicators"][line["indicator"]]
    running, row = list(line["before"]), {"before": _value(said, line["before"]), "after": _value(said, line["after"])}
    for part in line["parts"]:
        after = [running[0] + part["amount"], running[1] + part["base"]]
        row[part["cause"]] = _step(said, running, after)
        running = after
    nothing = dict.fromkeys(causes, "")
    return {"name": _name(said), **nothing, **row}


def _step(said: Told, before: Sequence[int], after: Sequence[int]) -> str:
    """What one cause did, with its sign; to a ratio, what it is then, as its steps do not add."""
    if said["ratio"]:
        return f"→\N{NO-BREAK SPACE}{_value(said, after)}"
    change = Decimal(after[0] - before[0]) / SCALE[said["unit"]]
    sign = "+" if change > 0 else "\N{MINUS SIGN}"
    return f"{sign}\N{NO-BREAK SPACE}{exact(said['unit'], abs(change))}"


def _value(said: Told, pair: Sequence[int]) -> str:
    amount, base = pair
    if not said["ratio"]:
        return exact(said["unit"], Decimal(amount) / SCALE[said["unit"]])
    return exact(said["unit"], Decimal(amount) / Decimal(base)) if base else "–"
