"""For which years can be delivered."""

from __future__ import annotations

import datetime as dt

from schakel.intake.models import CollectionYear

_BACK = 5  # years before this one that may still be corrected


def open_years(today: dt.date) -> list[int]:
    """The years that take deliveries, newest first: the last few, what the secretariat opened, and no closed one."""
    known = dict(CollectionYear.objects.values_list("period", "closed_at"))
    years = {*range(today.year - _BACK, today.year + 1), *known}
    return sorted((year for year in years if known.get(year) is None), reverse=True)
