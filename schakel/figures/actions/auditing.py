"""An auditor draws a sample, and concludes: of each record, and of the sample as a whole.

Invariants: all of it is the auditor's own; nothing is altered afterwards, a correction is another line. A conclusion on
the whole is drawn once every record has one.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from schakel.figures.auditing import drawing
from schakel.figures.auditing.asking import Behind
from schakel.figures.auditing.concluding import concluded, found_in, scale_of, standing_conclusion
from schakel.figures.auditing.drawing import Draw, DrawError, Unit
from schakel.figures.auditing.projecting import project
from schakel.figures.models import Conclusion, Method, Outcome, Sample, SampleItem
from schakel.network.queries import is_auditor
from schakel.sharing.acting import acting
from schakel.sharing.looking import looked
from schakel.trail.actions import note
from schakel.trail.actors import Actor

MOST = 500


class AuditRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """A sample cannot be drawn, or a conclusion not be signed; the message says why and what to do."""


def draw_sample(
    *,
    actor: Actor,
    behind: Behind,
    method: Method,
    seed: str,
    size: int,
    purpose: str = "",
) -> Sample:
    """Draw ``size`` records from what stands behind a figure. Raises AuditRefused."""
    drawn = _drawn(behind, method, seed, size)
    with acting(actor):
        _must_be_auditor(actor)
        sample = Sample.objects.create(
            owner_id=actor.owner,
            indicator=behind.indicator,
            definition_version=behind.version,
            period=behind.asked.year,
            closing=behind.asked.closing,
            cut=dict(behind.cut),
            unit=behind.unit,
            value=behind.value,
            method=method,
            seed=seed.strip(),
            asked=size,
            behind=behind.behind,
            frame=[[unit.kind, unit.id, unit.amount, unit.agency] for unit in behind.frame],
            frame_digest=drawing.digest_of(behind.frame),
            interval=drawn.interval,
            purpose=purpose.strip(),
            drawn_by_id=actor.person,
        )
        _keep_items(sample, drawn, behind)
        note(actor=actor, verb="drew", kind="sample", objects=[sample.pk], size=len(drawn.items), seed=sample.seed)
        _tell_givers(actor, sample)
    return sample


def _drawn(behind: Behind, method: Method, seed: str, size: int) -> Draw:
    if not behind.frame:
        raise AuditRefused(_("No record behind this figure is under a mandate of yours."))
    if size > MOST:
        raise AuditRefused(_("Draw at most %(most)s records.") % {"most": MOST})
    if method == Method.MONETARY and behind.scale is None:
        raise AuditRefused(_("This figure is no sum of amounts; give each record an equal chance."))
    try:
        rule = drawing.monetary if method == Method.MONETARY else drawing.simple
        return rule(seed.strip(), behind.frame, size)
    except DrawError as error:
        raise AuditRefused(
            _("This cannot be drawn: name a seed, and a size from 1 up to what there is to draw from.")
        ) from error


def _keep_items(sample: Sample, drawn: Draw, behind: Behind) -> None:
    SampleItem.objects.bulk_create(
        SampleItem(
            owner_id=sample.owner_id,
            sample=sample,
            position=position,
            kind=item.unit.kind,
            record_id=item.unit.id,
            giver_id=behind.owners[item.unit.kind, item.unit.id],
            amount=item.unit.amount,
            hits=item.hits,
        )
        for position, item in enumerate(drawn.items, start=1)
    )


def _tell_givers(actor: Actor, sample: Sample) -> None:
    for kind in sorted({item.kind for item in sample.items.all()}):
        seen = sample.items.filter(kind=kind).values_list("giver_id", "record_id")
        looked(actor=actor, verb="sampled", kind=kind, seen=seen)


def _must_be_auditor(actor: Actor) -> None:
    if not is_auditor(actor.owner):
        raise AuditRefused(_("Samples are drawn by auditors."))


def conclude_item(
    *, actor: Actor, item: SampleItem, outcome: Outcome, found: Decimal | None = None, remark: str = ""
) -> Conclusion:
    """Sign what was found of a record; where it was signed before, this corrects that. Raises AuditRefused."""
    _refuse_unsaid(item, outcome, found, remark)
    with acting(actor):
        return _sign(
            actor,
            item.sample,
            Conclusion(
                item=item,
                outcome=outcome,
                found=found if outcome == Outcome.DEVIATES else None,
                remark=remark.strip(),
                corrects=standing_conclusion(item.sample, item),
            ),
        )


def _refuse_unsaid(item: SampleItem, outcome: Outcome, found: Decimal | None, remark: str) -> None:
    if outcome != Outcome.AGREES and not remark.strip():
        raise AuditRefused(_("Say in what it deviates, or why it cannot be established."))
    if outcome == Outcome.DEVIATES and item.amount is not None and found is None:
        raise AuditRefused(_("Name the amount that it should have been."))


def conclude_sample(*, actor: Actor, sample: Sample, outcome: Outcome, remark: str) -> Conclusion:
    """Sign what was found of a sample as a whole, with what it comes to for all records. Raises AuditRefused."""
    if not remark.strip():
        raise AuditRefused(_("Say what you conclude of the whole."))
    with acting(actor):
        items = list(sample.items.all())
        done = concluded(sample)
        if len(done) < len(items):
            open_ones = len(items) - len(done)
            raise AuditRefused(_("Conclude on each record first; %(count)s are open.") % {"count": open_ones})
        found = [found_in(sample, item, done[item.pk]) for item in items]
        projection = project(found, frame=len(sample.frame), interval=sample.interval).as_json(scale_of(sample))
        before = standing_conclusion(sample, None)
        return _sign(
            actor,
            sample,
            Conclusion(outcome=outcome, remark=remark.strip(), projection=projection, corrects=before),
        )


def _sign(actor: Actor, sample: Sample, made: Conclusion) -> Conclusion:
    made.owner_id, made.sample, made.signed_by_id = actor.owner, sample, actor.person
    made.save(force_insert=True)
    detail = {"item": made.item_id, "corrects": made.corrects_id}
    note(actor=actor, verb="concluded", kind="sample", objects=[sample.pk], outcome=made.outcome, of=detail)
    return made


def units_of(sample: Sample) -> list[Unit]:
    """What a sample was drawn from, to draw it again."""
    return [Unit(kind, pk, amount, agency) for kind, pk, amount, agency in sample.frame]
