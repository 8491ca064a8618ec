"""All that is held about somebody, in one file: a zip of JSON, with what each part is in words."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from schakel.network.models import Person
from schakel.privacy.accounts import held_about
from schakel.privacy.declaring import Holding, holdings, processings
from schakel.privacy.looking import Found, told
from schakel.privacy.models import PersonalRequest
from schakel.privacy.specials import specials

_OLDEST = (1980, 1, 1, 0, 0, 0)


def rows_of(found: Found, party: int) -> dict[str, list[dict[str, Any]]]:
    """Table to its rows in which the person was found, with all that is declared of them; by who acts for ``party``."""
    declared = {holding.table: holding for holding in holdings()}
    others = {special.table: special.column for special in specials()}
    rows: dict[str, list[dict[str, Any]]] = {}
    for table, columns in sorted(found.items()):
        if table in others:
            rows[table] = [{"id": pk} for pk in columns[others[table]]]
        else:
            rows[table] = told(declared[table], columns, party)
    return rows


def of_request(request: PersonalRequest, party: int) -> bytes:
    """The file for who made a request, of what the acting ``party`` holds."""
    account = request.account
    held = {"records": rows_of(request.found, party), "processing": _purposes(request.found)}
    if account is not None:
        held |= held_about(account)
    return packed(held, about=str(request))


def of_account(person: Person) -> bytes:
    """The file for a person about their own account."""
    return packed(held_about(person), about=str(person))


def packed(held: Mapping[str, Any], *, about: str) -> bytes:
    """A zip with a part for each subject, and one that says what this is."""
    made = io.BytesIO()
    said = {"about": about, "made_at": timezone.now().isoformat(), "parts": sorted(held)}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, part in [("this-export", said), *sorted(held.items())]:
            info = zipfile.ZipInfo(f"{name}.json", _OLDEST)
            zipped.writestr(info, json.dumps(part, ensure_ascii=False, indent=1, default=str))
    return made.getvalue()


def _purposes(found: Found) -> list[dict[str, str]]:
    """What the law asks to be told with the data: purpose, ground, receivers (article 15)."""
    declared: dict[str, Holding] = {holding.table: holding for holding in holdings()}
    names = {declared[table].processing for table in found}
    return [
        {
            "processing": one.title.en,
            "purpose": one.purpose.en,
            "ground": one.ground.value.en,
            "receivers": one.receivers.en,
            "kept": one.kept,
        }
        for one in processings()
        if one.name in names
    ]
