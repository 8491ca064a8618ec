"""The findings of a delivery: what the checks found in groups, and a page of one group."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schakel.intake import actions, kinds
from schakel.intake.asked import STEWARD, Asked, Tasks, tasks_of
from schakel.intake.finding_groups import Group, Overview, narrowed, overview, values
from schakel.intake.forms.findings import HandForm
from schakel.intake.mending.rights import STEWARDS, rights_of
from schakel.intake.models import Delivery, DeliveryFinding, DeliveryState
from schakel.intake.steps import steps_of
from schakel.intake.views.naming import SEVERITIES, check_explained, check_title
from schakel.network.queries import colleagues
from schakel.sharing.requests import PartyRequest, for_parties

_PAGE = 50
_WORDS = ("message_nl", "message_en", "remedy_nl", "remedy_en")
_LISTED = (
    '<li class="finding finding--{}"><a class="nl-link finding__place" href="{}{}/">{}</a>{} <span>{}</span></li>\n'
)
_SHOWN = ("severity", "check_id", "file", "table", "cell", "number", "header", "value", "expected", *_WORDS)
_NOTHING_NEW = 204
_Filter = tuple[str, str, list[tuple[str, str]], str]  # name, label, choices, which is chosen
_OPEN = (DeliveryState.RECEIVED, DeliveryState.CHECKED, DeliveryState.FAILED)


@for_parties("agency", "secretariat")
def findings(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """What the checks found: in groups, or where the address names a check one group with its values and places."""
    delivery = get_object_or_404(Delivery.objects.select_related("owner"), pk=delivery_id)
    asked, tasks = Asked.of(request.GET.dict()), tasks_of(delivery)
    people = dict(colleagues(request.actor.owner).values_list("pk", "name"))
    seen = overview(delivery, replace(asked, check=""), tasks)
    context: dict[str, Any] = {
        "delivery": delivery,
        "asked": asked,
        "steps": steps_of(delivery, found=seen.severities),
        "filters": _filters(asked, seen, tasks, people),
        "seen": seen,
    }
    if not asked.check:
        context["groups"], context["waived_groups"] = _shown_groups(delivery, seen, asked, people)
        return render(request, "intake/findings.html", context)
    may = delivery.state in _OPEN and _may_mend(request, delivery, seen.group(asked.check))
    page = narrowed(delivery, asked, tasks)
    url = reverse("intake:findings", args=[delivery.pk])
    context |= _one_group(seen.group(asked.check), asked, people, page, request.GET.get("page"))
    context |= {"all_url": url + asked.address(check=""), "waived_url": url + asked.address(waived="yes")}
    context |= {"findings_url": url, "listed": _listed(context["findings"], url)}
    if may:
        context["people_to_hand"] = list(people.items())
    return render(request, "intake/finding_group.html", context)


@for_parties("agency", "secretariat")
def checking(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """Whether a delivery is still being checked again: nothing while it is, what to do when it is done."""
    delivery = get_object_or_404(Delivery, pk=delivery_id)
    if delivery.progress.get("step"):
        return HttpResponse(status=_NOTHING_NEW)
    return render(request, "intake/checked.html", {"delivery": delivery})


@require_POST
@for_parties("agency", "secretariat")
def hand(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """Hand what a check found to a colleague, into whose inbox it goes."""
    delivery = get_object_or_404(Delivery, pk=delivery_id)
    people = {str(person.pk): person.name for person in colleagues(request.actor.owner)}
    form = HandForm(request.POST, people=people.items())
    if not form.is_valid():
        messages.error(request, _("Choose somebody who has a role at your organisation."))
        return redirect("intake:findings", delivery.pk)
    said = form.cleaned_data
    try:
        actions.hand(actor=request.actor, delivery=delivery, check_id=said["check"], person=int(said["person"]))
    except actions.DeliveryRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("This waits in the inbox of %(person)s now.") % {"person": people[said["person"]]})
    return redirect(reverse("intake:findings", args=[delivery.pk]) + Asked(check=said["check"]).address())


def _filters(asked: Asked, seen: Overview, tasks: Tasks, people: dict[int, str]) -> list[_Filter]:
    """The filters with what there is to choose from."""
    language = get_language() or "nl"
    anybody = ("", _("All"))
    sheets = [(sheet, sheet) for sheet in seen.sheets]
    weights = [("error", _("errors")), ("warning", _("warnings")), ("notice", _("notices"))]
    named = [(name, kinds.kind(name).plural.in_(language)) for name in seen.kinds]
    who = [(str(one), people[one]) for one in sorted(tasks.everybody() & set(people))]
    waived = [("no", _("not waived")), ("yes", _("only waived ones")), ("all", _("waived or not"))]
    return [
        ("sheet", _("Sheet"), [anybody, *sheets], asked.sheet),
        ("severity", _("Severity"), [anybody, *weights], asked.severity),
        ("kind", _("Kind"), [anybody, *named], asked.kind),
        ("task", _("Whose task"), [anybody, (STEWARD, _("the data steward")), *who], asked.task),
        ("waived", _("Waived"), waived, asked.waived),
    ]


def _shown_groups(
    delivery: Delivery, seen: Overview, asked: Asked, people: dict[int, str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The groups with something open, and those of which all is waived."""
    examples = DeliveryFinding.objects.in_bulk([group.first for group in seen.groups])
    url = reverse("intake:findings", args=[delivery.pk])
    shown = [_shown_group(group, examples[group.first], url, asked, people) for group in seen.groups]
    return [group for group in shown if group["open"]], [group for group in shown if not group["open"]]


def _shown_group(
    group: Group, example: DeliveryFinding, url: str, asked: Asked, people: dict[int, str]
) -> dict[str, Any]:
    title, why = check_explained(group.check_id)
    waived = "no" if group.open else "yes"
    return {
        "check": group.check_id,
        "severity": group.severity,
        "label": SEVERITIES[group.severity],
        "title": title,
        "why": why,
        "open": group.open,
        "waived": group.waived,
        "sheets": [sheet for sheet in group.sheets if sheet],
        "people": _named(group, people),
        "example": shown_finding(example),
        "url": url + asked.address(check=group.check_id, waived=waived),
        "waived_url": url + asked.address(check=group.check_id, waived="yes"),
    }


def _named(group: Group, people: dict[int, str]) -> str:
    """Whose task a group is, where it is not all the steward's."""
    names = [people.get(who, "?") if who else _("the data steward") for who in group.people]
    return ", ".join(sorted(names)) if group.people != {None} else ""


def _may_mend(request: PartyRequest, delivery: Delivery, group: Group | None) -> bool:
    if group is None or not group.open:
        return False
    if request.role_held.role in STEWARDS:  # known without asking what else they are
        return True
    rights = rights_of(request.actor, delivery)
    return any(rights.over(kind, group.check_id) for kind in group.kinds)


def _one_group(
    found: Group | None, asked: Asked, people: dict[int, str], listed: QuerySet[DeliveryFinding], number: str | None
) -> dict[str, Any]:
    """A page of what one check found; how many there are was counted already."""
    group = found or Group(asked.check, "notice")
    paginator = Paginator(listed.only(*_SHOWN), _PAGE)
    paginator.count = {"no": group.open, "yes": group.waived, "all": group.count}[asked.waived]
    page = paginator.get_page(number)
    title, why = check_explained(asked.check)
    shown = [shown_finding(found) for found in page.object_list]
    return {
        "group": group,
        "label": SEVERITIES[group.severity],
        "check_title": title,
        "why": why,
        "remedy": shown[0]["remedy"] if shown else "",
        "people": _named(group, people),
        "values": _several(listed) if group.count > 1 and page.number == 1 else [],
        "page": page,
        "findings": shown,
    }


def _several(listed: QuerySet[DeliveryFinding]) -> list[dict[str, Any]]:
    """The values that stand in more than one place."""
    return [line for line in values(listed) if line["count"] > 1 and line["column"]]


def _listed(shown: list[dict[str, Any]], url: str) -> SafeString:
    """The lines of a page, written out: by a template they take longer than all the rest of it."""
    return format_html_join(
        "",
        _LISTED,
        ((item["severity"], url, item["pk"], item["place"], _number(item), item["message"]) for item in shown),
    )


def _number(item: dict[str, Any]) -> SafeString | str:
    return format_html(' <span class="quiet">{}</span>', item["number"]) if item["number"] else ""


def shown_finding(found: DeliveryFinding) -> dict[str, Any]:
    """A finding as a page shows it, in the reader's language."""
    english = (get_language() or "nl").startswith("en")
    return {
        "pk": found.pk,
        "severity": found.severity,
        "place": " ".join(part for part in (found.file if not found.cell else "", found.cell) if part) or found.table,
        "number": found.number,
        "header": found.header,
        "value": found.value,
        "expected": found.expected,
        "message": found.message_en if english else found.message_nl,
        "remedy": found.remedy_en if english else found.remedy_nl,
        "title": check_title(found.check_id),
    }
