"""While an organisation is typed: those that are known already, and filling in the one that was chosen."""

from __future__ import annotations

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakel.intake.beside import EntryAid, register_aid
from schakel.register.entry.likely import Likely, chosen_entry, likely
from schakel.register.facts.entries import Entry
from schakel.sharing.looking import saw
from schakel.sharing.requests import PartyRequest
from schakel.web import formats


def look(request: PartyRequest, texts: Mapping[str, str]) -> SafeString:
    """The likely ones as a list; who saw own records stands in the trail."""
    found = likely(texts)
    own = [one.own for one in found if one.own is not None]
    if own:
        saw(actor=request.actor, verb="found", kind="organisation", seen=[(one.owner_id, one.pk) for one in own])
    context = {
        "items": [_item(one) for one in found],
        "typed": any(texts.get(name) for name in ("name", "kvk")),
        "told": _told(len(found)) if any(texts.values()) else "",
        "in_place": request.headers.get("HX-Request") == "true",
    }
    return render_to_string("register/organisation_known.html", context, request)


def fill(chosen: str) -> dict[str, str]:
    """What the register says of the chosen entry, as texts by field of an organisation."""
    entry = chosen_entry(chosen)
    if entry is None:
        return {}
    return {
        "name": entry.name,
        "kvk": entry.kvk,
        "rsin": entry.rsin,
        "legal_form": entry.legal_form,
        "address": entry.address,
        "postcode": entry.postcode,
        "city": entry.city,
        "country": "NL" if entry.postcode else "",
        "website": entry.website,
    }


def _item(one: Likely) -> dict[str, object]:
    if one.own is not None:
        about = [one.own.number, f"KvK {one.own.kvk}" if one.own.kvk else "", one.own.city or "", str(one.own.period)]
        url = reverse("register:organisation", args=[one.own.pk])
        told: dict[str, object] = {"name": one.own.name, "whose": _("Your own organisation"), "url": url, "use": ""}
    else:
        entry = one.entry
        if entry is None:
            raise ValueError("a likely one is an own record or an entry")
        about = [f"KvK {entry.kvk}" if entry.kvk else "", entry.address, entry.city, also(entry)]
        told = {"name": entry.name, "whose": _("Trade register"), "url": "", "use": one.chosen, "gone": gone(entry)}
    return told | {"about": " · ".join(filter(None, about)), "why": one.why.in_(formats.language())}


def also(entry: Entry) -> str:
    """Under which other names it goes or went."""
    others = [name for name in (*entry.trade_names, *entry.former_names) if name != entry.name][:3]
    return _("also: %(names)s") % {"names": ", ".join(others)} if others else ""


def gone(entry: Entry) -> str:
    """What became of an entry, in a few words; "" where it still stands."""
    if entry.merged_into:
        return _("merged into KvK %(number)s") % {"number": entry.merged_into}
    if entry.ended_on:
        return _("ended on %(day)s") % {"day": formats.date_long(entry.ended_on)}
    if entry.missing_since:
        return _("no longer in the register since %(day)s") % {"day": formats.date_long(entry.missing_since)}
    return ""


def _told(count: int) -> str:
    """How many were found, for who does not see the list."""
    if count == 0:
        return _("No known organisation looks like this one.")
    said = ngettext(
        "%(count)s known organisation looks like this one.", "%(count)s known organisations look like this one.", count
    )
    return said % {"count": count}


AID = register_aid(EntryAid("organisation", look, fill))
