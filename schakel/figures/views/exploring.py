"""The explorer: cross and cut, on a page and as a file; and the views of it that people keep."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.actions.exploring import ViewRefusedError, change_view, drop_view, keep_view, note_export
from schakel.figures.exploring.asked import Asked, read, read_text
from schakel.figures.exploring.choosing import choices, lacking
from schakel.figures.exploring.explored import Explored, explore
from schakel.figures.exploring.files import Taken
from schakel.figures.exploring.forms import KeepForm, ViewForm
from schakel.figures.exploring.kept import opened, own_table, own_views, shared_table, shared_views
from schakel.figures.exploring.page import page_of
from schakel.figures.exploring.writing import FORMS
from schakel.figures.models import SavedView
from schakel.figures.views.asked import NoFiguresError, counted
from schakel.network.models import PartyKind
from schakel.sharing.requests import PartyRequest, for_parties


@for_parties()
@counted
def explore_page(request: PartyRequest) -> HttpResponse:
    """What an address asks, answered for who opens it; without a question, how to begin."""
    known = _years(request)
    asked = read(request.GET)
    explored = explore(asked, request.role_held.party, known) if asked.indicators else None
    return render(request, "figures/exploring.html", _context(request, asked, known, explored))


def _years(request: PartyRequest) -> list[int]:
    known = queries.years(request.role_held.party)
    if not known:
        raise NoFiguresError
    return known


def _context(request: PartyRequest, asked: Asked, known: list[int], explored: Explored | None) -> dict[str, Any]:
    own = own_views(request.actor)[:8] if request.actor.person else []
    context: dict[str, Any] = {
        "asked": asked,
        "choices": choices(asked, known, explored.found if explored else None),
        "lacking": lacking(asked),
        "kept": [(view, opened(view)) for view in (*own, *shared_views(request.actor)[:8])],
        "first_year": known[-1],
    }
    if explored is None:
        return context
    query = asked.query()
    files = [(form, f"{reverse('figures:explore_file', args=[form])}?{query}") for form in FORMS]
    swapped = f"?{asked.swapped().query()}" if asked.columns else ""
    keep = None if request.role_held.party.kind == PartyKind.AUDITOR else KeepForm(initial={"query": query})
    return context | {"page": page_of(explored), "files": files, "swapped": swapped, "keep_form": keep}


@for_parties()
@counted
def explore_file(request: PartyRequest, form: str) -> HttpResponse:
    """What an address asks, as a file to take along. Raises Http404 for a form that there is not."""
    asked = read(request.GET)
    if form not in FORMS or not asked.indicators:
        raise Http404
    party = request.role_held.party
    explored = explore(asked, party, _years(request))
    address = request.build_absolute_uri(f"{reverse('figures:explore')}?{asked.query()}")
    write, media = FORMS[form]
    content = write(Taken(explored, timezone.localtime(), party.name, address))
    note_export(actor=request.actor, form=form, asked=asked, cells=sum(1 for _cell in explored.laid()))
    name = f"schakel-{timezone.localdate():%Y%m%d}-{'-'.join(asked.indicators)[:60]}.{form}"
    return HttpResponse(content, media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@for_parties()
def views_page(request: PartyRequest) -> HttpResponseBase:
    """One's own views and those that are shared; a post keeps one."""
    if request.method == "POST":
        return _kept(request)
    context = {
        "own": own_table(list(own_views(request.actor))),
        "shared": shared_table(list(shared_views(request.actor))),
    }
    return render(request, "figures/exploring_views.html", context)


def _kept(request: PartyRequest) -> HttpResponseBase:
    form = KeepForm(request.POST)
    asked = read_text(request.POST.get("query", "")[:4000])
    if form.is_valid():
        said = form.cleaned_data
        try:
            view = keep_view(actor=request.actor, name=said["name"], asked=asked, shared=said["shared"])
        except ViewRefusedError as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("The view %(name)s is kept.") % {"name": view.name})
            return redirect(opened(view))
    return render(request, "figures/exploring_keep.html", {"form": form, "query": asked.query()}, status=422)


@for_parties()
def view_page(request: PartyRequest, pk: int) -> HttpResponseBase:
    """One's own view: another name, shared or not, or away with it."""
    view = get_object_or_404(own_views(request.actor), pk=pk)
    form = ViewForm(request.POST or None, initial={"name": view.name, "shared": view.shared})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            change_view(actor=request.actor, view=view, name=said["name"], shared=said["shared"])
        except ViewRefusedError as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("The view is changed."))
            return redirect("figures:explore_views")
    status = 422 if form.errors else 200
    return render(request, "figures/exploring_view.html", _of_view(view, form), status=status)


def _of_view(view: SavedView, form: ViewForm) -> dict[str, Any]:
    return {"view": view, "form": form, "open": opened(view)}


@for_parties()
def drop_page(request: PartyRequest, pk: int) -> HttpResponseBase:
    """Asks whether a view is to go; a post takes it away."""
    view = get_object_or_404(own_views(request.actor), pk=pk)
    if request.method != "POST":
        return render(request, "figures/exploring_drop.html", {"view": view})
    drop_view(actor=request.actor, view=view)
    messages.success(request, _("The view %(name)s is removed.") % {"name": view.name})
    return redirect("figures:explore_views")
