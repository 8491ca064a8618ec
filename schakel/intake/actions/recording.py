"""Records that come as plain values instead of as files: each page is kept as a file of its own, as it was sent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from schakel.documents.actions import keep
from schakel.documents.queries import content_of
from schakel.intake import kinds, mapping
from schakel.intake.actions.receiving import add_file
from schakel.intake.actions.refusing import DeliveryRefused
from schakel.intake.kinds import RecordKind
from schakel.intake.mapping import FieldSource, TableMapping
from schakel.intake.models import DeliveredFile, Delivery
from schakel.network.models import Party
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor

_PAGE = "records-{kind}-{number:04}.json"
_IS_PAGE = re.compile(r"records-(?P<kind>[a-z_]+)-\d{4,}\.json")
_LARGEST_PAGE = 64 * 1024 * 1024  # bytes; some times what the API takes at once, as numbers may be written out
_SEPARATOR = ";"


def add_records(*, actor: Actor, delivery: Delivery, kind: str, records: Sequence[Mapping[str, Any]]) -> DeliveredFile:
    """Add a page of records of ``kind`` to a delivery that is being sent; fields by their names.

    Raises DeliveryRefused for a kind or field that is not known, a value that is no plain one, or where files came.
    """
    declared = _kind(kind)
    for place, record in enumerate(records):
        _must_fit(declared, place, record)
    content = json.dumps({kind: [_plain(record) for record in records]}, ensure_ascii=False).encode()
    with acting(actor):
        Delivery.objects.select_for_update().get(pk=delivery.pk)
        names = list(delivery.files.values_list("name", flat=True))
        if not all(map(_IS_PAGE.fullmatch, names)):
            raise DeliveryRefused(_("This delivery has files; begin another one for records."))
        number = 1 + sum(name.startswith(f"records-{kind}-") for name in names)
        stored = keep(actor=actor, name=_PAGE.format(kind=kind, number=number), content=content)
        return add_file(actor=actor, delivery=delivery, stored=stored)


def settle_by_names(*, actor: Actor, delivery: Delivery) -> None:
    """Read a delivery of records by the names of their fields; nothing is proposed, nothing asked.

    Raises DeliveryRefused for a file that is no page of records.
    """
    with acting(actor):
        used: dict[str, set[str]] = {}
        for file in delivery.files.select_related("stored").order_by("name"):
            kind, records = _page_of(file)
            used.setdefault(kind, set()).update(*records)
        agency = Party.objects.get(pk=delivery.owner_id).slug
        tables = tuple(_by_names(kinds.kind(kind), names) for kind, names in sorted(used.items()))
        delivery.mapping, delivery.mapping_settled = mapping.dump(mapping.Mapping(agency, tables)), True
        delivery.save(update_fields=["mapping", "mapping_settled"])


def has_records(delivery: Delivery) -> bool:
    """Whether a delivery came as records."""
    return any(map(_IS_PAGE.fullmatch, delivery.files.values_list("name", flat=True)))


def _page_of(file: DeliveredFile) -> tuple[str, list[dict[str, Any]]]:
    """The kind and records of a page; somebody may have sent a file of their own under such a name."""
    named = _IS_PAGE.fullmatch(file.name)
    try:
        page = json.loads(content_of(file.stored)) if named and file.size <= _LARGEST_PAGE else None
    except (ValueError, RecursionError):
        page = None
    records = page.get(named["kind"]) if named and isinstance(page, dict) and len(page) == 1 else None
    if not named or not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        said = _("%(name)s is no page of records; send it under another name in another delivery.")
        raise DeliveryRefused(said, name=file.name)
    return _kind(named["kind"]).name, records


def _by_names(kind: RecordKind, names: set[str]) -> TableMapping:
    fields = {
        field.name: FieldSource(
            header=field.name,
            separator=_SEPARATOR if field.several or field.type == "agencies" else "",
            codes={code.value: code.value for code in field.codes},
        )
        for field in kind.fields
        if field.name in names
    }
    return TableMapping(kind=kind.name, table=kind.name, header_row=0, fields=fields)


def _kind(name: str) -> RecordKind:
    try:
        return kinds.kind(name)
    except KeyError as error:
        known = ", ".join(kind.name for kind in kinds.kinds())
        said = _("There is no kind called %(name)s; known are: %(known)s.")
        raise DeliveryRefused(said, name=name, known=known) from error


def _must_fit(kind: RecordKind, place: int, record: Mapping[str, Any]) -> None:
    unknown = sorted(set(record) - set(kind.fields_by_name))
    if unknown:
        known = ", ".join(kind.fields_by_name)
        said = _("Record %(place)s of %(kind)s has a field %(field)s; known are: %(known)s.")
        raise DeliveryRefused(said, place=place, kind=kind.name, field=unknown[0], known=known)
    strange = [name for name, value in record.items() if not _is_plain(value)]
    if strange:
        said = _("Record %(place)s of %(kind)s: %(field)s holds no plain value or list of them.")
        raise DeliveryRefused(said, place=place, kind=kind.name, field=strange[0])


def _is_plain(value: Any) -> bool:  # noqa: ANN401 - what came as JSON
    if isinstance(value, list):
        return all(isinstance(one, str | int | float) for one in value)
    return value is None or isinstance(value, str | int | float | bool)


def _plain(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _SEPARATOR.join(map(str, value)) if isinstance(value, list) else value for name, value in record.items()
    }
