"""Pages of search: all results, and the first few while somebody types."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from schakel.search import queries
from schakel.search.forms import Narrowing
from schakel.search.queries import Found
from schakel.search.showing import groups, link, shown, title
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web import formats

_PAGE, _QUICK, _SHORTEST = 25, 8, 2


@for_parties()
def results(request: PartyRequest) -> HttpResponse:
    """All that was found: the first few of each kind, or those of one kind a page at a time."""
    text = request.GET.get("q", "").strip()
    narrowing = Narrowing(request.GET, years=queries.years())
    found = queries.find(text, year=narrowing.year())
    counts = found.by_kind()
    kind = narrowing.kind() or (next(iter(counts)) if len(counts) == 1 else "")
    asked = {"q": text, "soort": narrowing.kind(), "jaar": str(narrowing.year() or "")}
    context = {
        "search_query": text,
        "narrowing": narrowing,
        "found": found,
        "tabs": _tabs(found, asked) if len(counts) > 1 else [],
        "current": link(asked),
    }
    if kind:
        page = Paginator([one for one in found.candidates if one.kind == kind], _PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "kind": title(kind), "entries": shown(request, list(page))}
    else:
        context["groups"] = groups(request, found, asked)
    return render(request, "search/results.html", context)


def _tabs(found: Found, asked: dict[str, str]) -> list[tuple[str, str]]:
    everything = (_("All"), len(found.candidates), link(asked, soort=""))
    by_kind = [(title(name), count, link(asked, soort=name)) for name, count in found.by_kind().items()]
    return [(f"{label} ({formats.number(count)})", url) for label, count, url in (everything, *by_kind)]


@for_parties()
def quick(request: PartyRequest) -> HttpResponse:
    """The first few of what was found, as a part of the page, while somebody types."""
    text = request.GET.get("q", "").strip()
    enough = len(text) >= _SHORTEST
    found = queries.find(text, at_most=_QUICK) if enough else Found((), more=False)
    listed = shown(request, found.candidates)
    context = {
        "asked": enough,
        "entries": listed,
        "more": found.more,
        "all_url": f"{reverse('search')}?{urlencode({'q': text})}",
        "told": _told(len(listed), more=found.more) if enough else "",
    }
    return render(request, "search/quick.html", context)


def _told(count: int, *, more: bool) -> str:
    """How much was found, for who does not see the list."""
    if more:
        return _("The first %(count)s results; press Enter for all.") % {"count": count}
    if count == 0:
        return _("Nothing found.")
    return _("1 result.") if count == 1 else _("%(count)s results.") % {"count": count}
