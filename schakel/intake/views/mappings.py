"""The agency's own mappings through time: who confirmed them, what changed, taking one away and bringing one back."""

from __future__ import annotations

from itertools import pairwise

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schakel.intake import actions, kinds, settling
from schakel.intake.mapping import Mapping, MappingError, dump, parse
from schakel.intake.models import ConfirmedMapping
from schakel.intake.views.gates import for_stewards, may_change
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.tables import Column, Link, Table

_LARGEST = 1_000_000  # bytes; the mappings of nine agencies are 5 kB each


class UploadForm(forms.Form):
    """A mapping as a file."""

    file = forms.FileField(
        label=gettext_lazy("Mapping file (TOML)"),
        help_text=gettext_lazy("A file that was downloaded here, as it was or changed by hand."),
    )

    def clean_file(self) -> Mapping:
        """The mapping in the file. Raises ValidationError saying what is wrong and where."""
        sent = self.cleaned_data["file"]
        if sent.size is not None and sent.size > _LARGEST:
            raise forms.ValidationError(_("This file is too large to be a mapping."))
        try:
            found = parse(sent.read().decode("utf-8"), origin=sent.name or "mapping")
        except (MappingError, UnicodeDecodeError) as error:
            raise forms.ValidationError(_("This is no mapping: %(error)s") % {"error": error}) from error
        wrong = list(_wrong(found))
        if wrong:
            raise forms.ValidationError(wrong)
        return found


@for_parties("agency", "secretariat")
def mappings(request: PartyRequest) -> HttpResponseBase:
    """All mappings that the acting party confirmed, the newest first; a steward adds one from a file."""
    form = UploadForm()
    if request.method == "POST":
        return _upload(request)
    return _listing(request, form)


@for_stewards
def _upload(request: PartyRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _listing(request, form)
    owner = request.role_held.party
    text = dump(Mapping(owner.slug, form.cleaned_data["file"].tables))
    made = actions.confirm_mapping(actor=request.actor, text=text)
    messages.success(request, _("Version %(version)s is your mapping from now on.") % {"version": made.version})
    return redirect("intake:mappings")


@for_parties("agency", "secretariat")
def version(request: PartyRequest, version: int) -> HttpResponse:
    """One version of the mapping: what it reads, and how it differs from the one before it and the one that stands."""
    found = _found(request, version)
    language, of = get_language() or "nl", parse(found.text)
    owned = ConfirmedMapping.objects.filter(owner_id=found.owner_id)
    before = owned.filter(version__lt=version).first()
    last = owned.first()
    changed = settling.differences(parse(before.text), of) if before else []
    since = settling.differences(of, parse(last.text)) if last and last.pk != found.pk else []
    context = {
        "mapping": found,
        "tables": _tables(of),
        "before": before,
        "changed": [words.in_(language) for words in changed],
        "standing": last is not None and last.pk == found.pk,
        "since": [words.in_(language) for words in since],
        "may_change": may_change(request),
    }
    return render(request, "intake/mapping/version.html", context)


@for_parties("agency", "secretariat")
def download(request: PartyRequest, version: int) -> HttpResponse:
    """One version of the mapping as a TOML file."""
    found = _found(request, version)
    note(actor=request.actor, verb="took", kind="mapping", objects=[found.pk], version=version)
    response = HttpResponse(found.text, content_type="application/toml; charset=utf-8")
    name = f"{request.role_held.party.slug}-{version}.toml"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@for_parties("agency", "secretariat")
@for_stewards
def bring_back(request: PartyRequest, version: int) -> HttpResponse:
    """Make an older version the mapping of the deliveries to come; it becomes a version of its own."""
    made = actions.confirm_mapping(actor=request.actor, text=_found(request, version).text)
    values = {"old": version, "new": made.version}
    messages.success(request, _("Version %(old)s is back; it is version %(new)s now.") % values)
    return redirect("intake:mappings")


def _found(request: PartyRequest, version: int) -> ConfirmedMapping:
    owned = ConfirmedMapping.objects.select_related("confirmed_by").filter(owner_id=request.role_held.party_id)
    return get_object_or_404(owned, version=version)


def _listing(request: PartyRequest, form: UploadForm) -> HttpResponse:
    owned = ConfirmedMapping.objects.select_related("confirmed_by").filter(owner_id=request.role_held.party_id)
    context = {"table": _history(list(owned)), "form": form, "may_change": may_change(request)}
    return render(request, "intake/mapping/list.html", context)


def _history(found: list[ConfirmedMapping]) -> Table:
    changed = {new.pk: len(settling.differences(parse(old.text), parse(new.text))) for new, old in pairwise(found)}
    rows = [
        {
            "version": Link(_("Version %(version)s") % {"version": each.version}, _address(each)),
            "who": each.confirmed_by.name if each.confirmed_by else _("command line"),
            "when": each.confirmed_at,
            "changes": _changes(changed.get(each.pk)),
        }
        for each in found
    ]
    return Table(
        caption=_("Confirmed mappings"),
        columns=[
            Column("version", _("Version"), heading=True),
            Column("who", _("Confirmed by")),
            Column("when", _("When"), kind="moment"),
            Column("changes", _("Changes")),
        ],
        rows=rows,
        empty=_("No mapping has been confirmed yet."),
        empty_how=_("Send a first delivery: Schakel proposes a mapping, and you confirm it."),
    )


def _address(found: ConfirmedMapping) -> str:
    return reverse("intake:mapping-version", args=[found.version])


def _changes(count: int | None) -> str:
    if count is None:
        return _("the first")
    return ngettext("%(count)s change", "%(count)s changes", count) % {"count": count}


def _tables(of: Mapping) -> Table:
    language = get_language() or "nl"
    known = {kind.name: kind for kind in kinds.kinds()}
    rows = [
        {
            "table": entry.table,
            "kind": known[entry.kind].plural.in_(language) if entry.kind in known else entry.kind,
            "row": entry.header_row,
            "fields": len(entry.fields),
        }
        for entry in of.tables
    ]
    return Table(
        caption=_("Tables that it reads"),
        columns=[
            Column("table", _("Table"), heading=True),
            Column("kind", _("Holds")),
            Column("row", _("Row with the headers"), kind="number"),
            Column("fields", _("Fields"), kind="number"),
        ],
        rows=rows,
    )


def _wrong(found: Mapping) -> list[str]:
    """Kinds, fields and codes of a mapping that there are not."""
    known = {kind.name: kind for kind in kinds.kinds()}
    wrong = [] if found.tables else [_("This mapping reads no table.")]
    for entry in found.tables:
        if entry.kind not in known:
            wrong.append(_("'%(table)s': there is no kind '%(kind)s'.") % {"table": entry.table, "kind": entry.kind})
            continue
        fields = known[entry.kind].fields_by_name
        for name, source in entry.fields.items():
            values = {"table": entry.table, "field": name}
            if name not in fields:
                wrong.append(_("'%(table)s': there is no field '%(field)s'.") % values)
            elif fields[name].codes and (strange := _strange(source.codes, fields[name])):
                wrong.append(_("'%(table)s', %(field)s: there is no code %(codes)s.") % {**values, "codes": strange})
    return wrong


def _strange(codes: dict[str, str], field: kinds.Field) -> str:
    known = {code.value for code in field.codes}
    return ", ".join(dict.fromkeys(f"'{code}'" for code in codes.values() if code and code not in known))
