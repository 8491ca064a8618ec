"""How many items wait for somebody, for the header of every page: one statement that is written out.

It counts what ``queries.waiting`` gives; as a page is asked for far more often than an inbox, it is not built from
that each time.
"""

from __future__ import annotations

from django.utils import timezone

from schakel import prepared
from schakel.network.roles import WITHOUT_RECORDS

_COUNT = """
WITH stood_in_for AS (
    SELECT person_id FROM inbox_deputy
    WHERE owner_id = %(party)s AND deputy_id = %(person)s AND since <= %(today)s AND until >= %(today)s
), mine AS (
    SELECT %(person)s::bigint AS person_id UNION SELECT person_id FROM stood_in_for
), here AS (
    SELECT held.person_id, held.role FROM network_roleheld held
    JOIN network_person person ON person.id = held.person_id AND person.is_active
    WHERE held.party_id = %(party)s AND held.role <> ALL (string_to_array(%(without)s, ' '))
)
SELECT count(*) FROM inbox_item item
WHERE item.owner_id = %(party)s AND item.kind = 'waits' AND item.done_at IS NULL AND (
    item.person_id IN (SELECT person_id FROM mine)
    OR item.role IN (
        SELECT role FROM network_roleheld WHERE party_id = %(party)s AND person_id IN (SELECT person_id FROM mine)
    )
    OR item.person_id IS NOT NULL AND item.person_id NOT IN (SELECT person_id FROM here)
    OR item.role <> '' AND item.role NOT IN (SELECT role FROM here)
)
"""


def waiting_count(person: int, party: int) -> int:
    """How many items wait for ``person`` at ``party`` today."""
    asked = {"person": person, "party": party, "today": timezone.localdate(), "without": " ".join(WITHOUT_RECORDS)}
    ((count,),) = prepared.rows(_COUNT, asked)
    return int(count)
