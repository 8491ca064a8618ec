"""Keeping what accepting a delivery would do."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db import connection

from schakel.intake.actions.examining import progress_after
from schakel.intake.differing import Difference
from schakel.intake.models import Delivery, DeliveryState, DifferenceLine
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor

_TABLE = DifferenceLine._meta.db_table
_COLUMNS = ("owner_id", "delivery_id", "kind", "number", "title", "outcome", "file", "table", "row", "fields")


def keep_difference(*, actor: Actor, delivery: Delivery, difference: Difference) -> None:
    """Keep what accepting ``delivery`` would do, in place of what it would have done before, and end the comparing."""
    with acting(actor):
        held = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if held.state != DeliveryState.CHECKED:
            return
        DifferenceLine.objects.filter(delivery=held).delete()
        _keep_lines(difference.lines)
        held.compared, held.effects = difference.counts, difference.effects
        held.progress = progress_after(held)
        held.save(update_fields=["compared", "effects", "progress"])
        note(actor=actor, verb="compared", kind="delivery", objects=[held.pk], lines=len(difference.lines))


def _keep_lines(lines: Iterable[DifferenceLine]) -> None:
    """Write all lines at once and in order, by way of a temporary table: COPY is refused where row security is."""
    names = ", ".join(f'"{column}"' for column in _COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE kept_lines ON COMMIT DROP AS SELECT {names} FROM {_TABLE} WITH NO DATA")
        with cursor.copy(f"COPY kept_lines ({names}) FROM STDIN") as copy:
            for line in lines:
                *plain, fields = (getattr(line, column) for column in _COLUMNS)
                copy.write_row((*plain, json.dumps(fields) if fields else "[]"))
        cursor.execute(f"INSERT INTO {_TABLE} ({names}) SELECT {names} FROM kept_lines")
        cursor.execute("DROP TABLE kept_lines")
