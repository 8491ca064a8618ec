"""Keeping records that a person typed, for agencies that keep them here.

Each is a delivery of one row that only adds or changes: so where it came from is the person who typed it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from django.utils.translation import gettext as _

from schakel.intake import gates, writing
from schakel.intake.actions.accepting import accept
from schakel.intake.actions.examining import keep_examination
from schakel.intake.actions.receiving import begin_delivery
from schakel.intake.actions.refusing import DeliveryRefused
from schakel.intake.examining import Examination
from schakel.intake.findings import Finding
from schakel.intake.following import call_followers
from schakel.intake.keeping import keep_tables
from schakel.intake.kinds import RecordKind
from schakel.intake.models import Delivery, DeliveryState, Origin
from schakel.intake.records import Record, RecordState
from schakel.intake.stands import keep_stands
from schakel.intake.typed import against, check_typed, typed_table
from schakel.network.models import Party
from schakel.search.jobs import queue_index
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


class RecordRefused(DeliveryRefused):
    """A typed record cannot be taken; ``findings`` say why, field by field."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(_("This record cannot be kept yet; mend what stands beside its fields."))
        self.findings = findings


def keep_record(*, actor: Actor, kind: RecordKind, period: int, texts: Mapping[str, str], fresh: bool = True) -> Record:
    """Keep a record of the acting party as it was typed (``texts`` by field); it is checked as if it was delivered.

    ``fresh``: it must be a new one. Raises RecordRefused; DeliveryRefused where there is one of that number already or
    the year is closed or certified.
    """
    with acting(actor):
        writing.one_at_a_time(actor.owner, period)
        gates.must_be_changeable(owner=actor.owner, period=period)
        party = Party.objects.get(pk=actor.owner)
        examination = check_typed(kind, texts, party=party, period=period)
        if (found := against(examination, kind, texts)) or not examination.readable:
            raise RecordRefused(found)
        number = str(examination.rows[0].frame["_number"][0])
        model = writing.record_table(kind.name).model._default_manager
        if fresh and model.filter(owner_id=actor.owner, period=period, number=number).exists():
            raise DeliveryRefused(
                _("There is a record with number %(number)s already; change that one, or give this one another number.")
                % {"number": number}
            )
        _deliver(actor, kind, period, texts, examination)
        return model.get(owner_id=actor.owner, period=period, number=number)


def withdraw_record(*, actor: Actor, kind: str, record_id: int, reason: str, back: bool = False) -> None:
    """Withdraw a record of the acting party, or let it count again.

    Raises DeliveryRefused without a reason and where the year is closed or certified, and the model's DoesNotExist.
    """
    if not reason.strip():
        raise DeliveryRefused(_("Say why; whoever reads it later will want to know."))
    with acting(actor):
        table = writing.record_table(kind)
        record = table.model._default_manager.get(pk=record_id, owner_id=actor.owner)
        writing.one_at_a_time(record.owner_id, record.period)
        gates.must_be_changeable(owner=record.owner_id, period=record.period)
        record.state = RecordState.STANDS if back else RecordState.WITHDRAWN
        record.state_reason = reason.strip()
        record.save(update_fields=["state", "state_reason"])
        note(actor=actor, verb="kept" if back else "withdrew", kind=kind, objects=[record.pk], reason=reason)
        queue_index(actor=actor, kind=kind, ids=[record.pk])
        keep_stands(owner=record.owner_id, period=record.period)
        call_followers()


def _deliver(actor: Actor, kind: RecordKind, period: int, texts: Mapping[str, str], examination: Examination) -> None:
    delivery = begin_delivery(actor=actor, period=period, origin=Origin.FORM, whole=False)
    said = json.dumps([kind.name, dict(texts)], sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(said.encode()).hexdigest()
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.RECEIVED, mapping_settled=True, content_digest=digest
    )
    delivery.refresh_from_db()
    keep_tables(delivery, [typed_table(kind, texts)])
    keep_examination(actor=actor, delivery=delivery, examination=examination)
    accept(actor=actor, delivery=delivery, examination=examination)
