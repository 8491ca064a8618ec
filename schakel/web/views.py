"""The shell's own pages and its answer to a form that came without a valid token."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from schakel.web import formats, glossary, helping


def help_page(request: HttpRequest) -> HttpResponse:
    """Help for the page that ``?pagina=`` names by its URL name, then how Schakel works."""
    known, language = helping.help_for(request.GET.get("pagina", "")), formats.language()
    context: dict[str, object] = {}
    if known is not None:
        context = {"page_title": known.title.in_(language), "page_help": [p.in_(language) for p in known.paragraphs]}
    return render(request, "web/pages/help.html", context)


def accessibility_page(request: HttpRequest) -> HttpResponse:
    """The accessibility statement of the software."""
    return render(request, "web/pages/accessibility.html")


def glossary_page(request: HttpRequest) -> HttpResponse:
    """All marked words with their meaning, in alphabetical order of the reader's language."""
    language = formats.language()
    terms = [(key, term.word.in_(language), term.meaning.in_(language)) for key, term in glossary.TERMS.items()]
    return render(request, "web/pages/glossary.html", {"terms": sorted(terms, key=lambda term: term[1].casefold())})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The setting ``CSRF_FAILURE_VIEW = "schakel.web.views.csrf_failure"``: a form without a valid token."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
