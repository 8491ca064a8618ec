"""An auditor's home, the figures of a year in every vintage, drawing a sample, and taking the trail along."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.figures.actions.auditing import AuditRefused, draw_sample
from schakel.figures.asking import QuestionError
from schakel.figures.auditing import asking
from schakel.figures.auditing.asking import Asked, Behind, behind, closings
from schakel.figures.auditing.forms import DrawForm
from schakel.figures.auditing.mandated import NETWORK, Mandated, of_mandates
from schakel.figures.models import Closing, Method, Sample
from schakel.figures.pages.auditing import figures_table, files_table, said_cut
from schakel.figures.queries import exact, indicator, name_of
from schakel.figures.views.asked import counted, indicator_or_404
from schakel.intake.models import DeliveredFile
from schakel.network.models import Party
from schakel.sharing.acting import acting
from schakel.sharing.looking import looked, saw
from schakel.sharing.mandate_pages import state_of
from schakel.sharing.mandates import given, standing
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.trail.exporting import as_csv, as_ndjson, sealed_lines

_CUTS = ("agency", "province", "theme")
_LIVE = "nu"
_FILES = 50


@for_parties("auditor")
def home(request: PartyRequest) -> HttpResponse:
    """Under which mandates the acting office looks, until when, and its samples."""
    now = timezone.now()
    mandates = [{"mandate": mandate, "state": state_of(mandate, now)} for mandate in given()]
    years = sorted({year for one in standing(request.actor.owner) for year in one.years}, reverse=True)
    samples = [
        {"sample": sample, "name": _name(sample.indicator), "cut": said_cut(sample.cut)}
        for sample in Sample.objects.select_related("drawn_by", "closing")
    ]
    return render(request, "figures/audit.html", {"mandates": mandates, "years": years, "samples": samples})


@for_parties("auditor")
@counted
def figures(request: PartyRequest, year: int) -> HttpResponse:
    """The figures of a year under mandate, of the vintage that is asked for."""
    mandated = _mandated(request, year)
    known = closings(year)
    stand, closing = _stand(request, known)
    told = asking.figures(Asked(request.actor.owner, year, closing), mandated)
    names = {NETWORK: _("Network"), **dict(Party.objects.filter(slug__in=told).values_list("slug", "name"))}
    note(actor=request.actor, verb="listed", kind="figures", year=year, closing=closing.pk if closing else None)
    context = {
        "year": year,
        "table": figures_table(told, names, year=year, stand=stand),
        "closing": closing,
        "vintages": [*((str(one.version), one) for one in known), (_LIVE, None)],
        "stand": stand,
    }
    return render(request, "figures/audit_figures.html", context)


@for_parties("auditor")
def files(request: PartyRequest, year: int) -> HttpResponse:
    """What was delivered for a year under mandate, file by file, as it was sent."""
    _mandated(request, year)
    sent = DeliveredFile.objects.filter(delivery__period=year).select_related("delivery", "owner")
    page = Paginator(sent.order_by("owner__order", "-delivery__received_at", "name", "pk"), _FILES).get_page(
        request.GET.get("page")
    )
    saw(actor=request.actor, verb="listed", kind="file", seen=[(one.owner_id, one.pk) for one in page])
    return render(request, "figures/audit_files.html", {"year": year, "table": files_table(page), "page": page})


@for_parties("auditor")
@counted
def draw(request: PartyRequest) -> HttpResponseBase:
    """What stands behind a figure, in numbers, and the form to draw from it."""
    found = indicator_or_404(request.GET.get("indicator", ""))
    year = _year(request)
    mandated = _mandated(request, year)
    stand, closing = _stand(request, closings(year))
    cut: dict[str, list[str | int]] = {name: [request.GET[name]] for name in _CUTS if request.GET.get(name)}
    stands = behind(Asked(request.actor.owner, year, closing), mandated, found.id, cut)
    form = DrawForm(request.POST or None, summed=stands.scale is not None)
    if request.method == "POST" and form.is_valid():
        sample = _drawn(request, form, stands)
        if sample is not None:
            return redirect("figures:audit_sample", sample.pk)
    context = {
        "name": name_of(found),
        "year": year,
        "closing": closing,
        "stand": stand,
        "cut": said_cut(cut),
        "behind": stands,
        "frame": len(stands.frame),
        "value": exact(stands.unit, Decimal(stands.value)) if stands.value else "",
        "form": form,
    }
    return render(request, "figures/audit_draw.html", context, status=422 if form.errors else 200)


def _drawn(request: PartyRequest, form: DrawForm, stands: Behind) -> Sample | None:
    asked = form.cleaned_data
    try:
        return draw_sample(
            actor=request.actor,
            behind=stands,
            method=Method(asked["method"]),
            seed=asked["seed"],
            size=asked["size"],
            purpose=asked["purpose"],
        )
    except AuditRefused as refused:
        form.add_error(None, str(refused))
        return None


@for_parties("auditor", "secretariat", "agency")
def trail(request: PartyRequest, ending: str) -> StreamingHttpResponse:
    """The sealed lines of the trail that the acting party reads, with what is needed to verify them."""
    writers = {"ndjson": (as_ndjson, "application/x-ndjson"), "csv": (as_csv, "text/csv; charset=utf-8")}
    if ending not in writers:
        raise Http404
    write, content_type = writers[ending]
    actor = request.actor
    note(actor=actor, verb="exported", kind="trail")
    looked(actor=actor, verb="exported", kind="trail", seen=[(one.owner_id, 0) for one in standing(actor.owner)])
    text: Iterator[str] = write(sealed_lines(lambda: acting(actor)))
    headers = {"Content-Disposition": f'attachment; filename="schakel-trail.{ending}"'}
    return StreamingHttpResponse(text, content_type=content_type, headers=headers)


def _year(request: PartyRequest) -> int:
    asked = request.GET.get("year", "")
    if not (asked.isascii() and asked.isdigit()):
        raise Http404
    return int(asked)


def _mandated(request: PartyRequest, year: int) -> Mandated:
    """What the acting office may ask of now. Raises Http404 where no mandate that stands names the year."""
    found = of_mandates(standing(request.actor.owner))
    if not found.givers(year):
        raise Http404
    return found


def _stand(request: PartyRequest, known: list[Closing]) -> tuple[str, Closing | None]:
    """Which vintage is asked for: a version, or "nu"; the newest closing where none is. Raises QuestionError."""
    asked = request.GET.get("stand") or (str(known[0].version) if known else _LIVE)
    if asked == _LIVE:
        return asked, None
    found = next((closing for closing in known if str(closing.version) == asked), None)
    if found is None:
        raise QuestionError("there is no such closing")
    return asked, found


def _name(indicator_id: str) -> str:
    found = indicator(indicator_id)
    return indicator_id if found is None else name_of(found)
