"""Making a closing, by the counting process: what stands is read at one moment, frozen, and kept.

Invariant: all files of a closing are kept in one transaction, or none is. Asked twice, it is made once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils.translation import gettext as _

from schakel.figures.catalogue import texts
from schakel.figures.closing.frozen import IDENTITY_COLUMNS, State, freeze
from schakel.figures.closing.kept import files_of, keep_files
from schakel.figures.closing.manifest import NAME, ClosingError, Manifest, digest_of
from schakel.figures.extracting import one_moment, read_facts
from schakel.figures.facts import FactKind, facts
from schakel.figures.models import Closing, ClosingState
from schakel.intake.models import Delivery, DeliveryState
from schakel.intake.writing import record_tables
from schakel.register.actions import anything_to_link

# Numbers of rows and sizes: every party may read the row of a closing, also before it is published.
_UNTOLD = {"facts", "files"}
_IDENTITIES = """
SELECT m.record_kind, m.record_id, m.thing, coalesce(i.redirects_to_id, i.id), m.leading, m.rule
FROM register_identitymember m
JOIN register_identity i ON i.id = m.identity_id
JOIN {table} r ON r.id = m.record_id
WHERE m.record_kind = %s AND r.period = %s AND r.state <> 'withdrawn'
"""


class NotYetError(ClosingError):
    """What stands is still moving; try again in a moment. Says what is being waited for."""


@dataclass(frozen=True, slots=True)
class Made:
    """A closing that was made: its digest, and its manifest as plain values, without how much was closed."""

    digest: str
    manifest: dict[str, Any]


def close_year(closing_id: int) -> Made:
    """Make the closing that was ordered, with the counter's rights; what was made already is only told again.

    Raises NotYetError while records of the year are still on their way, ClosingError where it is not to be made.
    """
    closing = Closing.objects.select_related("corrects").get(pk=closing_id)
    if files := files_of(closing_id):
        return _made(files)
    if closing.state != ClosingState.ORDERED:
        raise ClosingError(f"closing {closing_id} is not ordered")
    before = closing.corrects
    state = state_now(closing.period)
    _must_say_something(closing, state)
    files = freeze(state, version=closing.version, corrects=before.digest if before else "")
    with transaction.atomic():
        keep_files(closing_id, files)
    return _made(files)


def state_now(year: int) -> State:
    """What stands of ``year``, read at one moment. Raises NotYetError."""
    with one_moment():
        _must_stand_still(year)
        frames, _meta = read_facts()
        identities = _identities(year)
    of_year = {fact.name: frames[fact.name].filter(pl.col("year") == year).select(*fact.schema) for fact in facts()}
    return State(year, of_year, {fact.name: said_of_fact(fact) for fact in facts()}, identities, texts())


def said_of_fact(fact: FactKind) -> dict[str, Any]:
    """What is to be known of a fact to read it without the room that declares it."""
    return {
        "record_kind": fact.record_kind,
        "other_kind": fact.other_kind,
        "identities": ["thing", "organisation", "leading", *fact.identities],
        "of_records": fact.of_records,
    }


def _must_stand_still(year: int) -> None:
    accepting = Delivery.objects.filter(period=year, state=DeliveryState.ACCEPTING).count()
    if accepting:
        raise NotYetError(
            _("%(count)s deliveries of %(year)s are being accepted; wait until they are, and close the year then.")
            % {"count": accepting, "year": year}
        )
    if anything_to_link():
        raise NotYetError(_("What was accepted last is not joined yet; wait a moment, and close the year then."))


def _must_say_something(closing: Closing, state: State) -> None:
    if not any(frame.height for name, frame in state.frames.items() if state.kinds[name]["of_records"]):
        raise ClosingError(
            _("Nothing was delivered for %(year)s, so there is nothing to close.") % {"year": closing.period}
        )
    if closing.corrects is not None and closing.corrects.manifest.get("state") == state.digest:
        raise ClosingError(
            _("Nothing of %(year)s is other than in closing %(version)s, so there is nothing to correct.")
            % {"year": closing.period, "version": closing.corrects.version}
        )


def _identities(year: int) -> pl.DataFrame:
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for table in record_tables():
            cursor.execute(_IDENTITIES.format(table=table.model._meta.db_table), [table.kind, year])
            found += cursor.fetchall()
    return pl.DataFrame(found, schema=IDENTITY_COLUMNS, orient="row")


def _made(files: dict[str, bytes]) -> Made:
    said = Manifest.of(files[NAME]).as_values()
    return Made(digest_of(files), {name: value for name, value in said.items() if name not in _UNTOLD})
