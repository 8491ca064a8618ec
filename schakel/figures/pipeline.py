"""What rooms know of what is still to come, in a registry as that of facts.

Nothing of it is in a figure: it is read beside the figures of a year that is not certified, by the agency itself and
the secretariat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schakel.figures.forecasting import InPipeline
from schakel.words import Words

if TYPE_CHECKING:
    from schakel.network.models import Party

Read = Callable[["Party", str, int], Iterable[InPipeline]]


@dataclass(frozen=True, slots=True)
class PipelineKind:
    """Something that can be in a pipeline: for which ``indicators``, and how it is read for a party and a year.

    ``read`` gets the reader's party (an agency reads its own, the secretariat all), an indicator and a year, and works
    within the walls. Where a room has no such records it is None, and ``none_because`` says why.
    """

    name: str
    labels: Words
    indicators: tuple[str, ...]
    read: Read | None = None
    none_because: Words | None = None


_kinds: dict[str, PipelineKind] = {}


def register_pipeline(kind: PipelineKind) -> PipelineKind:
    """Add ``kind`` to the registry. Raises ValueError if its name is taken, or it neither reads nor says why not."""
    if kind.name in _kinds and _kinds[kind.name] is not kind:
        raise ValueError(f"pipeline {kind.name} is declared twice")
    if (kind.read is None) == (kind.none_because is None):
        raise ValueError(f"pipeline {kind.name} has either a way to read it, or a reason why there is none")
    _kinds[kind.name] = kind
    return kind


def pipeline_of(indicator: str) -> Sequence[PipelineKind]:
    """The kinds that an indicator may still get something from; those for all indicators too."""
    return [kind for _name, kind in sorted(_kinds.items()) if not kind.indicators or indicator in kind.indicators]


def read_pipeline(party: Party, indicator: str, year: int) -> list[InPipeline]:
    """All that ``party`` may know to be in the pipeline for an indicator in ``year``."""
    return [
        each for kind in pipeline_of(indicator) if kind.read is not None for each in kind.read(party, indicator, year)
    ]
