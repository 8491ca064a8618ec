"""What was concluded of a sample and its records: of each the last line, the earlier ones corrected by it."""

from __future__ import annotations

from schakel.figures.auditing.projecting import Found
from schakel.figures.catalogue import SCALE
from schakel.figures.models import Conclusion, Sample, SampleItem


def standing_conclusion(sample: Sample, item: SampleItem | None) -> Conclusion | None:
    """The conclusion on a record, or with None on the whole sample, that no other corrects."""
    return Conclusion.objects.filter(sample=sample, item=item, corrected_by=None).select_related("signed_by").first()


def concluded(sample: Sample) -> dict[int, Conclusion]:
    """The conclusion that stands of each record that has one, by item."""
    found = Conclusion.objects.filter(sample=sample, corrected_by=None).exclude(item=None)
    return {each.item_id: each for each in found.select_related("signed_by") if each.item_id is not None}


def scale_of(sample: Sample) -> int:
    """How many of the stored whole numbers make one of the sample's unit."""
    return SCALE[sample.unit]


def found_in(sample: Sample, item: SampleItem, conclusion: Conclusion) -> Found:
    """What a conclusion says of a record, in the whole numbers that projecting takes."""
    should = None if conclusion.found is None else int(conclusion.found * scale_of(sample))
    return Found(conclusion.outcome, item.amount, should, item.hits)  # type: ignore[arg-type]  # kept from an Outcome
