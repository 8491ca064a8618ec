"""Components that most pages have several of, written out: a template takes three times as long over each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schakel.web import cells
from schakel.web.cells import html
from schakel.web.navigation import Item
from schakel.web.tables import Column, Table

_CURRENT = ' aria-current="page"'


def tabs(label: str, links: Sequence[tuple[str, str]], current: str) -> SafeString:
    """Links to the parts of one subject; ``current`` is the address of the part shown."""
    listed = "".join(
        f'\n    <li><a class="tabs__link" href="{html(url)}"{_CURRENT if url == current else ""}>{html(text)}</a></li>'
        for text, url in links
    )
    return SafeString(
        f'<nav class="tabs" aria-label="{html(label)}">\n  <ul class="tabs__list">{listed}\n  </ul>\n</nav>'
    )


def facts(pairs: Sequence[tuple[str, object]]) -> SafeString:
    """A definition list of (label, value) pairs."""
    listed = "".join(f"<div><dt>{html(label)}</dt><dd>{cells.shown(value)}</dd></div>" for label, value in pairs)
    return SafeString(f'<dl class="facts">\n  {listed}\n</dl>')


def breadcrumbs(pairs: Sequence[tuple[str, str]], current: str) -> SafeString:
    """Where a page is: labels and addresses from the front page down, then what this page is called."""
    above = "".join(f'<li><a class="nl-link" href="{html(url)}">{html(label)}</a></li>' for label, url in pairs)
    here = f'<li><span aria-current="page">{html(current)}</span></li>' if current else ""
    return SafeString(
        f'<nav class="crumbs" aria-label="{html(_("You are here"))}">\n'
        f'  <ol class="crumbs__list">{above}{here}</ol>\n</nav>'
    )


def places(items: Sequence[Item]) -> SafeString:
    """The places of the main navigation, each an item of a list."""
    return SafeString("".join(map(_place, items)))


def _place(item: Item) -> str:
    current = f' aria-current="{item.current}"' if item.current else ""
    return f'\n  <li><a class="bar__link" href="{html(item.url)}"{current}>{html(item.label)}</a></li>'


def table(table: Table, caption_id: str, sorted_by: Callable[[str], str]) -> SafeString:
    """A table with its caption and heads, or its empty state.

    ``sorted_by``: the address of the same page in another order ("name", "-name").
    """
    if not table.rows:
        return _empty(table)
    region = f' role="region" tabindex="0" aria-labelledby="{caption_id}"' if table.wide else ""
    cards = "" if table.wide and not table.stacked else " table--cards"
    hidden = ' class="visually-hidden"' if table.caption_hidden else ""
    caption = html(table.caption) + (f' <span class="quiet">{html(table.note)}</span>' if table.note else "")
    heads = "\n      ".join(_head(table, column, sorted_by) for column in table.columns)
    totals = cells.footer(table)
    footer = f'<tfoot role="rowgroup">{totals}</tfoot>' if totals else ""
    return SafeString(
        f'<div class="table-region"{region}>\n'
        f'  <table class="table{cards}" role="table">\n'
        f'    <caption id="{caption_id}"{hidden}><span class="table__caption">{caption}</span></caption>\n'
        f'    <thead role="rowgroup"><tr role="row">\n      {heads}\n    </tr></thead>\n'
        f'    <tbody role="rowgroup">\n      {cells.body(table)}\n    </tbody>\n    {footer}\n  </table>\n</div>'
    )


def _empty(table: Table) -> SafeString:
    how = f"<p>{html(table.empty_how)}</p>" if table.empty_how else ""
    said = html(table.empty or _("There is nothing here yet."))
    return SafeString(f'<div class="table__empty">\n  <p><strong>{said}</strong></p>\n  {how}\n</div>')


def _head(table: Table, column: Column, sorted_by: Callable[[str], str]) -> str:
    """A column head: where a click leads (ascending first, then turned round) and how it is sorted now."""
    way = {column.key: "ascending", f"-{column.key}": "descending"}.get(table.sort, "")
    side = "table__end" if column.numeric else "table__start"
    sort = f' aria-sort="{way}"' if way else ""
    shown = _sorting(column, way, sorted_by) if column.sortable else html(column.label)
    return f'<th scope="col" role="columnheader" class="{side}"{sort}>\n  {shown}</th>'


def _sorting(column: Column, way: str, sorted_by: Callable[[str], str]) -> str:
    mark = {"ascending": "▲", "descending": "▼"}.get(way)
    shown_mark = f'<span aria-hidden="true"> {mark}</span>' if mark else ""
    url = sorted_by(f"-{column.key}" if way == "ascending" else column.key)
    does = html(_("sort descending") if way == "ascending" else _("sort ascending"))
    return (
        f'<a class="table__sort" href="{html(url)}">{html(column.label)}{shown_mark}'
        f'<span class="visually-hidden">, {does}</span></a>'
    )
