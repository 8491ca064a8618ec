"""The components of the page shell as template tags: ``{% load schakel_web %}``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from schakel.web import addresses, cells, formats, forms, glossary, navigation, tables, vendored, written

register = template.Library()
register.filter("number", formats.number)
register.filter("money", formats.money)
register.filter("money_exact", formats.money_exact)
register.filter("percent", formats.percent)
register.filter("date_long", formats.date_long)
register.filter("moment_long", formats.moment_long)
register.filter("styled", forms.styled)
register.filter("options", forms.options)
register.filter("field_layout", forms.layout)
register.filter("says_optional", forms.says_optional)

ALERTS = {"success": "ok", "debug": "neutral"}  # Django's message levels beside our kinds
ALERT_TITLES = {"ok": _("Done"), "warning": _("Note"), "error": _("Error"), "info": "", "neutral": ""}


@register.simple_tag(name="vendored")
def vendored_url(package: str, file: str) -> str:
    """The address of a vendored file: ``{% vendored "htmx.org" "htmx.min.js" %}``."""
    return static(vendored.static_name(package, file))


@register.simple_tag
def address(name: str, *args: str | int) -> str:
    """As ``{% url %}``, of an address that most pages have: remembered. Raises NoReverseMatch."""
    return addresses.address(name, *args)


@register.inclusion_tag("web/components/key_figure.html")
def key_figure(
    label: str,
    value: object,
    *,
    note: str = "",
    state: str = "neutral",
    state_label: str = "",
    href: str = "",
    link_text: str = "",
    term: str = "",
) -> dict[str, object]:
    """A card with one figure: label, value as shown, optional badge, note, link and glossary key."""
    return {
        "label": label,
        "value": value,
        "note": note,
        "state": state,
        "state_label": state_label,
        "href": href,
        "link_text": link_text or _("What is behind it"),
        "term": term,
    }


@register.simple_tag
def status_badge(kind: str, text: str) -> SafeString:
    """A status in a word with a mark: kind is ok, warning, error, neutral or info."""
    return cells.badge(kind, text)


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: StrOrPromise = "") -> SafeString:
    """``{% alert "warning" %}…{% endalert %}``: kinds of a badge, or a level of Django's messages."""
    known = ALERTS.get(kind, kind)
    head = title or ALERT_TITLES[known]
    heading = format_html("<p><strong>{}</strong></p>", head) if head else ""
    return format_html(
        '<div class="utrecht-alert utrecht-alert--{}"><div class="utrecht-alert__content">{}<div>{}</div></div></div>',
        known,
        heading,
        content,
    )


@register.simple_tag(takes_context=True)
def data_table(context: Context, table: tables.Table) -> SafeString:
    """A sortable, responsive table with caption and empty state (see ``schakel.web.tables``)."""
    return written.table(table, _numbered(context, "table"), lambda sort: _query(context, sort=sort, page=None))


@register.inclusion_tag("web/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[object]) -> dict[str, object]:
    """Where one is in a long list, with links that keep the filters."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [
        {"number": n, "url": _query(context, page=n)} if isinstance(n, int) else {"number": 0, "url": ""} for n in shown
    ]
    previous = _query(context, page=page.previous_page_number()) if page.has_previous() else ""
    following = _query(context, page=page.next_page_number()) if page.has_next() else ""
    return {"page": page, "links": links, "previous": previous, "following": following}


@register.inclusion_tag("web/components/filter_bar.html", takes_context=True)
def filter_bar(context: Context, form: BaseForm, clear: bool = True) -> dict[str, object]:
    """A GET form over ``form``'s fields; the order of the table stays, the page number does not."""
    request = context["request"]
    form.auto_id = "filter_%s"  # another form on the page may have fields of the same name
    used = any(value for key, value in request.GET.items() if key in form.fields)
    return {"form": form, "sort": request.GET.get("sort", ""), "clear_url": request.path if clear and used else ""}


@register.simple_tag
def facts(pairs: Sequence[tuple[str, object]]) -> SafeString:
    """A definition list of (label, value) pairs; a value may be a ``tables.Link`` or ``Badge``."""
    return written.facts(pairs)


@register.simple_tag
def breadcrumbs(*parts: str) -> SafeString:
    """``{% breadcrumbs label url label url label %}``: pairs, then the label of this page."""
    pairs = list(zip(parts[:-1:2], parts[1::2], strict=False))
    return written.breadcrumbs(pairs, parts[-1] if len(parts) % 2 else "")


@register.inclusion_tag("web/components/chart.html", takes_context=True)
def chart(
    context: Context,
    picture: SafeString,
    table: tables.Table,
    *,
    note: StrOrPromise = "",
    breaks: Sequence[tuple[int, str]] = (),
    cited: StrOrPromise = "",
    wide: bool = False,
) -> dict[str, object]:
    """A picture from ``schakel.web.charts`` with its table behind it.

    ``breaks`` says of each year where the series breaks why it does; ``cited`` where open columns come from. One that
    is ``wide`` scrolls sideways where there is no room for it.
    """
    return {
        "request": context["request"],
        "picture": picture,
        "table": replace(table, caption_hidden=True),
        "title": table.caption,
        "note": note,
        "breaks": breaks,
        "cited": cited,
        "wide": wide,
    }


@register.inclusion_tag("web/components/progress.html")
def progress(label: str, done: int, total: int, note: str = "") -> dict[str, object]:
    """How far long work is: a bar with its numbers in words."""
    return {"label": label, "done": done, "total": total, "note": note}


@register.simple_tag
def tabs(label: str, links: Sequence[tuple[str, str]], current: str) -> SafeString:
    """Links to the parts of one subject; ``current`` is the address of the part shown."""
    return written.tabs(label, links, current)


@register.simple_tag
def places(items: Sequence[navigation.Item]) -> SafeString:
    """The places of the main navigation."""
    return written.places(items)


@register.inclusion_tag("web/components/finding.html")
def finding(
    severity: str, message: str, *, remedy: str = "", place: str = "", value: str = "", expected: str = ""
) -> dict[str, object]:
    """One finding of a delivery (a list item): severity is error, warning or notice."""
    kind = {"notice": "info"}.get(severity, severity)
    label = {"error": _("Error"), "warning": _("Warning"), "notice": _("Notice")}[severity]
    return {
        "kind": kind,
        "label": label,
        "message": message,
        "remedy": remedy,
        "place": place,
        "value": value,
        "expected": expected,
    }


@register.inclusion_tag("web/components/term.html", takes_context=True)
def term(context: Context, key: str, text: str = "") -> dict[str, object]:
    """A marked word that opens its meaning from the glossary; ``text`` where another form of the word is read."""
    entry = glossary.TERMS[key]
    return {
        "id": _numbered(context, f"term-{key}"),
        "text": text or entry.word.in_(formats.language()),
        "meaning": entry.meaning.in_(formats.language()),
    }


def _numbered(context: Context, name: str) -> str:
    """An id that is on this page once: ``name`` with a number that counts up per request."""
    numbers = context["request"].__dict__.setdefault("_schakel_ids", {})
    numbers[name] = numbers.get(name, 0) + 1
    return f"{name}-{numbers[name]}"


def _query(context: Context, **changed: object) -> str:
    said = dict(context["request"].GET.lists()) | changed
    return f"?{urlencode({key: value for key, value in said.items() if value is not None}, doseq=True)}"
