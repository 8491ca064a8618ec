"""Who carries invitations out of the house: mail is sent by a room above this one, which says so here."""

from __future__ import annotations

from collections.abc import Callable

Carrier = Callable[[int], object]
_carriers: list[Carrier] = []


def carried_by(carrier: Carrier) -> None:
    """Have ``carrier`` called, in the transaction that made it so, with the id of a party that has some to send."""
    if carrier not in _carriers:
        _carriers.append(carrier)


def to_be_sent(party: int) -> None:
    """A party has invitations to send."""
    for carrier in _carriers:
        carrier(party)
