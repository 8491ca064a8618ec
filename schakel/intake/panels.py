"""What other rooms show on the page of a delivery that was accepted.

Invariant: a panel is asked while the delivery's owner acts, and tells of the owner's own records alone: nobody learns
what another agency has from a delivery of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schakel.intake.models import Delivery

Told = Callable[[Delivery], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel as a page shows it: which template, and what it says."""

    template: str
    said: Mapping[str, Any]


_panels: dict[str, tuple[str, Told]] = {}


def register_panel(name: str, template: str, told: Told) -> None:
    """Have ``told(delivery)`` asked for what ``template`` shows; None where there is nothing to show."""
    _panels[name] = (template, told)


def panels(delivery: Delivery) -> Iterator[Panel]:
    """The panels of a delivery, in the order of their names; none before it is accepted."""
    if delivery.accepted_at is None:
        return
    for name in sorted(_panels):
        template, told = _panels[name]
        said = told(delivery)
        if said is not None:
            yield Panel(template, said)
