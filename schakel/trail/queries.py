"""Reading the trail."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from schakel import prepared
from schakel.trail.models import Entry


def entries_about(kind: str, object_id: int) -> QuerySet[Entry]:
    """What the acting party has done with this object, newest first."""
    return Entry.objects.filter(kind=kind, objects_ids__contains=[object_id]).order_by("-at", "-pk")


# Acts after which a figure may be another one.
TELLING = ("accepted", "withdrew", "kept", "loaded", "overrode", "took back")
# What is accepted, kept or withdrawn as well, and stands behind no figure.
_UNCOUNTED = ("certification", "comment on a figure", "file", "mandate", "saved view", "token")

_ACTS = "SELECT count(*) FROM trail_entry WHERE verb = ANY(%s) AND kind <> ALL(%s)"


def acts_so_far(*verbs: str) -> int:
    """How many committed acts of these verbs on what is counted there are, for who may see all of the trail.

    A count, not the last number: of two acts at one time the one numbered first may be committed last.
    """
    ((count,),) = prepared.rows(_ACTS, [list(verbs), list(_UNCOUNTED)])  # the counting process asks at every question
    return int(count)


def first_broken_seal() -> int | None:
    """Number of the first seal whose digest does not follow from its entry and the seal before; None if whole."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trail_first_broken_seal()")
        broken: int | None = cursor.fetchone()[0]
        return broken
