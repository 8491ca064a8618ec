"""The findings of a delivery, each with its cell."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from schakel.intake import queries
from schakel.intake.models import Delivery
from schakel.intake.views.naming import check_title
from schakel.sharing.requests import PartyRequest, for_parties

_PAGE = 50


@for_parties("agency", "secretariat")
def findings(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """The findings of a delivery, of one check or all, each with its cell."""
    found = get_object_or_404(Delivery, pk=delivery_id)
    listed = queries.findings_of(found)
    chosen = request.GET.get("check", "")
    if chosen:
        listed = listed.filter(check_id=chosen)
    page = Paginator(listed, _PAGE).get_page(request.GET.get("page"))
    english = (get_language() or "nl").startswith("en")
    shown_findings = [
        {
            "severity": item.severity,
            "place": " ".join(part for part in (item.file, item.cell) if part),
            "message": item.message_en if english else item.message_nl,
            "remedy": item.remedy_en if english else item.remedy_nl,
            "value": item.value,
            "expected": item.expected,
        }
        for item in page
    ]
    return render(
        request,
        "intake/findings.html",
        {"delivery": found, "check": check_title(chosen) if chosen else "", "page": page, "findings": shown_findings},
    )
