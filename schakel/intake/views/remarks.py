"""What was said about deliveries, rows and findings, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from schakel.intake.models import DeliveryFinding, Remark
from schakel.network.queries import colleagues
from schakel.sharing.requests import PartyRequest


@dataclass(frozen=True, slots=True)
class Said:
    """A remark with who said it and whom it mentions, by name."""

    remark: Remark
    who: str
    mentioned: str


def people_of(request: PartyRequest) -> list[tuple[str, str]]:
    """The colleagues of who asks, to choose from; not who asks."""
    found = colleagues(request.actor.owner).exclude(pk=request.actor.person or 0)
    return [(str(person.pk), person.name) for person in found]


def remarks_about(found: DeliveryFinding) -> list[Said]:
    """What was said about a finding, and about its row, in order."""
    here = Remark.objects.filter(delivery=found.delivery, file=found.file, table=found.table, row=found.row)
    return said(here.filter(Q(check_id=found.check_id) | Q(check_id="", row__isnull=False)), found.owner_id)


def said(remarks: QuerySet[Remark], owner: int) -> list[Said]:
    """Remarks with the names that go with them."""
    names = {person.pk: person.name for person in colleagues(owner)}
    return [
        Said(
            remark=remark,
            who=remark.made_by.name if remark.made_by else "Schakel",
            mentioned=", ".join(names[who] for who in remark.mentioned if who in names),
        )
        for remark in remarks.select_related("made_by")
    ]
