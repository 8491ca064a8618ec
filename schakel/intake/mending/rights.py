"""Who may mend, waive and hand on: the steward all, others what is theirs.

The one who sends is often not the one who can mend: a person whom the agency made caretaker of a kind mends what is
found in its rows, and who was handed what a check found mends that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from schakel.intake.models import Caretaker, Delivery, DeliveryFinding, Handing
from schakel.network.models import Role, RoleHeld
from schakel.trail.actors import Actor

STEWARDS = (Role.STEWARD, Role.SECRETARY)


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may mend in a delivery: everything, or what is found in ``kinds`` or by ``checks``."""

    everything: bool
    kinds: frozenset[str] = frozenset()
    checks: frozenset[str] = frozenset()

    def over(self, kind: str, check_id: str = "") -> bool:
        """Whether they may mend what a check found in rows of a kind."""
        return self.everything or kind in self.kinds or check_id in self.checks

    @property
    def some(self) -> bool:
        """Whether they may mend anything at all."""
        return self.everything or bool(self.kinds or self.checks)


def rights_of(actor: Actor, delivery: Delivery) -> Rights:
    """What ``actor`` may mend in a delivery of the acting party; a process may all."""
    if actor.person is None or is_steward(actor):
        return Rights(everything=True)
    mine = {"owner_id": actor.owner, "person_id": actor.person}
    return Rights(
        everything=False,
        kinds=frozenset(Caretaker.objects.filter(**mine).values_list("kind", flat=True)),
        checks=frozenset(
            Handing.objects.filter(**mine, delivery=delivery, settled_at=None).values_list("check_id", flat=True)
        ),
    )


def is_steward(actor: Actor) -> bool:
    """Whether the acting person acts as a steward of the acting party; a process stands for one.

    Who holds several roles has the rights of the one they act in; where that is not known, of any they hold.
    """
    if actor.person is None:
        return True
    if actor.role:
        return actor.role in STEWARDS
    return RoleHeld.objects.filter(person_id=actor.person, party_id=actor.owner, role__in=STEWARDS).exists()


def must_be_steward(actor: Actor) -> None:
    """Raises PermissionDenied for anybody but a steward."""
    if not is_steward(actor):
        raise PermissionDenied(_("Only a data steward of your organisation may do this."))


def must_mend(actor: Actor, delivery: Delivery, kinds: Iterable[str], checks: Iterable[str] = ()) -> None:
    """Raises PermissionDenied for who may not mend rows of any of ``kinds``, nor what any of ``checks`` found."""
    rights = rights_of(actor, delivery)
    if not (rights.everything or rights.kinds & set(kinds) or rights.checks & set(checks)):
        _deny()


def must_mend_all(actor: Actor, delivery: Delivery, kinds: Iterable[str], check_id: str) -> None:
    """Raises PermissionDenied for who may not mend rows of each of ``kinds``, and was not handed the check either."""
    rights, asked = rights_of(actor, delivery), set(kinds)
    if not (rights.everything or check_id in rights.checks or (asked and asked <= rights.kinds)):
        _deny()


def _deny() -> None:
    raise PermissionDenied(_("Only a data steward, or whoever mends this kind of record, may do this."))


def checks_at(delivery: Delivery, table: str, column: str) -> set[str]:
    """The checks that found something in a column of a delivery."""
    found = DeliveryFinding.objects.filter(delivery=delivery, table=table, column=column)
    return set(found.values_list("check_id", flat=True))
