"""On the page of a record that is an organisation or an entry: what became of it, and the way to its own page."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from schakel.intake.beside import register_panel
from schakel.intake.records import Record
from schakel.register.facts.entries import Entry, entry_of
from schakel.register.knowing import entry_for
from schakel.register.models import Organisation, RegisterEntry
from schakel.register.pages.known import gone
from schakel.register.pages.organisation import succession
from schakel.sharing.requests import PartyRequest


def of_organisation(request: PartyRequest, record: Record) -> SafeString:
    """Of an own record: its organisation's page, and whether the register's entry is still there."""
    if not isinstance(record, Organisation):
        return SafeString("")
    entry, _sure = entry_for(record)
    return _shown(request, reverse("register:organisation", args=[record.pk]), entry)


def of_entry(request: PartyRequest, record: Record) -> SafeString:
    """Of a delivered entry: what is known of its number now."""
    entry = entry_of(record.kvk or "") if isinstance(record, RegisterEntry) else None
    if entry is None:
        return SafeString("")
    return _shown(request, reverse("register:published", args=[entry.kvk]), entry)


def _shown(request: PartyRequest, url: str, entry: Entry | None) -> SafeString:
    context = {
        "url": url,
        "gone": gone(entry) if entry is not None else "",
        "leads_to": succession(entry.kvk) if entry is not None else "",
    }
    return render_to_string("register/organisation_panel.html", context, request)


register_panel("organisation", of_organisation)
register_panel("register_entry", of_entry)
