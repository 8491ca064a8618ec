"""What the mapping page works on: a delivery's tables as they were read, and what is asked about them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl
from django.db.models import Count

from schakel.intake import kinds, settling
from schakel.intake.interpreting.locating import HEADER_SEARCH_ROWS, Located, named, normal
from schakel.intake.keeping import load_rows, load_table
from schakel.intake.kinds import RecordKind
from schakel.intake.mapping import FieldSource, Mapping, MappingError, TableMapping, parse
from schakel.intake.mending.applying import mended
from schakel.intake.models import ConfirmedMapping, Delivery, DeliveryFinding, Edit, ReadTable
from schakel.intake.proposing import propose
from schakel.intake.settling import Answer, Examples, FieldAsked, TableAsked
from schakel.intake.tables import Table
from schakel.intake.views.mapping_known import Remembered
from schakel.network.models import PartyKind
from schakel.network.queries import agency_names

_HEAD = HEADER_SEARCH_ROWS + 30  # rows that are looked at for headers
# A few bytes for each value that is shown: some tens of deliveries that are being mapped.
_examples: Remembered[Examples] = Remembered(2000)
_counts: Remembered[tuple[int, list[int]]] = Remembered(500)
_NO_VALUE = ("code.unknown", "country.unknown", "agencies.unknown")


@dataclass(eq=False)
class Desk:
    """A delivery with the mapping in the text ``base``; tables are read from what was kept, each at most once."""

    delivery: Delivery
    base: str
    _rows: dict[tuple[str, int, tuple[str, ...]], tuple[pl.DataFrame, list[int]]] = field(default_factory=dict)

    @cached_property
    def mapping(self) -> Mapping | None:
        """The mapping that is worked on; None where there is none yet."""
        return parse(self.base) if self.base.strip() else None

    @cached_property
    def heads(self) -> list[Table]:
        """The first rows of each table."""
        entries = self.mapping.tables if self.mapping else ()
        last = max((entry.header_row for entry in entries), default=0)
        kept = ReadTable.objects.filter(delivery=self.delivery).order_by("position")
        return mended([load_rows(table, 0, max(_HEAD, last + 10)) for table in kept], self._edits)

    @cached_property
    def confirmed(self) -> Mapping | None:
        """The mapping that was confirmed last, of deliveries before this one."""
        last = ConfirmedMapping.objects.filter(owner_id=self.delivery.owner_id).first()
        return parse(last.text) if last is not None else None

    @cached_property
    def asked(self) -> tuple[TableAsked, ...]:
        """What is asked of each table."""
        settled = self.delivery.mapping_settled and self.base == self.delivery.mapping
        proposal = self.delivery.proposal
        return settling.ask(self.mapping, self.heads, confirmed=self.confirmed, proposal=proposal, settled=settled)

    @cached_property
    def names(self) -> dict[str, str]:
        """How agencies are called, to their slugs."""
        return agency_names()

    @cached_property
    def looked_for(self) -> list[RecordKind]:
        """The kinds that this party delivers."""
        by = "network" if self.delivery.owner.kind == PartyKind.SECRETARIAT else "agency"
        return [kind for kind in kinds.kinds() if kind.delivered_by == by]

    @cached_property
    def unread(self) -> dict[tuple[str, str], int]:
        """How many cells of each table and kind held a value of no list, when the delivery was checked last."""
        found = DeliveryFinding.objects.filter(delivery=self.delivery, check_id__in=_NO_VALUE)
        counted = found.values_list("table", "kind").annotate(count=Count("pk"))
        return {(normal(table), kind): count for table, kind, count in counted}

    @cached_property
    def _edits(self) -> list[Edit]:
        return list(self.delivery.edits.filter(undone_at=None))

    def records(self, found: Located) -> tuple[pl.DataFrame, list[int]]:
        """The rows of a table that are records, and the numbers of those that are not."""
        key = (normal(found.table.name), found.header_row, found.mapping.skip)
        if key not in self._rows:
            whole = replace(found, table=self._whole(found.table))
            self._rows[key] = settling.records_in(whole)
        return self._rows[key]

    def counts(self, found: Located) -> tuple[int, list[int]]:
        """How many rows of a table are records, and the numbers of those that are not."""

        def counted() -> tuple[int, list[int]]:
            rows, skipped = self.records(found)
            return rows.height, skipped

        return _counts(self._made_of(found), counted)

    @cached_property
    def _kept(self) -> dict[tuple[str, str], ReadTable]:
        """The tables that were kept, as far as whoever asks may read them."""
        found = ReadTable.objects.filter(delivery=self.delivery).order_by("-position")
        return {(table.file, table.name): table for table in found}

    def _whole(self, head: Table) -> Table:
        return mended([load_table(self._kept[head.file, head.name])], self._edits)[0]

    def _made_of(self, found: Located) -> Hashable:
        """All that the records of a table depend on: its cells as they were sent, the edits, and where it begins."""
        kept = self._kept[found.table.file, found.table.name]
        edits = tuple((edit.pk, edit.column, edit.row, edit.before, edit.after) for edit in self._edits)
        return self.delivery.content_digest, kept.pk, edits, found.header_row, found.mapping.skip

    def afresh(self, asked: TableAsked, data: dict[str, str]) -> settling.Afresh:
        """How fields of the table that ``data`` answers for are written in columns newly chosen for them."""

        def written(name: str, letter: str) -> FieldSource:
            now = self._found(asked, data)
            kind = data.get(f"t{asked.at}-kind", asked.entry.kind)
            return settling.written_as(kind, name, now, letter, self.records(now)[0])

        return written

    def _found(self, asked: TableAsked, data: dict[str, str]) -> Located:
        row = data.get(f"t{asked.at}-row", "")
        entry = replace(asked.entry, header_row=int(row)) if row.isdecimal() else asked.entry
        return settling.placed(entry, named(entry.table, self.heads)[0])

    def answers(self, data: dict[str, str]) -> list[Answer]:
        """What the form says of each table; a table read as another kind is proposed anew."""
        given = [settling.answered(each, data, self.heads, self.afresh(each, data)) for each in self.asked]
        return [self._proposed(answer) if "" in answer.unseen else answer for answer in given]

    def as_they_stand(self) -> list[Answer]:
        """The answers of a form that nobody has filled in."""
        return [Answer(asked, shown=False, right=False) for asked in self.asked]

    def _proposed(self, answer: Answer) -> Answer:
        asked = answer.asked
        if asked.found is None or asked.kind is None:
            return answer
        table = self._whole(asked.found.table)
        below = replace(table, frame=table.frame.filter(pl.col("row") >= asked.entry.header_row))
        learned = (self.confirmed,) if self.confirmed else ()
        agency = self.delivery.owner.slug
        made = propose([below], [asked.kind], agency=agency, learned=learned, agency_names=self.names).mapping.tables
        fields = made[0].fields if made else {}
        entry: TableMapping = replace(asked.entry, fields=fields, skip=made[0].skip if made else asked.entry.skip)
        return replace(answer, asked=settling.again(asked, entry, self.heads))

    def read_as(self, asked: TableAsked, kind: str) -> TableMapping:
        """Another reading of a table that is read already: as ``kind``, with the fields that are proposed for it."""
        entry = TableMapping(kind=kind, table=asked.entry.table, header_row=asked.entry.header_row, fields={})
        return self._proposed(Answer(settling.again(asked, entry, self.heads), shown=False, right=False)).asked.entry

    def examples(self, asked: TableAsked, of: FieldAsked, answers: Sequence[Answer]) -> Examples | None:
        """What the values of a field's column become; None where it has no column."""
        source, found = of.source, asked.found
        if found is None or source is None or not of.column:
            return None
        targets = self._targets(of, answers)

        def made() -> Examples:
            rows, _skipped = self.records(found)
            known = self._known(source, targets) if targets else None
            return settling.examples_of(rows, of.column, of.field, source, agency_names=self.names, known=known)

        there = tuple((self._made_of(t.found), _columns(t)) for t in targets if t.found is not None)
        names = tuple(self.names.items())
        return _examples(
            (self._made_of(found), asked.entry.kind, of.field.name, of.column, repr(source), there, names), made
        )

    def _targets(self, of: FieldAsked, answers: Sequence[Answer]) -> list[TableAsked]:
        """The tables whose records a reference refers to, where the delivery holds such records."""
        wanted = of.field.refers_to
        targets = [a.asked for a in answers if a.entry is not None and a.entry.kind == wanted and a.asked.found]
        one = bool(targets) and targets[0].kind is not None and len(targets[0].kind.key) == 1
        return targets if one else []

    def _known(self, source: FieldSource, targets: Sequence[TableAsked]) -> Callable[[str], bool]:
        """Whether there is a record that a reference refers to."""
        numbers = {text for target in targets for text in self._numbers(target)}
        if source.refer_by == "number":
            return numbers.__contains__
        names = {normal(text) for target in targets for text in self._named(target)}
        return lambda text: text in numbers or normal(text) in names

    def _numbers(self, target: TableAsked) -> set[str]:
        return set() if target.kind is None else self._column(target, target.kind.key[0])

    def _named(self, target: TableAsked) -> set[str]:
        return self._column(target, "name") | self._column(target, "title")

    def _column(self, target: TableAsked, name: str) -> set[str]:
        asked = target.field(name)
        if asked is None or target.found is None or not asked.column:
            return set()
        return set(self.records(target.found)[0][asked.column].drop_nulls().str.strip_chars())


def _columns(target: TableAsked) -> tuple[tuple[str, str], ...]:
    return tuple((field.field.name, field.column) for field in target.fields)


def base_of(delivery: Delivery, given: str) -> str:
    """The mapping that a form was made from, as it carries it; the delivery's own where that cannot be read."""
    text = given.replace("\r\n", "\n")
    try:
        parse(text)
    except MappingError:
        return delivery.mapping
    return text


def composed(agency: str, answers: Sequence[Answer]) -> Mapping:
    """The mapping that the answers make together."""
    return Mapping(agency, tuple(answer.entry for answer in answers if answer.entry is not None))
