"""A question of the explorer, answered for a party: its cells in tables, its footnotes, its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from schakel.figures.editions import Vintage
from schakel.figures.exploring.asked import Asked
from schakel.figures.exploring.crossing import Crossed, crossed
from schakel.figures.exploring.dimensions import AGENCY, NOT_SAID, YEAR, value_label, values_of
from schakel.figures.exploring.laying import Ground, Laid, Row, Table, tables
from schakel.figures.exploring.notes import Notes, not_published
from schakel.figures.exploring.questions import Refusal, Step, steps, terms
from schakel.figures.process import ask_all
from schakel.figures.queries import audience_of
from schakel.figures.vintages import vintages
from schakel.network.models import Party
from schakel.network.queries import member_numbers, members_in


@dataclass(frozen=True)
class Explored:
    """The answer to ``asked`` as ``party`` reads it. ``notes``: the footnotes, the first has number 1."""

    asked: Asked
    party: Party
    found: Crossed
    vintages: Mapping[int, Vintage]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]

    @property
    def refusal(self) -> Refusal:
        """Why nothing of it is for this party; empty where it may ask."""
        return self.found.terms.refusal

    def laid(self) -> Iterator[tuple[Table, Row, int, Laid]]:
        """Every cell once, with its table, its row and the number of its column."""
        for table in self.tables:
            for row in table.rows:
                for number, laid in enumerate(row.cells):
                    yield table, row, number, laid


def explore(asked: Asked, party: Party, known: Sequence[int]) -> Explored:
    """The answer for ``party``, of the years ``known`` to it (newest first). Raises CountingError, QuestionError."""
    read = vintages(party, asked.years(known), asked.stand)
    audience = audience_of(party)
    wanted = steps(asked, read, audience)
    told = ask_all(settings.COUNTING_SOCKET, [step.question for step in wanted]) if wanted else []
    pairs: list[tuple[Step, Mapping[str, object]]] = list(zip(wanted, told, strict=True))
    found = crossed(asked, terms(asked, audience), list(read), pairs, audience)
    return laid_out(found, party, read, known)


def laid_out(found: Crossed, party: Party, read: Mapping[int, Vintage], known: Sequence[int]) -> Explored:
    """The cells in tables with their footnotes."""
    notes = Notes()
    ground = Ground(found, read, member_numbers(read), _axes(found, read), notes)
    made = tuple(tables(ground)) if read else ()
    missing = _missing(found.asked, known)
    if missing:
        notes.number(not_published(missing))
    return Explored(found.asked, party, found, read, made, tuple(notes.texts))


def _missing(asked: Asked, known: Sequence[int]) -> list[int]:
    """The years asked for of which there is nothing to read for who asks."""
    last = asked.last or max(known, default=0)
    first = asked.first or last
    return [year for year in range(first, last + 1) if year and year not in known][:20]


def _axes(found: Crossed, read: Mapping[int, Vintage]) -> dict[str, dict[str, str]]:
    return {d: _axis(found, d, read) for d in found.asked.shown if d != YEAR}


def _axis(found: Crossed, dimension: str, read: Mapping[int, Vintage]) -> dict[str, str]:
    """The values along a dimension in order: those chosen, else all with something; of agencies all members."""
    labels = values_of(dimension, found.asked.chosen())
    shown = found.values(dimension)
    if dimension == AGENCY:
        shown |= {agency.slug for year in read for agency in members_in(year)}
    chosen = found.asked.filters.get(dimension)
    if chosen:
        shown = set(chosen)
    values = [value for value in labels if value in shown] + sorted(shown - labels.keys() - {NOT_SAID})
    values += [NOT_SAID] if NOT_SAID in shown else []
    return {value: value_label(value, labels) for value in values}
