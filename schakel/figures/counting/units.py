"""The definition of every figure, as Ibis expressions: which facts, what is one, where it belongs.

Invariant: a total, its cells, the records behind it and the cube are all built from ``units`` here.

Three steps:

1. ``population``: the facts of the cut's years and agencies that the part is about. A stock that is
   not asked by year is that of the last year asked for, or there is.
2. ``units``: one row for each thing that counts once. Several records of one thing are one, within
   each agency when cells are by agency, within each year when they are by year. Place, themes, codes
   and amount are those of its leading record; where that is silent, of the latest that speaks, else of
   the lowest id (or the amount is the largest stated). A record counted by itself is its own unit.
   Organisations stay one row a fact: one has as many themes and stages as the facts it occurs in.
3. ``matching``: the units that the cut's other dimensions and the part's own codes let through; of those that do not
   count nationally none, unless it is asked of agencies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ibis
import ibis.expr.types as ir

from schakel.figures.catalogue import Part
from schakel.figures.counting.cut import Cut, Value
from schakel.figures.counting.layout import Layout
from schakel.network.themes import REST, Scheme, counted_under, scheme_of

SCOPES = ("agency", "year")
ALWAYS = ("record", "agency", "year", "thing", "organisation", "leading")
NEVER_SILENT = {"province", "themes", "thing"}  # so those of the record that speaks first
KEYS = {"record": "record", "thing": "thing", "organisation": "organisation", "round": "round"}


def population(
    part: Part, layout: Layout, cut: Cut, by: Sequence[str], *, stock: bool, sums: Sequence[str] = ()
) -> ir.Table:
    """The facts of the cut's years and agencies that ``part`` may count, with cells by ``by``.

    Only the columns that matter: Ibis takes longer over each expression the more columns it carries.
    """
    columns = {*ALWAYS, *needed(part, cut, by), *part.stated, *sums}
    rows = layout.table(part.fact).select(*sorted(columns))
    if part.whole_network and ("agency" in by or cut.get("agency") is not None):
        rows = _for_every_member(rows, layout)
    for column in (*part.stated, *(("organisation",) if part.one == "organisation" else ())):
        rows = rows.filter(rows[column].notnull())
    if part.shared:
        shared = _limited(_shared(part, layout), "year", cut.get("year"))
        rows = rows.semi_join(shared, [KEYS[part.one], *(("year",) if "year" in by else ())])
    if part.also_in:
        rows = rows.semi_join(layout.table(part.also_in), ["organisation", "year"])
    for scope in SCOPES:
        rows = _limited(rows, scope, cut.get(scope))
    return _last_year(rows, layout.table(part.fact), cut) if stock and "year" not in by else rows


def _shared(part: Part, layout: Layout) -> ir.Table:
    """What two or more agencies have in a year, whichever agencies the cut asks for.

    Of several years together a thing is shared if it is in one of them: then it is the same unit as in the whole it is
    a share of, with the same place and themes.
    """
    key = KEYS[part.one]
    agencies = layout.table(part.fact).select(key, "agency", "year").group_by([key, "year"])
    return agencies.aggregate(agencies=ibis._.agency.nunique()).filter(ibis._.agencies > 1).select(key, "year")


def _for_every_member(rows: ir.Table, layout: Layout) -> ir.Table:
    """A list of the network stands in the column of each agency that was a member that year."""
    members = layout.table("delivery").select("agency", "year").distinct()
    return rows.drop("agency").join(members, "year")


def _limited(rows: ir.Table, column: str, values: tuple[Value, ...] | None) -> ir.Table:
    return rows if values is None else rows.filter(rows[column].isin(values))


def _last_year(rows: ir.Table, fact: ir.Table, cut: Cut) -> ir.Table:
    years = cut.get("year")
    if years is None:
        return rows.filter(rows.year == fact.view().year.max().as_scalar())
    return rows.filter(rows.year == max(years)) if years else rows


def units(part: Part, rows: ir.Table, by: Sequence[str], columns: Iterable[str], sums: Sequence[str]) -> ir.Table:
    """One row for each unit: the scopes in ``by``, ``unit``, ``contributor``, ``columns`` and ``sums``.

    ``contributor`` is the organisation that the unit says something of, else the thing itself.
    """
    rows = rows.mutate(unit=rows[KEYS[part.one]])
    if part.one in {"record", "organisation"}:
        return rows.mutate(contributor=ibis.coalesce(rows.organisation, -1 - rows.thing))
    rows = rows.mutate(rank=rank(rows))
    said = {column: _first_said(rows, column) for column in sorted({*columns, "organisation"} - NEVER_SILENT)}
    stated = {column: _statement(part, rows, column) for column in sums}
    ones = rows.group_by([*_scopes(by), "unit"]).aggregate(rank=rows["rank"].min(), **said, **stated)
    speaking = rows.select("rank", *sorted(NEVER_SILENT & {*columns, "thing"}))
    ones = ones.join(speaking, "rank")
    return ones.mutate(contributor=ibis.coalesce(ones.organisation, -1 - ones.thing))


def rank(rows: ir.Table) -> ir.IntegerValue:
    """The order in which records of one thing speak: leading first, then latest year, then lowest id."""
    behind = ibis.ifelse(rows.leading, 0, 1).cast("int64") * (1 << 61)
    age = (9999 - rows.year.cast("int64")) * (1 << 46)
    order: ir.IntegerValue = behind + age + rows.record
    return order


def _statement(part: Part, rows: ir.Table, column: str) -> ir.Value:
    if part.statement == "largest":
        return rows[column].max()
    return _first_said(rows, column)


def _first_said(rows: ir.Table, column: str) -> ir.Value:
    return rows[column].argmin(rows["rank"], where=rows[column].notnull())


def _scopes(by: Sequence[str]) -> list[str]:
    return [scope for scope in SCOPES if scope in by]


def needed(part: Part, cut: Cut, by: Sequence[str]) -> list[str]:
    """The columns that a unit must carry for this cut and these cells."""
    codes = (*part.only, *_left_out(part, cut, by))
    asked = {*cut.attributes, *by, *(column for column, _ in codes)} - set(SCOPES)
    return sorted({"themes" if scheme_of(column) else column for column in asked})


def _left_out(part: Part, cut: Cut, by: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The codes of what stands in agencies' own columns alone, where this is a figure of the network."""
    return () if "agency" in by or cut.get("agency") is not None else part.not_nationally


def matching(part: Part, rows: ir.Table, cut: Cut, by: Sequence[str]) -> ir.Table:
    """The units whose place, themes and codes the cut asks for and the part is about, with cells by ``by``."""
    for column, codes in _left_out(part, cut, by):
        rows = rows.filter(rows[column].isnull() | rows[column].notin(codes))
    for column, values in (*part.only, *cut.attributes.items()):
        scheme = scheme_of(column)
        allowed = _has_theme(rows, _delivered_as(scheme, values)) if scheme else rows[column].isin(values)
        rows = rows.filter(allowed)
    return rows


def _delivered_as(scheme: Scheme, values: Sequence[Value]) -> list[str]:
    """The themes, as deliveries speak them, that count under one of these of a list."""
    if scheme.dimension == "theme":
        return [str(value) for value in values]
    under = {**counted_under(scheme.id), REST: (REST,)}
    return [hub for hub, codes in under.items() if set(codes) & set(values)]


def _has_theme(rows: ir.Table, themes: Sequence[Value]) -> ir.BooleanValue:
    has: ir.BooleanValue = ibis.or_(ibis.literal(False), *(rows.themes.contains(theme) for theme in themes))
    return has


def by_theme(rows: ir.Table, cut: Cut, dimension: str = "theme") -> ir.Table:
    """The units once for each theme of a list they have (and the cut asks for), in a column named ``dimension``."""
    scheme = scheme_of(dimension)
    themes = rows.themes if scheme is None or dimension == "theme" else _of_list(rows, scheme)
    rows = rows.mutate(**{dimension: themes.unnest()})
    return _limited(rows.filter(rows[dimension].notnull()), dimension, cut.get(dimension))


def _of_list(rows: ir.Table, scheme: Scheme) -> ir.ArrayValue:
    """The themes of a list that what was delivered counts under, each once; null for those it does not."""
    codes = [*(concept.code for concept in scheme.concepts), REST]
    under = ((code, _delivered_as(scheme, [code])) for code in codes)
    return ibis.array([ibis.ifelse(_has_theme(rows, hubs), code, ibis.null("string")) for code, hubs in under if hubs])


def found(part: Part, layout: Layout, cut: Cut, by: Sequence[str], *, stock: bool, sums: Sequence[str]) -> ir.Table:
    """The units that count for this cut, each once in its scope, with ``themes`` if cells are by theme."""
    rows = population(part, layout, cut, by, stock=stock, sums=sums)
    return matching(part, units(part, rows, by, needed(part, cut, by), sums), cut, by)


def counted(part: Part, layout: Layout, cut: Cut, by: Sequence[str], *, stock: bool, sums: Sequence[str]) -> ir.Table:
    """The units that count for this cut, once for each cell by ``by`` they belong to."""
    rows = found(part, layout, cut, by, stock=stock, sums=sums)
    for dimension in by:
        if scheme_of(dimension):
            rows = by_theme(rows, cut, dimension)
    return rows


def behind(part: Part, layout: Layout, cut: Cut, by: Sequence[str] = (), *, stock: bool) -> ir.Table:
    """The facts behind the total of this cut: ``record``, ``agency``, ``year`` and the ``unit`` each is one of.

    With ``by`` year those behind the total of each year, as it stands under that year alone.

    All records of each unit that counts, also those whose statement does not, so that two lists' rows
    of one project both stand behind it.
    """
    counting = found(part, layout, cut, by, stock=stock, sums=())
    if part.one in {"record", "organisation"}:
        return counting.select("record", "agency", "year", "unit")
    every = population(part, layout, cut, by, stock=stock)
    every = every.mutate(unit=every[KEYS[part.one]])
    return every.semi_join(counting, [*by, "unit"]).select("record", "agency", "year", "unit")
