"""Putting a person's value in the place of a delivered one, and taking it back."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.intake import gates, kinds, writing
from schakel.intake.actions.refusing import DeliveryRefused
from schakel.intake.canonical import canonical
from schakel.intake.findings import Finding
from schakel.intake.following import call_followers
from schakel.intake.models import Override
from schakel.intake.overriding import holding
from schakel.intake.records import Record
from schakel.intake.standing import Numbers, put, value_of
from schakel.intake.stands import keep_stands
from schakel.intake.typed import check_typed, errors, read_value, text_of
from schakel.search.jobs import queue_index
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


class ValueRefused(DeliveryRefused):
    """A typed value cannot be taken; the message says what is wrong with it and what to do."""


def override_value(*, actor: Actor, kind: str, record_id: int, field: str, text: str, reason: str) -> Override:
    """Have ``text``, as a person typed it, hold as the value of ``field`` of the acting party's record.

    It is read and checked as if it had been delivered. Raises ValueRefused, DeliveryRefused where the year is closed
    or certified or there is no reason, and the model's DoesNotExist.
    """
    if not reason.strip():
        raise DeliveryRefused(_("Say why this value holds; whoever reads it later will want to know."))
    with acting(actor):
        table, record = _record(actor, kind, record_id)
        declared = kinds.kind(kind).fields_by_name[field]
        if field in kinds.kind(kind).key:
            raise ValueRefused(_("The number of a record cannot be overridden: it says which record it is."))
        value = _checked(table, record, declared, text)
        known = holding(record.owner_id, kind, record.period).filter(number=record.number, field=field).first()
        standing = canonical(declared, value_of(table, record, declared))
        if value == standing:
            raise ValueRefused(_("This is what it says already; enter another value."))
        delivered = known.delivered if known else standing
        if known is not None:
            _end(known, actor, reason)
        made = Override.objects.create(
            owner_id=record.owner_id,
            kind=kind,
            period=record.period,
            number=record.number,
            field=field,
            delivered=delivered,
            value=value,
            reason=reason.strip(),
            made_by_id=actor.person,
        )
        put(table, record, declared, value)
        note(actor=actor, verb="overrode", kind=kind, objects=[record.pk], reason=reason, field=field)
        _followed(actor, kind, record)
    return made


def take_back_override(*, actor: Actor, override_id: int, reason: str = "") -> None:
    """Let the delivered value hold again. Raises Override.DoesNotExist, DeliveryRefused."""
    with acting(actor):
        override = Override.objects.select_for_update().get(pk=override_id, owner_id=actor.owner, ended_at=None)
        found = writing.record_table(override.kind).model._default_manager
        record_id = found.values_list("pk", flat=True).get(
            owner_id=actor.owner, period=override.period, number=override.number
        )
        table, record = _record(actor, override.kind, record_id)
        declared = kinds.kind(override.kind).fields_by_name[override.field]
        put(table, record, declared, override.delivered)
        _end(override, actor, reason)
        note(
            actor=actor, verb="took back", kind=override.kind, objects=[record.pk], reason=reason, field=override.field
        )
        _followed(actor, override.kind, record)


def _record(actor: Actor, kind: str, record_id: int) -> tuple[writing.RecordTable, Record]:
    table = writing.record_table(kind)
    record = table.model._default_manager.get(pk=record_id, owner_id=actor.owner)
    writing.one_at_a_time(record.owner_id, record.period)
    gates.must_be_changeable(owner=record.owner_id, period=record.period)
    return table, record


def _checked(table: writing.RecordTable, record: Record, declared: kinds.Field, text: str) -> str:
    """The typed text as canonical text. Raises ValueRefused for what the checks newly have against it."""
    kind = kinds.kind(table.kind)
    texts = {field.name: text_of(field, value_of(table, record, field)) for field in kind.fields}
    before = check_typed(kind, texts, party=record.owner, period=record.period)
    after = check_typed(kind, texts | {declared.name: text}, party=record.owner, period=record.period)
    known = {(found.check, found.field) for found in errors(before)}
    against = [found for found in errors(after) if (found.check, found.field) not in known]
    if against:
        raise ValueRefused(said(against))
    value = read_value(after, kind, declared)
    unread = [found for found in after.findings if found.field == declared.name]
    if value in (None, []) and text.strip():
        raise ValueRefused(said(unread) or _("This cannot be read as a value of this field."))
    if declared.refers_to and value and value not in Numbers(record.owner_id, record.period).of(declared.refers_to):
        raise ValueRefused(said(unread) or _("There is no record with this number."))
    return canonical(declared, value)


def said(findings: list[Finding]) -> str:
    """What is wrong and what to do, of each finding once, in the reader's language."""
    language = get_language() or "nl"
    return " ".join(dict.fromkeys(f"{f.message.in_(language)} {f.remedy.in_(language)}" for f in findings))


def _end(override: Override, actor: Actor, reason: str) -> None:
    override.ended_at, override.ended_by_id, override.ended_because = timezone.now(), actor.person, reason.strip()
    override.save(update_fields=["ended_at", "ended_by", "ended_because"])


def _followed(actor: Actor, kind: str, record: Record) -> None:
    queue_index(actor=actor, kind=kind, ids=[record.pk])
    keep_stands(owner=record.owner_id, period=record.period)
    call_followers()
