"""A revision as somebody reads it: the closing, the one it is held against, and what lies between them by cause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from schakel.figures.asking import Question
from schakel.figures.models import Closing
from schakel.figures.process import ask
from schakel.figures.queries import audience_of
from schakel.figures.vintages import editions, is_maker
from schakel.network.models import Party

_PATIENCE = 300.0  # seconds: two closings are opened, and each figure is counted again for each cause


@dataclass(frozen=True, slots=True)
class Revised:
    """A closing and an earlier one of the same year."""

    closing: Closing
    against: Closing


def revised(party: Party, period: int, version: int) -> Revised | None:
    """The closing ``version`` of a year beside the one before it; None where there are no two that ``party`` reads.

    For makers that is the closing it corrects, for readers the one that was published before.
    """
    now = timezone.now()
    readable = [each for each in editions(period) if is_maker(party) or each.is_open(now)]
    numbers = {each.version: each.closing for each in readable}
    earlier = [number for number in numbers if number < version]
    if version not in numbers or not earlier:
        return None
    found = Closing.objects.select_related("owner", "ordered_by")
    return Revised(found.get(pk=numbers[version]), found.get(pk=numbers[max(earlier)]))


def explained(party: Party, revision: Revised) -> dict[str, Any]:
    """What lies between the two, as ``closing.telling`` says it. Raises CountingError, QuestionError."""
    filters: dict[str, list[str | int]] = {
        "year": [revision.closing.period],
        "against": [revision.against.pk],
    }
    asked = Question("explain", filters=filters, audience=audience_of(party), vintage=revision.closing.pk)
    return ask(settings.COUNTING_SOCKET, asked, patience=_PATIENCE)
